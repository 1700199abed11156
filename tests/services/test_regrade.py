"""A mended key reaches answers that were given before: first as a report, then for good, with a record of who, when and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from course.content.model import Catalogue
from course.errors import NotFound, Refused
from course.learning.attempts import AttemptState
from course.learning.policy import Behaviour, Kind
from course.learning.progress import CellState
from course.learning.rulings import ActKind
from course.questions.base import State
from course.services.teach.views import Effect
from tests.factories import numeric, question
from tests.people import ANN, BEA, CAI, GUS
from tests.services.classroom import Classroom
from tests.services.corrected import SIGNED, assert_recomputed, course, essay, keyed, stored, take, three


@pytest.fixture
def room(room: Classroom) -> Classroom:
    room.catalogue = three()
    return room


def test_a_dry_run_says_who_moves_from_what_to_what_and_stores_nothing(room: Classroom) -> None:
    gains, loses = take(room, ANN.id, "b", "a", "b"), take(room, BEA.id, "a", "a", "a")
    stays = take(room, CAI.id, "c", "a", "a")
    room.catalogue = three(key="b")
    report = room.teach.regrade("one")
    assert not report.applied
    moves = {one.attempt: (one.effect, one.before.points, one.after.points, one.before.passed, one.after.passed) for one in report.attempts}
    assert moves == {
        gains: (Effect.GAINS, 1, 2, False, False),
        loses: (Effect.LOSES, 3, 2, True, False),
        stays: (Effect.STAYS, 2, 2, False, False),
    }
    assert (report.count(Effect.GAINS), report.count(Effect.LOSES), report.count(Effect.STAYS)) == (1, 1, 1)
    (slot,) = report.attempts[0].slots
    assert (slot.question, slot.scores, slot.states) == ("one", (0.0, 1.0), (State.WRONG, State.RIGHT))
    assert report.attempts[0].learner == ANN.id[:8]
    assert stored(room, gains).points == 1
    assert room.study.result(ANN.id, gains).points == 1


def test_applying_it_changes_scores_totals_and_passes_and_writes_who_when_and_why(room: Classroom) -> None:
    attempt = take(room, ANN.id, "b", "a", "a")
    room.catalogue = three(key="b")
    room.wait(days=1)
    assert room.teach.regrade("one", **SIGNED).applied
    after = stored(room, attempt)
    assert (after.state, after.points, after.max, after.fraction, after.passed) == (AttemptState.GRADED, 3, 3, 1, True)
    with room.uow.read() as tx:
        (row,) = tx.rulings.of_attempt(attempt)
        slot = tx.attempts.slots(attempt)[0]
    assert (row.kind, row.position, row.by, row.why, row.at) == (ActKind.REGRADE, 1, "Ivo", "The key was wrong.", room.now)
    assert (row.scores, row.before.points, row.after.points, row.before.passed, row.after.passed) == ((0, 1), 2, 3, False, True)
    assert row.versions == (slot.version, keyed("one", "b").version), "what was asked stays pinned; what it is graded by is on record"
    assert (slot.score, slot.state) == (1, State.RIGHT)
    assert_recomputed(room)


def test_running_it_again_changes_nothing_more(room: Classroom) -> None:
    attempt = take(room, ANN.id, "b", "a", "a")
    room.catalogue = three(key="b")
    room.teach.regrade("one", **SIGNED)
    again = room.teach.regrade("one", **SIGNED)
    assert (again.attempts, again.left) == ((), ())
    with room.uow.read() as tx:
        assert len(tx.rulings.of_attempt(attempt)) == 1


def test_a_key_changed_twice_is_graded_by_the_last(room: Classroom) -> None:
    attempt = take(room, ANN.id, "c", "a", "a")
    for key, points in (("b", 2), ("c", 3), ("a", 2)):
        room.catalogue = three(key=key)
        room.teach.regrade("one", **SIGNED)
        assert stored(room, attempt).points == points
        assert_recomputed(room)


def test_an_answer_that_does_not_change_is_on_record_too(room: Classroom) -> None:
    attempt = take(room, ANN.id, "c", "a", "a")
    room.catalogue = three(key="b")
    room.teach.regrade("one", **SIGNED)
    with room.uow.read() as tx:
        assert [row.scores for row in tx.rulings.of_attempt(attempt)] == [(0, 0)]


def test_whoever_would_lose_can_be_spared(room: Classroom) -> None:
    gains, loses = take(room, ANN.id, "b", "a", "a"), take(room, BEA.id, "a", "a", "a")
    room.catalogue = three(key="b")
    report = room.teach.regrade("one", spare=True, **SIGNED)
    assert [(one.attempt, one.question) for one in report.left] == [(loses, "one")]
    assert (stored(room, gains).points, stored(room, loses).points) == (3, 3)
    assert report.count(Effect.LOSES) == 0
    assert_recomputed(room)


def test_a_quiz_names_all_of_its_questions(room: Classroom) -> None:
    attempt = take(room, ANN.id, "b", "b", "a")
    room.catalogue = course(keyed("one", "b"), keyed("two", "b"), keyed("three", "a"))
    report = room.teach.regrade(quiz="quiz", **SIGNED)
    assert [s.question for s in report.attempts[0].slots] == ["one", "two"]
    assert stored(room, attempt).points == 3
    assert_recomputed(room)


def test_an_attempt_that_is_still_open_is_counted_and_left_alone(room: Classroom) -> None:
    attempt = room.study.start(ANN.id, "quiz", "k")
    room.study.save(ANN.id, attempt, 1, "b")
    room.catalogue = three(key="b")
    report = room.teach.regrade("one", **SIGNED)
    assert (report.open, report.attempts) == (1, ())
    room.study.submit(ANN.id, attempt, "s")
    assert stored(room, attempt).points == 0, "it is graded by what it was begun with"
    assert room.teach.regrade("one", **SIGNED).count(Effect.GAINS) == 1
    assert stored(room, attempt).points == 1


def test_passing_by_a_regrade_completes_the_module(room: Classroom) -> None:
    room.read(ANN.id)
    take(room, ANN.id, "b", "b", "a")
    room.catalogue = course(keyed("one", "b"), keyed("two", "b"), keyed("three", "a"))
    room.teach.regrade(quiz="quiz", **SIGNED)
    assert room.study.progress(ANN.id).modules[0].completed_at == room.now


def test_answers_in_notebooks_are_graded_again(room: Classroom) -> None:
    room.practise(ANN.id, "first", "ask", "a")
    room.practise(BEA.id, "first", "ask", "b")
    room.catalogue = course(keyed("in-place", "b"), keyed("one", "a"))
    report = room.teach.regrade("in-place", **SIGNED)
    assert {(p.learner, p.scores, p.effect) for p in report.practice} == {
        (ANN.id[:8], (1, 0), Effect.LOSES),
        (BEA.id[:8], (0, 1), Effect.GAINS),
    }
    with room.uow.read() as tx:
        taken = {who: tx.personal_data.export(who) for who in (ANN.id, BEA.id)}
    assert [taken[who]["practice_response"][0]["score"] for who in (ANN.id, BEA.id)] == [0, 1]
    assert taken[ANN.id]["practice_ruling"][0]["reason"] == "The key was wrong."
    assert room.teach.regrade("in-place", **SIGNED).practice == ()
    seen = room.study.module(BEA.id, "first", clinician=False).cells[1]
    assert seen.state is CellState.RIGHT
    assert seen.practice is not None
    assert seen.practice.notice == "Graded again on 4 November 2026: The key was wrong.", "her own day"
    room.practise(BEA.id, "first", "ask", "c")
    again = room.study.module(BEA.id, "first", clinician=False).cells[1].practice
    assert again is not None
    assert again.notice == "", "a new answer was never graded otherwise"


def test_whoever_would_lose_in_a_notebook_can_be_spared_too(room: Classroom) -> None:
    room.practise(ANN.id, "first", "ask", "a")
    room.catalogue = course(keyed("in-place", "b"), keyed("one", "a"))
    report = room.teach.regrade("in-place", spare=True, **SIGNED)
    assert (report.practice, [one.attempt for one in report.left]) == ((), [None])


@pytest.mark.parametrize(
    ("mended", "told"),
    [
        (numeric("one"), "was a single_choice question and is a numeric now"),
        (keyed("one", "b", stem="{{n}}?", variables={"n": {"choice": [1, 2]}}), "has other variables now"),
    ],
    ids=["type", "variables"],
)
def test_a_question_that_became_another_is_left_and_named(room: Classroom, mended: object, told: str) -> None:
    attempt = take(room, ANN.id, "b", "a", "a")
    room.catalogue = course(mended, keyed("two", "a"))  # type: ignore[arg-type]
    report = room.teach.regrade("one", **SIGNED)
    assert [(one.attempt, one.why) for one in report.left] == [(attempt, told)]
    assert stored(room, attempt).points == 2


def test_a_drawn_number_stays_the_one_that_was_drawn(room: Classroom) -> None:
    def half(answer: str) -> Catalogue:
        made = question(
            "one",
            "numeric",
            stem="Half of {{n}}?",
            variables={"n": {"range": [10, 500], "step": 10}},
            answer={"expression": answer},
            tolerance={"abs": 0.1},
        )
        return course(made, keyed("two", "a"))

    room.catalogue = half("n")
    attempt = room.study.start(ANN.id, "quiz", "k")
    stem = room.study.attempt(ANN.id, attempt).slots[0].question.stem
    room.study.save(ANN.id, attempt, 1, int(stem.removeprefix("Half of ").removesuffix("?")) / 2)
    room.study.submit(ANN.id, attempt, "s")
    assert stored(room, attempt).points == 0
    room.catalogue = half("n / 2")
    room.teach.regrade("one", **SIGNED)
    assert stored(room, attempt).points == 1
    assert_recomputed(room)


def test_an_essay_is_not_graded_by_a_key(room: Classroom) -> None:
    room.catalogue = course(keyed("one", "a"), essay())
    take(room, ANN.id, "b", "Because.")
    room.catalogue = course(keyed("one", "b"), essay(stem="Why, in your words?"))
    report = room.teach.regrade(quiz="quiz", **SIGNED)
    assert [(one.question, one.why) for one in report.left] == [("why", "a person grades it")]
    assert [s.question for one in report.attempts for s in one.slots] == ["one"]
    assert report.attempts[0].after.points is None, "there is no result before the essay is marked"
    assert report.attempts[0].effect is Effect.GAINS


def test_tries_and_hints_weigh_as_they_did(room: Classroom) -> None:
    hint = {"hints": [{"text": "Think of the pore.", "penalty": 0.1}]}
    rules = {"behaviour": Behaviour.INTERACTIVE, "tries": (1.0, 0.5)}
    room.catalogue = course(keyed("one", "a", **hint), **rules)
    attempt = room.study.start(ANN.id, "quiz", "k")
    room.study.check(ANN.id, attempt, 1, "c")
    room.study.check(ANN.id, attempt, 1, "b")
    room.study.submit(ANN.id, attempt, "s")
    assert stored(room, attempt).points == 0
    room.catalogue = course(keyed("one", "b"), **rules)
    room.teach.regrade("one", **SIGNED)
    assert stored(room, attempt).points == 0.5, "right at the second try"
    assert_recomputed(room)


def test_voided_and_abandoned_attempts_are_left_alone(room: Classroom) -> None:
    attempt = take(room, ANN.id, "b", "a", "a")
    with room.uow.write() as tx:
        tx.attempts.save(replace(stored(room, attempt), state=AttemptState.VOIDED))
    room.catalogue = three(key="b")
    assert room.teach.regrade("one", **SIGNED).attempts == ()
    assert stored(room, attempt).points == 2


def test_an_erased_learner_is_gone_from_it(room: Classroom) -> None:
    take(room, ANN.id, "b", "a", "a")
    with room.uow.write() as tx:
        tx.personal_data.erase(ANN.id)
    room.catalogue = three(key="b")
    assert room.teach.regrade("one", **SIGNED).attempts == ()


def test_a_regrade_takes_every_quiz_that_asked_the_question(room: Classroom) -> None:
    room.catalogue = course(keyed("one", "a"), keyed("in-place", "a"))
    attempt = room.study.start(GUS.id, "elsewhere", "k")
    room.study.save(GUS.id, attempt, 1, "b")
    room.study.submit(GUS.id, attempt, "s")
    room.catalogue = course(keyed("one", "a"), keyed("in-place", "b"))
    assert [one.quiz for one in room.teach.regrade("in-place", **SIGNED).attempts] == ["elsewhere"]
    assert stored(room, attempt).policy.kind is Kind.PRACTICE


@pytest.mark.parametrize(
    ("sign", "told"),
    [
        ({"by": "", "why": "The key was wrong."}, "--by NAME"),
        ({"by": "Ivo", "why": "  "}, "--why TEXT"),
        ({"by": "I" * 81, "why": "w"}, "at most 80"),
        ({"by": "Ivo", "why": "w" * 501}, "at most 500"),
    ],
)
def test_nothing_is_stored_without_a_name_and_a_reason(room: Classroom, sign: dict[str, str], told: str) -> None:
    attempt = take(room, ANN.id, "b", "a", "a")
    room.catalogue = three(key="b")
    with pytest.raises(Refused, match=told):
        room.teach.regrade("one", apply=True, **sign)
    assert stored(room, attempt).points == 2


def test_what_is_not_there_is_said(room: Classroom) -> None:
    with pytest.raises(NotFound, match="no question `nope`"):
        room.teach.regrade("nope")
    with pytest.raises(NotFound, match="no quiz `nope`"):
        room.teach.regrade(quiz="nope")
    for wrong in ({}, {"question": "one", "quiz": "quiz"}):
        with pytest.raises(Refused, match="one question, or one quiz"):
            room.teach.regrade(**wrong)
