"""On a demo, every page of a lead shows something."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from course.bootstrap import Process, build
from course.services.demo import Filled
from tests.ui.drawing import draw, text

PAGES = (
    "insight", "insight-questions", "insight-question", "insight-objectives", "insight-objective", "insight-gain", "insight-certainty",
    "insight-support", "insight-compare",
)  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Process, Filled]]:
    process = build({"COURSE_DATA_DIR": str(tmp_path_factory.mktemp("demo"))})
    process.prepare()
    yield process, process.demo.fill(60, 1)
    process.storage.close()


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_the_lead_shows_something(demo: tuple[Process, Filled], monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    process, made = demo
    objective = process.catalogue().questions[made.odd.against or ""].objective or ""
    cohort = made.earlier if page == "insight-gain" else made.cohort
    asked = {"c": cohort, "quiz": "pretest", "q": made.odd.against or "", "o": objective, "other": made.earlier}
    shown = text(draw(process, made.lead, page, monkeypatch, **asked))
    assert "There is no such page" not in shown
    assert "k-empty" not in shown
    assert shown.count("<table") >= 1
