"""Scores follow from the log alone: computed again they are the same, and what differs is found and mended."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from course.cli import main
from course.learning.attempts import AttemptState
from course.learning.policy import Behaviour, Kind
from course.services.teach import Teach, recomputing
from course.services.teach.recomputing import Recomputed
from course.settings import ROOT
from tests.factories import catalogue, cell, module, question, quiz, single_choice, small_course
from tests.people import ANN, BEA
from tests.services.classroom import Classroom
from tests.services.test_variants import half, number_in


def again(room: Classroom, *, apply: bool = False) -> Recomputed:
    return Teach(room.uow, lambda: room.catalogue, lambda: room.now).recompute(apply=apply)


def spoil(room: Classroom, statement: str, **values: Any) -> None:
    with room.uow.engines.write.begin() as connection:
        connection.execute(text(statement), values)


def test_an_empty_database_is_in_order(room: Classroom) -> None:
    found = again(room)
    assert (found.attempts, found.tries, found.in_order) == (0, 0, True)


def test_everything_a_learner_did_is_computed_the_same_again(room: Classroom) -> None:
    room.read(ANN.id)
    room.take(ANN.id, "check-first", right=2)
    room.take(BEA.id, "opening", right=1)
    room.study.start(BEA.id, "closing", "runs on")
    found = again(room)
    assert (found.attempts, found.tries, found.differing, found.unreadable) == (2, 1, [], [])


def test_tries_hints_rounds_and_numbers_are_computed_the_same_again(room: Classroom) -> None:
    hinted = single_choice("one", hints=[{"text": "H", "penalty": 0.1}])
    room.catalogue = catalogue(
        [module("first", [cell("only")])],
        [
            quiz("tries", [hinted], behaviour=Behaviour.INTERACTIVE),
            quiz("rounds", [half()], behaviour=Behaviour.MASTERY),
        ],
    )
    first = room.study.start(ANN.id, "tries", "k")
    room.study.check(ANN.id, first, 1, "b")
    room.study.take_hint(ANN.id, first, 1, 1)
    room.study.save(ANN.id, first, 1, "a")
    room.study.submit(ANN.id, first, "s")
    second = room.study.start(ANN.id, "rounds", "k")
    for position in (1, 2, 3):
        slot = room.study.attempt(ANN.id, second).slots[0]
        room.study.check(ANN.id, second, position, number_in(slot.question.stem) / (2 if position > 1 else 3))
        if position < 3:
            room.study.ask_again(ANN.id, second, position)
    room.study.submit(ANN.id, second, "s")
    assert again(room).in_order
    with room.uow.read() as tx:
        assert [s.score for s in tx.attempts.slots(first)] == [0.4]
        assert [s.score for s in tx.attempts.slots(second)] == [0.5, 1.0, 1.0]


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE attempt_slot SET score = 0.5, state = 'partial' WHERE position = 1", "question 1 0.5/partial is 1/right"),
        ("UPDATE attempt_slot SET state = NULL WHERE position = 2", "question 2 1/- is 1/right"),
        ("UPDATE attempt SET points = 3, fraction = 1", "graded 3/3 is graded 2/3"),
        ("UPDATE attempt SET passed = NOT passed", "graded 2/3 is graded 2/3"),
        ("UPDATE attempt SET fraction = 0.1", "graded 2/3 is graded 2/3"),
    ],
)
def test_what_was_changed_by_hand_is_found_and_mended(room: Classroom, statement: str, told: str) -> None:
    room.catalogue = small_course(shuffle_questions=False)
    attempt = room.take(ANN.id, "check-first", right=2)
    before = room.study.result(ANN.id, attempt)
    spoil(room, statement)
    found = again(room)
    assert found.differing == [f"attempt {attempt}: {told}"]
    assert again(room).differing == found.differing, "looking changes nothing"
    assert again(room, apply=True).differing == found.differing
    assert again(room).in_order
    assert room.study.result(ANN.id, attempt) == before


def test_a_try_in_a_notebook_is_mended_too(room: Classroom) -> None:
    room.practise(ANN.id, "first", "ask", "a")
    spoil(room, "UPDATE practice_response SET score = 0, state = 'wrong'")
    assert len(again(room, apply=True).differing) == 1
    assert again(room).in_order
    view = room.study.module(ANN.id, "first", clinician=False).cells[1].practice
    assert view is not None
    assert view.review is not None
    assert view.review.score == 1.0


def test_a_mended_pass_completes_its_module(room: Classroom) -> None:
    room.read(ANN.id)
    attempt = room.take(ANN.id, "check-first")
    spoil(room, "DELETE FROM event WHERE kind = 'module_completed'")
    spoil(room, "UPDATE attempt SET passed = false WHERE id = :id", id=attempt)
    again(room, apply=True)
    assert room.study.module(ANN.id, "first", clinician=False).state == "done"


def test_what_waits_for_a_person_still_waits(room: Classroom) -> None:
    essay = question("essay", "essay", points=1, rubric=[{"id": "one", "text": "One", "points": 1}])
    room.catalogue = catalogue([module("first", [cell("only")])], [quiz("q", [essay], Kind.EXAM)])
    attempt = room.study.start(ANN.id, "q", "k")
    room.study.save(ANN.id, attempt, 1, "An essay.")
    room.study.submit(ANN.id, attempt, "s")
    assert again(room, apply=True).in_order
    with room.uow.read() as tx:
        stored = tx.attempts.get(attempt)
    assert stored is not None
    assert stored.state is AttemptState.SUBMITTED


def test_what_cannot_be_graded_any_more_is_named_and_left(room: Classroom) -> None:
    attempt = room.take(ANN.id, "check-first")
    room.take(ANN.id, "opening")
    spoil(room, "UPDATE question_version SET canonical = '{}' WHERE question_id = 'c-one'")
    found = again(room, apply=True)
    assert (found.attempts, found.differing, len(found.unreadable)) == (2, [], 1)
    assert found.unreadable[0].startswith(f"attempt {attempt}: ")


def test_an_interrupted_run_is_finished_by_the_next(room: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    for person in (ANN, BEA):
        room.take(person.id, "check-first", right=1)
    spoil(room, "UPDATE attempt SET points = 0")
    mend = recomputing._mend_attempt

    def killed(desk: Any, attempt_id: int, learner: str) -> None:
        mend(desk, attempt_id, learner)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(recomputing, "_mend_attempt", killed)
        with pytest.raises(KeyboardInterrupt):
            again(room, apply=True)
    assert len(again(room).differing) == 1
    again(room, apply=True)
    assert again(room).in_order


class TestCommand:
    @pytest.fixture
    def run(self, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
        monkeypatch.setenv("COURSE_DATABASE_URL", database_url)
        monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path / "data"))
        monkeypatch.setenv("COURSE_CONTENT", str(ROOT))

        def run(*arguments: str) -> tuple[int, str, str]:
            out, err = io.StringIO(), io.StringIO()
            return main(["recompute", *arguments], out, err), out.getvalue(), err.getvalue()

        return run

    def test_nothing_stored_is_in_order(self, run: Any) -> None:
        for arguments in ((), ("--check",)):
            assert run(*arguments) == (0, "0 attempts and 0 tries in notebooks computed again: nothing differs.\n", "")

    def test_a_database_without_tables_is_in_order(self, empty_database_url: str, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COURSE_DATABASE_URL", empty_database_url)
        assert run("--check")[0] == 0

    def test_check_exits_1_and_changes_nothing(self, room: Classroom, run: Any) -> None:
        room.take(ANN.id, "check-first")
        assert run("--check")[0] == 0
        spoil(room, "UPDATE attempt SET points = 0")
        for _ in range(2):
            code, out, err = run("--check")
            assert (code, err) == (1, "attempt 1: graded 0/3 is graded 3/3\n")
            assert out == "1 attempt and 0 tries in notebooks computed again: 1 differs.\n"
        code, out, err = run()
        assert (code, out) == (0, "1 attempt and 0 tries in notebooks computed again: 1 differed and is mended.\n")
        assert run("--check")[0] == 0
