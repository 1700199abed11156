"""Findings by the cell they are about."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.content.beside import beside, opens_at
from course.content.loader import load
from course.content.review import review
from tests.content.bad_examples import make_example
from tests.content.test_rules import TODAY


def cells_of(name: str, folder: Path) -> dict[str, list[str]]:
    loaded = load(make_example(name, folder).root)
    assert loaded.catalogue is not None
    found = beside(loaded.catalogue, loaded.catalogue.course.modules[0], review(loaded, today=TODAY))
    return {cell: [finding.code for finding in listed] for cell, listed in found.items()}


@pytest.mark.parametrize(
    ("example", "cell", "code"),
    [
        ("uncited", "a-plug-in-a-door", "uncited"),
        ("overstatement", "ev-pore", "overstatement"),
        ("figure-sample", "fig-half", "figure-sample"),
        ("absolute-words", "checkpoint", "absolute-words"),
        ("unreachable-cell", "one-more-thing", "unreachable-cell"),
    ],
)
def test_a_finding_stands_beside_its_cell(example: str, cell: str, code: str, tmp_path: Path) -> None:
    assert code in cells_of(example, tmp_path)[cell]


def test_a_question_in_the_notebook_has_its_own(tmp_path: Path) -> None:
    loaded = load(make_example("people-first", tmp_path).root)
    file = loaded.authored.root / "quizzes/block-practice.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("The channel has to open first.", "An addict knows it."), encoding="utf-8")
    loaded = load(loaded.authored.root)
    assert loaded.catalogue is not None
    found = beside(loaded.catalogue, loaded.catalogue.course.modules[0], review(loaded, today=TODAY))
    assert [finding.place.path for finding in found["check-where"]] == ["quizzes/block-practice.yaml"]


def test_what_is_about_no_cell_is_left_out(tmp_path: Path) -> None:
    assert cells_of("unused-misconception", tmp_path) == {}
    assert cells_of("objective-unplanned", tmp_path / "front") == {}


@pytest.mark.parametrize(
    ("example", "code", "page", "query"),
    [
        ("uncited", "uncited", "preview", {"module": "block", "cell": "a-plug-in-a-door"}),
        ("absolute-words", "absolute-words", "preview", {"question": "bl-site"}),
        ("objective-unplanned", "objective-unplanned", "preview", {"module": "block"}),
        ("source-address", "source-address", "references", {"key": "zhang2021"}),
    ],
)
def test_a_finding_opens_where_it_shows(example: str, code: str, page: str, query: dict[str, str], tmp_path: Path) -> None:
    loaded = load(make_example(example, tmp_path).root)
    assert loaded.catalogue is not None
    findings = review(loaded, today=TODAY)
    opens = opens_at(loaded.catalogue, findings)
    spot = next(opens[f] for f in findings if f.code == code)
    assert (spot.page, dict(spot.query)) == (page, query)
