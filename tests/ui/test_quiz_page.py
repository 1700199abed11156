"""A running attempt on its page: which question it goes on with."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator

import pytest
from streamlit.testing.v1 import AppTest

from course.bootstrap import Process, build
from course.ui import identity
from tests.ui.drawing import draw

QUIZ = "pharmacology"
Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    process = build({"COURSE_DATA_DIR": str(tmp_path_factory.mktemp("quiz"))})
    process.prepare()
    yield process
    process.storage.close()


@pytest.fixture
def attempt(process: Process, monkeypatch: pytest.MonkeyPatch) -> tuple[Open, str, int]:
    """Opens the page of a fresh attempt in a browser of its own; the learner and the attempt."""
    learner = process.people.begin(secrets.token_urlsafe(32)).id
    monkeypatch.setattr(identity, "reread", lambda process: learner)
    number = process.study.start(learner, QUIZ, "k")
    return (lambda **query: draw(process, learner, "quiz", monkeypatch, q=QUIZ, **query)), learner, number


def shown(app: AppTest) -> str:
    """The heading."""
    return next(str(e.proto.body) for e in app.get("html") if "<h1" in str(e.proto.body))


def test_a_reload_goes_on_with_the_question_that_was_shown(attempt: tuple[Open, str, int]) -> None:
    page, _, _ = attempt
    app = page()
    assert "Question 1 of" in shown(app)
    app.button(key="nextq").click().run()
    app.button(key="nextq").click().run()
    assert "Question 3 of" in shown(app)
    assert app.query_params["n"] == "3"
    assert "Question 3 of" in shown(page(n="3")), "in another tab, or after a reload"
    app.query_params["n"] = "2"  # the browser's way back
    assert "Question 2 of" in shown(app.run())
    app.button(key="nextq").click().run()
    assert "Question 3 of" in shown(app)
    del app.query_params["n"]
    assert "Question 1 of" in shown(app.run()), "all the way back"
    for odd in ("99", "x", "-1"):
        assert "Question 1 of" in shown(page(n=odd))


def test_another_browser_goes_on_with_the_question_that_was_worked_on(process: Process, attempt: tuple[Open, str, int]) -> None:
    page, learner, number = attempt
    for position in (2, 5, 4):
        process.study.flag(learner, number, position, True)
    assert "Question 1 of" in shown(page()), "a flag is no work"
    slot = process.study.attempt(learner, number).slots[4]
    process.study.save(learner, number, 5, process.catalogue().questions[slot.question.id].tests[0].response)
    assert "Question 5 of" in shown(page())
