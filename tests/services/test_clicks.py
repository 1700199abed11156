"""What a click reads and writes at once: the page is drawn from what the writing has read, and the database is asked no more than needed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event

from course.errors import NotFound
from course.learning.policy import Behaviour, Kind, default_reveal
from course.learning.progress import CellState
from course.storage.unit_of_work import UnitOfWork
from tests.factories import small_course
from tests.people import ANN, BEA, GUS
from tests.services.classroom import Classroom
from tests.services.townhall import Townhall


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is sent to the database while the block runs."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize("learner", [ANN.id, BEA.id])
def test_a_saved_answer_brings_the_attempt_as_it_is_then(room: Classroom, learner: str) -> None:
    attempt = room.study.start(learner, "check-first", "k")
    for position, answer in ((1, "a"), (2, "b"), (1, "c"), (1, None)):
        room.wait(seconds=5)
        assert room.study.save(learner, attempt, position, answer).attempt == room.study.attempt(learner, attempt)


def test_it_brings_what_may_be_seen_of_checked_questions_too(room: Classroom) -> None:
    room.catalogue = small_course(behaviour=Behaviour.IMMEDIATE, reveal=default_reveal(Kind.PRACTICE))
    attempt = room.study.start(ANN.id, "check-first", "k")
    room.study.check(ANN.id, attempt, 1, "b")
    saved = room.study.save(ANN.id, attempt, 2, "a").attempt
    assert saved == room.study.attempt(ANN.id, attempt)
    review = saved.slots[0].review
    assert review is not None
    assert review.explanation


def test_an_answer_is_saved_with_six_statements(room: Classroom) -> None:
    attempt = room.study.start(ANN.id, "check-first", "k")
    room.study.save(ANN.id, attempt, 1, "a")
    with statements() as sent:
        room.study.save(ANN.id, attempt, 1, "b")
    assert len(sent) <= 6, sent


def test_who_reads_is_one_question(uow: UnitOfWork) -> None:
    desk = Townhall(uow)
    guest = desk.people.begin("t" * 43)
    with statements() as sent:
        assert desk.people.visitor("t" * 43).learner == guest
    assert len(sent) == 1, sent


def test_passing_a_cell_brings_the_notebook_as_it_is_then(room: Classroom) -> None:
    for cell in ("intro", "ask", "more", "intro"):
        seen = room.study.pass_cell(ANN.id, "first", cell, clinician=False)
        assert seen == room.study.module(ANN.id, "first", clinician=False)
    assert (seen.done, seen.cells[0].state) == (2, CellState.SEEN)
    assert len(room.study.pass_cell(ANN.id, "first", "intro", clinician=True).cells) == len(seen.cells) + 1


def test_passing_the_last_cell_completes_the_module(room: Classroom) -> None:
    with statements() as sent:
        seen = room.study.pass_cell(ANN.id, "second", "only", clinician=False)
    assert seen == room.study.module(ANN.id, "second", clinician=False)
    assert sum(s.startswith("INSERT INTO event") for s in sent) == 2
    with room.uow.read() as tx:
        assert [e.module for e in tx.events.completions(ANN.id)] == ["second"]


def test_passing_a_cell_again_writes_nothing(room: Classroom) -> None:
    room.study.pass_cell(ANN.id, "first", "intro", clinician=False)
    with statements() as sent:
        room.study.pass_cell(ANN.id, "first", "intro", clinician=False)
    assert not [s for s in sent if s.startswith("INSERT")]


def test_a_cell_is_passed_by_those_who_exist_where_it_exists(room: Classroom) -> None:
    with pytest.raises(NotFound, match="cell"):
        room.study.pass_cell(GUS.id, "first", "nowhere", clinician=False)
    with pytest.raises(NotFound, match="profile"):
        room.study.pass_cell("nobody", "first", "intro", clinician=False)


def test_an_answer_in_a_notebook_brings_the_notebook(room: Classroom) -> None:
    wrong = room.study.answer_cell(ANN.id, "first", "ask", "b", clinician=False)
    assert (wrong.problem, wrong.module) == ("", room.study.module(ANN.id, "first", clinician=False))
    blank = room.study.answer_cell(ANN.id, "first", "ask", "", clinician=False)
    assert blank.problem
    assert blank.module is None
    right = room.study.answer_cell(ANN.id, "first", "ask", "a", 1, clinician=False).module
    assert right is not None
    assert right.cells[1].state is CellState.RIGHT
    assert right == room.study.module(ANN.id, "first", clinician=False)


def test_an_answer_in_a_notebook_is_kept_with_sixteen_statements(room: Classroom) -> None:
    room.study.answer_cell(ANN.id, "first", "ask", "b", clinician=False)
    with statements() as sent:
        room.study.answer_cell(ANN.id, "first", "ask", "a", clinician=False)
    assert len(sent) <= 16, sent
