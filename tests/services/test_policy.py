"""The rules of a quiz hold on the server, and are said before it begins."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.errors import Refused
from course.learning.attempts import AttemptState
from course.learning.policy import Behaviour, Counts, Draw, Kind, Unlock
from course.storage.stores.people import Learner
from tests.factories import catalogue, cell, module, quiz, single_choice, small_course
from tests.people import ANN, BEA
from tests.services.classroom import Classroom


def sequential(room: Classroom, **rules: Any) -> int:
    room.catalogue = small_course(sequential=True, **rules)
    return room.study.start(ANN.id, "check-first", f"k{room.seed}")


def test_going_on_closes_what_lies_behind(room: Classroom) -> None:
    attempt = sequential(room)
    assert room.study.attempt(ANN.id, attempt).here == 1
    room.study.save(ANN.id, attempt, 1, "a")
    room.study.move_on(ANN.id, attempt, 2)
    view = room.study.attempt(ANN.id, attempt)
    assert (view.here, [s.behind for s in view.slots], [s.may_change for s in view.slots]) == (2, [True, False, False], [False, True, True])
    for step in (lambda: room.study.move_on(ANN.id, attempt, 1), lambda: room.study.save(ANN.id, attempt, 1, "b")):
        with pytest.raises(Refused, match="no way back"):
            step()
    room.study.move_on(ANN.id, attempt, 2)
    assert room.study.attempt(ANN.id, attempt).here == 2, "a reload, or a second click, changes nothing"
    assert room.study.submit(ANN.id, attempt, "s").points == 1.0


def test_a_second_tab_that_stayed_behind_is_refused(room: Classroom) -> None:
    attempt = sequential(room, behaviour=Behaviour.IMMEDIATE)
    room.study.save(ANN.id, attempt, 2, "a")
    for step in (lambda: room.study.save(ANN.id, attempt, 1, "a"), lambda: room.study.check(ANN.id, attempt, 1, "a")):
        with pytest.raises(Refused, match="no way back"):
            step()


def test_where_the_order_is_free_going_on_closes_nothing(room: Classroom) -> None:
    attempt = room.study.start(ANN.id, "check-first", "k")
    room.study.move_on(ANN.id, attempt, 3)
    room.study.save(ANN.id, attempt, 1, "a")
    view = room.study.attempt(ANN.id, attempt)
    assert [s.behind for s in view.slots] == [False] * 3


def test_where_the_order_is_free_the_attempt_knows_what_was_worked_on_last(room: Classroom) -> None:
    attempt = room.study.start(ANN.id, "check-first", "k")

    def here() -> int | None:
        return room.study.attempt(ANN.id, attempt).here

    assert here() is None, "nowhere yet"
    room.study.save(ANN.id, attempt, 3, "a")
    assert here() == 3, "where the last answer was given"
    room.study.save(ANN.id, attempt, 1, "a")
    assert here() == 1, "also on the way back"
    assert room.study.move_on(ANN.id, attempt, 2) == room.study.attempt(ANN.id, attempt)
    assert here() == 1, "looking stores nothing"


def test_what_was_worked_on_last_is_the_present_round_of_a_question(room: Classroom) -> None:
    room.catalogue = small_course(behaviour=Behaviour.MASTERY)
    attempt = room.study.start(ANN.id, "check-first", "k")
    room.study.check(ANN.id, attempt, 2, "b")
    position = room.study.ask_again(ANN.id, attempt, 2)
    assert room.study.attempt(ANN.id, attempt).here == position > 3
    room.study.check(ANN.id, attempt, 1, "a")
    assert room.study.attempt(ANN.id, attempt).here == 1


def test_a_later_round_is_not_a_later_question(room: Classroom) -> None:
    attempt = sequential(room, behaviour=Behaviour.MASTERY)
    room.study.check(ANN.id, attempt, 1, "b")
    position = room.study.ask_again(ANN.id, attempt, 1)
    room.study.check(ANN.id, attempt, position, "b")
    view = room.study.attempt(ANN.id, attempt)
    assert view.here == position
    assert [s.behind for s in view.slots] == [False] * 3
    room.study.move_on(ANN.id, attempt, 2)
    with pytest.raises(Refused):
        room.study.ask_again(ANN.id, attempt, position)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(person=st.sampled_from([ANN, BEA]), limit=st.integers(1, 3600), grace=st.integers(0, 120), waited=st.integers(0, 8000))
def test_the_server_ends_an_attempt_and_extra_time_is_the_persons(
    room: Classroom, person: Learner, limit: int, grace: int, waited: int
) -> None:
    room.catalogue = small_course(time_limit=float(limit), grace=float(grace), attempts=None)
    attempt = room.study.start(person.id, "check-first", f"k{room.seed}")
    room.study.save(person.id, attempt, 1, "a")
    mine = limit * person.extra_time
    assert room.study.quiz(person.id, "check-first").minutes == -(-mine // 60)
    room.wait(seconds=waited)
    view = room.study.attempt(person.id, attempt)
    assert view.over == (waited > mine + grace)
    assert (view.state is AttemptState.OVERDUE) == (mine < waited <= mine + grace)
    if not view.over:
        assert (view.seconds_left, view.closes_in) == (max(0, int(mine - waited)), int(mine + grace - waited))
        assert room.study.save(person.id, attempt, 2, "a").answered
        room.study.submit(person.id, attempt, "s")
        return
    with pytest.raises(Refused, match="time is up"):
        room.study.save(person.id, attempt, 2, "a")
    result = room.study.submit(person.id, attempt, "late")
    assert (result.points, result.by_clock) == (1.0, True)
    assert result.minutes == -(-mine // 60)


@pytest.mark.parametrize(
    ("counts", "rights", "passed"),
    [
        (Counts.BEST, [2, 0], True),
        (Counts.LAST, [2, 0], False),
        (Counts.FIRST, [2, 0], True),
        (Counts.FIRST, [0, 2], False),
        (Counts.MEAN, [2, 0], False),
    ],
)
def test_a_quiz_is_passed_by_the_attempt_that_counts(room: Classroom, counts: Counts, rights: list[int], passed: bool) -> None:
    quizzes = [
        quiz("first-quiz", [single_choice("x"), single_choice("y")], counts=counts),
        quiz("second-quiz", [single_choice("z")], unlock=(Unlock(passed="first-quiz"),)),
    ]
    room.catalogue = catalogue([module("first", [cell("only")])], quizzes)
    for right in rights:
        room.take(ANN.id, "first-quiz", right=right)
    assert room.study.quiz(ANN.id, "second-quiz").may_begin == passed


def test_one_quiz_opens_another_once_it_is_passed(room: Classroom) -> None:
    room.catalogue = catalogue(
        [module("first", [cell("only")])],
        [quiz("first-quiz", [single_choice("x")]), quiz("second-quiz", [single_choice("y")], unlock=(Unlock(passed="first-quiz"),))],
    )
    assert room.study.quiz(ANN.id, "second-quiz").reasons == ("Pass “Quiz first-quiz” first.",)
    room.take(ANN.id, "first-quiz", right=0)
    with pytest.raises(Refused, match="Pass “Quiz first-quiz” first"):
        room.study.start(ANN.id, "second-quiz", "k")
    room.take(ANN.id, "first-quiz")
    assert room.study.quiz(ANN.id, "second-quiz").may_begin


@pytest.mark.parametrize(
    "pool", [Draw(2, objectives=("aim",)), Draw(2, tags=("anchor",)), Draw(2, ids=("one", "two"))], ids=["objective", "tag", "id"]
)
def test_a_pool_draws_by_objective_tag_or_id(room: Classroom, pool: Draw) -> None:
    asked = [
        single_choice("one", tags=["anchor"]),
        single_choice("two", tags=["anchor"]),
        single_choice("three", objective="other", tags=["else"]),
    ]
    room.catalogue = catalogue([module("first", [cell("only")])], [quiz("q", asked, draw=(pool,))])
    attempt = room.study.start(ANN.id, "q", "k")
    assert {s.question.id for s in room.study.attempt(ANN.id, attempt).slots} == {"one", "two"}


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({"behaviour": Behaviour.IMMEDIATE}, ["You check each answer when you are ready; then it stands."]),
        (
            {"behaviour": Behaviour.INTERACTIVE},
            [
                "You have 3 tries a question; a right answer earns 100%, 50%, 25% of its points in turn.",
                "Where there are hints, each says what it costs before you take it.",
            ],
        ),
        (
            {"behaviour": Behaviour.MASTERY},
            ["Each question comes back, never quite the same, until 3 of the last 4 answers were right, at most 12 times."],
        ),
        (
            {"certainty": True},
            [
                "With each answer you say how sure you are. That earns a mark of its own (+1, +2, +3 when right; 0, -2, -6 when wrong), "
                "beside your score and never in it."
            ],
        ),
        ({"sequential": True}, ["Questions come one after the other; there is no way back."]),
        ({"time_limit": 1200.0}, ["You have 20 minutes once you begin, also while the page is closed. Then what is saved is handed in."]),
        ({"wait": 86_400.0}, ["After handing in, the next attempt opens 1 day later."]),
        ({"wait": 86_400.0, "attempts": 1}, []),
        ({}, []),
    ],
)
def test_the_rules_are_said_beforehand(room: Classroom, rules: dict[str, Any], said: list[str]) -> None:
    room.catalogue = small_course(**rules)
    counted = [] if rules.get("attempts") == 1 else ["Your best attempt counts."]
    assert list(room.study.quiz(ANN.id, "check-first").rules) == said + counted


@pytest.mark.parametrize("kind", [Kind.PRACTICE, Kind.SURVEY])
def test_what_is_not_scored_does_not_say_what_counts(room: Classroom, kind: Kind) -> None:
    room.catalogue = catalogue([module("first", [cell("only")])], [quiz("q", [single_choice("x")], kind)])
    assert not any("counts" in line for line in room.study.quiz(ANN.id, "q").rules)
