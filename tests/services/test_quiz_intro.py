"""The page before a quiz, and beginning an attempt."""

from __future__ import annotations

from datetime import timedelta

import pytest

from course.errors import BadResponse, NotFound, Refused
from course.learning.policy import Draw, Kind, Unlock
from tests.factories import catalogue, cell, module, question, quiz, single_choice, small_course
from tests.people import ANN, BEA
from tests.services.classroom import Classroom


def test_a_guest_sees_what_is_ahead(room: Classroom) -> None:
    view = room.study.quiz(None, "check-first")
    assert (view.title, view.questions, view.pass_mark, view.attempts_left) == ("Quiz check-first", 3, 0.7, 3)
    assert (view.may_begin, view.running, view.reasons, view.past, view.disclaimer) == (True, None, (), (), True)
    assert view.reveal[-1] == "Once you have passed: the right answers."


def test_a_time_limit_is_the_learners_own(room: Classroom) -> None:
    room.catalogue = small_course(time_limit=1200.0)
    assert [(room.study.quiz(who, "check-first").minutes, room.study.quiz(who, "check-first").timed) for who in (None, ANN.id, BEA.id)] == [
        (20, True),
        (20, True),
        (30, True),
    ]
    attempt = room.study.start(BEA.id, "check-first", "k")
    assert room.study.attempt(BEA.id, attempt).seconds_left == 30 * 60


def test_the_same_key_gives_the_same_attempt(room: Classroom) -> None:
    first = room.study.start(ANN.id, "check-first", "one")
    room.study.submit(ANN.id, first, "s")
    assert room.study.start(ANN.id, "check-first", "one") == first
    assert room.study.start(ANN.id, "check-first", "two") != first


def test_a_running_attempt_is_continued(room: Classroom) -> None:
    first = room.study.start(ANN.id, "check-first", "one")
    assert room.study.start(ANN.id, "check-first", "two") == first
    view = room.study.quiz(ANN.id, "check-first")
    assert (view.running, view.may_begin, view.attempts_left, view.reasons) == (first, False, 2, ())


def test_attempts_run_out(room: Classroom) -> None:
    for _ in range(3):
        room.take(ANN.id, "check-first", right=0)
    view = room.study.quiz(ANN.id, "check-first")
    assert (view.attempts_left, view.may_begin, view.reasons) == (0, False, ("You have used all 3 attempts.",))
    assert [p.number for p in view.past] == [1, 2, 3]
    with pytest.raises(Refused, match="all 3 attempts"):
        room.study.start(ANN.id, "check-first", "again")


def test_the_next_attempt_may_have_to_wait(room: Classroom) -> None:
    room.catalogue = small_course(wait=86_400.0)
    room.take(ANN.id, "check-first", right=0)
    view = room.study.quiz(ANN.id, "check-first")
    assert view.wait_until == room.now + timedelta(days=1)
    assert view.reasons == ("The next attempt opens in 1 day.",)
    with pytest.raises(Refused):
        room.study.start(ANN.id, "check-first", "again")
    room.wait(days=1)
    assert room.study.quiz(ANN.id, "check-first").may_begin


def test_a_locked_quiz_says_what_opens_it(room: Classroom) -> None:
    room.catalogue = small_course(unlock=(Unlock(completed="second"), Unlock(passed="opening")))
    reasons = room.study.quiz(ANN.id, "check-first").reasons
    assert reasons == ("Finish the module “Module second” first.", "Pass “Quiz opening” first.")
    first = room.study.quiz(ANN.id, "check-first").first
    assert [(one.completed, one.passed, title) for one, title in first] == [
        ("second", None, "Module second"),
        (None, "opening", "Quiz opening"),
    ]
    with pytest.raises(Refused, match="Finish the module"):
        room.study.start(ANN.id, "check-first", "k")
    room.open(ANN.id, "second", "only")
    room.take(ANN.id, "opening")
    assert room.study.quiz(ANN.id, "check-first").may_begin
    assert room.study.quiz(ANN.id, "check-first").first == ()


def test_a_draw_takes_as_many_as_it_says(room: Classroom) -> None:
    room.catalogue = small_course(draw=(Draw(2, objectives=("aim",)),))
    assert room.study.quiz(ANN.id, "check-first").questions == 2
    attempt = room.study.start(ANN.id, "check-first", "fresh")
    assert len({s.question.id for s in room.study.attempt(ANN.id, attempt).slots}) == 2


def test_unknown_quizzes_and_keys_are_refused(room: Classroom) -> None:
    with pytest.raises(NotFound):
        room.study.quiz(ANN.id, "nowhere")
    with pytest.raises(NotFound):
        room.study.start(ANN.id, "nowhere", "k")
    for key in ("", "x" * 81):
        with pytest.raises(BadResponse):
            room.study.start(ANN.id, "check-first", key)


def test_a_survey_promises_no_verdict(room: Classroom) -> None:
    feel = question("feel", "likert", scale=[{"id": "1", "text": "Not at all"}, {"id": "2", "text": "Fully"}])
    quizzes = [quiz("feelings", [feel], Kind.SURVEY), quiz("mixed", [feel, single_choice("one")], Kind.SURVEY)]
    room.catalogue = catalogue([module("first", [cell("only")])], quizzes)
    view = room.study.quiz(None, "feelings")
    assert (view.rules, view.reveal) == (("You may change your answers until you hand in.",), ("Nothing here is right or wrong.",))
    assert room.study.quiz(None, "mixed").reveal[0].startswith("When you hand in: your score, what was right")
