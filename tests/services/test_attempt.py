"""Working on an attempt: everything is stored as it happens, and nothing of the key is shown."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.errors import BadResponse, CourseError, NotFound, Refused
from course.learning.attempts import AttemptState
from course.learning.outline import CellKind
from course.learning.policy import Behaviour, Kind, Moment, Reveal, default_reveal
from course.learning.scoring import Answered, mark, totals
from course.questions import restore
from course.questions.base import Arrange, ChooseOne, State, is_blank
from tests.factories import catalogue, cell, module, numeric, ordering, quiz, single_choice, small_course
from tests.people import ANN, BEA
from tests.services.classroom import Classroom

IMMEDIATE = {"behaviour": Behaviour.IMMEDIATE, "reveal": default_reveal(Kind.PRACTICE)}


def log_of(room: Classroom, attempt: int) -> list[tuple[int, object]]:
    with room.uow.read() as tx:
        return [(r.position, r.response) for r in tx.attempts.log(attempt)]


def test_a_fresh_attempt_shows_questions_and_no_key(room: Classroom) -> None:
    attempt = room.study.start(ANN.id, "check-first", "k")
    view = room.study.attempt(ANN.id, attempt)
    assert sorted(s.question.id for s in view.slots) == ["c-one", "c-three", "c-two"]
    assert [s.position for s in view.slots] == [1, 2, 3]
    assert (view.over, view.answered, view.seconds_left, view.saved) == (False, 0, None, "0 of 3 answered")
    shown = repr(view)
    assert not any(word in shown for word in ("Feedback", "Explanation", "correct", "source"))
    assert all(s.review is None for s in view.slots)


def test_the_order_is_pinned(room: Classroom) -> None:
    attempt = room.study.start(ANN.id, "check-first", "k")
    first, again = (room.study.attempt(ANN.id, attempt) for _ in range(2))
    assert [s.question for s in first.slots] == [s.question for s in again.slots]


def test_attempts_differ_in_order(room: Classroom) -> None:
    room.catalogue = small_course(attempts=None)
    orders = set()
    for number in range(6):
        attempt = room.study.start(ANN.id, "check-first", f"k{number}")
        control = room.study.attempt(ANN.id, attempt).slots[0].question.controls[0]
        assert isinstance(control, ChooseOne)
        orders.add(tuple(o.id for o in control.options))
        room.study.submit(ANN.id, attempt, "s")
    assert len(orders) > 1


def test_an_ordering_question_never_shows_its_key(room: Classroom) -> None:
    course = catalogue([module("first", [cell("only")])], [quiz("q", [ordering("o")], shuffle_options=False, attempts=None)])
    room.catalogue = course
    for number in range(8):
        attempt = room.study.start(ANN.id, "q", f"k{number}")
        control = room.study.attempt(ANN.id, attempt).slots[0].question.controls[0]
        assert isinstance(control, Arrange)
        assert [o.id for o in control.items] != ["one", "two", "three", "four"]
        room.study.submit(ANN.id, attempt, "s")


def test_a_saved_answer_is_there_again(room: Classroom) -> None:
    attempt = room.study.start(ANN.id, "check-first", "k")
    saved = room.study.save(ANN.id, attempt, 2, "b")
    assert (saved.answered, saved.problem, saved.saved_at, saved.words) == (True, "", room.now, "1 of 3 answered, saved 12:00")
    slot = room.study.attempt(ANN.id, attempt).slots[1]
    assert (slot.response, slot.answered, slot.saved_at) == ("b", True, room.now)


def test_times_are_told_where_the_learner_is(room: Classroom) -> None:
    attempt = room.study.start(BEA.id, "check-first", "k")
    assert room.study.save(BEA.id, attempt, 1, "b").words.endswith("saved 01:00")


def test_answers_are_appended_and_the_same_one_is_not(room: Classroom) -> None:
    attempt = room.study.start(ANN.id, "check-first", "k")
    for response in ("a", "a", "b", "b", None, None, "a"):
        room.study.save(ANN.id, attempt, 1, response)
    assert log_of(room, attempt) == [(1, "a"), (1, "b"), (1, None), (1, "a")]


def test_a_question_never_answered_leaves_nothing_in_the_log(room: Classroom) -> None:
    attempt = room.study.start(ANN.id, "check-first", "k")
    assert not room.study.save(ANN.id, attempt, 1, None).answered
    assert log_of(room, attempt) == []


def test_true_is_not_one(room: Classroom) -> None:
    attempt = room.study.start(ANN.id, "check-first", "k")
    for response in (1, True, 1.0):
        room.study.save(ANN.id, attempt, 1, response)
    assert [type(r) for _, r in log_of(room, attempt)] == [int, bool, float]


def test_an_unreadable_answer_is_kept_and_said(room: Classroom) -> None:
    room.catalogue = catalogue([module("first", [cell("only")])], [quiz("q", [numeric("n")])])
    attempt = room.study.start(ANN.id, "q", "k")
    saved = room.study.save(ANN.id, attempt, 1, "about twelve")
    assert saved.answered
    assert saved.problem
    assert room.study.attempt(ANN.id, attempt).slots[0].problem == saved.problem
    assert log_of(room, attempt) == [(1, "about twelve")]
    assert room.study.save(ANN.id, attempt, 1, "12").problem == ""


@pytest.mark.parametrize("response", [float("inf"), {1, 2}, "x" * 40_000, [[[[[[[1]]]]]]], b"a", "\udfff"])
def test_what_is_no_answer_is_refused_and_not_stored(room: Classroom, response: object) -> None:
    attempt = room.study.start(ANN.id, "check-first", "k")
    with pytest.raises(BadResponse, match="not stored"):
        room.study.save(ANN.id, attempt, 1, response)
    assert log_of(room, attempt) == []


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    response=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=5,
    )
)
def test_whatever_is_sent_is_stored_as_sent_or_refused(room: Classroom, response: object) -> None:
    attempt = room.study.start(ANN.id, "check-first", "k")
    try:
        room.study.save(ANN.id, attempt, 1, response)
    except BadResponse:
        return
    slot = room.study.attempt(ANN.id, attempt).slots[0]
    assert json.dumps(slot.response, sort_keys=True) == json.dumps(response, sort_keys=True) or (
        slot.saved_at is None and is_blank(response)
    )


def test_certainty_is_kept_where_it_is_asked(room: Classroom) -> None:
    attempt = room.study.start(ANN.id, "opening", "k")
    room.study.save(ANN.id, attempt, 1, "a", certainty=3)
    room.study.save(ANN.id, attempt, 1, "a", certainty=2)
    assert room.study.attempt(ANN.id, attempt).asks_certainty
    assert room.study.attempt(ANN.id, attempt).slots[0].certainty == 2
    assert len(log_of(room, attempt)) == 2
    with pytest.raises(BadResponse, match="1, 2 or 3"):
        room.study.save(ANN.id, attempt, 1, "a", certainty=4)
    other = room.study.start(ANN.id, "check-first", "k")
    room.study.save(ANN.id, other, 1, "a", certainty=3)
    assert room.study.attempt(ANN.id, other).slots[0].certainty is None


def test_flags_come_and_go(room: Classroom) -> None:
    attempt = room.study.start(ANN.id, "check-first", "k")
    room.study.flag(ANN.id, attempt, 2, True)
    assert [s.flagged for s in room.study.attempt(ANN.id, attempt).slots] == [False, True, False]
    room.study.flag(ANN.id, attempt, 2, False)
    assert not any(s.flagged for s in room.study.attempt(ANN.id, attempt).slots)


def test_a_question_with_a_notice_may_be_passed_over(room: Classroom) -> None:
    attempt = room.study.start(ANN.id, "check-first", "k")
    noticed = next(s for s in room.study.attempt(ANN.id, attempt).slots if s.question.notice)
    other = next(s for s in room.study.attempt(ANN.id, attempt).slots if not s.question.notice)
    with pytest.raises(Refused, match="content notice"):
        room.study.skip_notice(ANN.id, attempt, other.position)
    room.study.skip_notice(ANN.id, attempt, noticed.position)
    assert room.study.attempt(ANN.id, attempt).slots[noticed.position - 1].skipped
    room.study.save(ANN.id, attempt, noticed.position, "b")
    assert not room.study.attempt(ANN.id, attempt).slots[noticed.position - 1].skipped
    with pytest.raises(Refused, match="answered"):
        room.study.skip_notice(ANN.id, attempt, noticed.position)


def test_one_check_settles_a_question_of_an_immediate_quiz(room: Classroom) -> None:
    room.catalogue = small_course(**IMMEDIATE)
    attempt = room.study.start(ANN.id, "check-first", "k")
    room.study.save(ANN.id, attempt, 1, "b")
    assert room.study.attempt(ANN.id, attempt).slots[0].review is None
    slot = room.study.check(ANN.id, attempt, 1)
    assert slot.review is not None
    assert (slot.review.state, slot.may_change, slot.may_check) == (State.WRONG, False, False)
    with pytest.raises(Refused, match="checked"):
        room.study.save(ANN.id, attempt, 1, "a")
    again = room.study.check(ANN.id, attempt, 1, "a")
    assert again.response == "b"
    others = room.study.attempt(ANN.id, attempt).slots[1:]
    assert all(s.review is None and s.may_check for s in others)
    assert log_of(room, attempt) == [(1, "b"), (1, "b")]


def test_a_blank_or_unreadable_check_is_asked_again(room: Classroom) -> None:
    room.catalogue = small_course(**IMMEDIATE)
    attempt = room.study.start(ANN.id, "check-first", "k")
    for response in (None, "", "no-such-option"):
        slot = room.study.check(ANN.id, attempt, 1, response)
        assert slot.problem
        assert slot.review is None
        assert slot.may_check
    checked = room.study.check(ANN.id, attempt, 1, "a")
    assert checked.review is not None
    assert checked.review.state is State.RIGHT


def test_an_immediate_quiz_keeps_what_its_reveal_rule_withholds(room: Classroom) -> None:
    only_correctness = Reveal(Moment.AFTER_ATTEMPT, Moment.AFTER_QUESTION, Moment.NEVER, Moment.AFTER_ATTEMPT, Moment.AFTER_PASS)
    room.catalogue = small_course(behaviour=Behaviour.IMMEDIATE, reveal=only_correctness)
    attempt = room.study.start(ANN.id, "check-first", "k")
    review = room.study.check(ANN.id, attempt, 1, "b").review
    assert review is not None
    assert (review.state, review.comments, review.explanation, review.cites, review.key_shown) == (State.WRONG, (), "", (), False)
    assert not any(line.key or line.comment for line in review.lines)


def test_nothing_is_checked_in_a_deferred_quiz(room: Classroom) -> None:
    attempt = room.study.start(ANN.id, "check-first", "k")
    with pytest.raises(Refused, match="as a whole"):
        room.study.check(ANN.id, attempt, 1, "a")
    assert log_of(room, attempt) == []


def test_a_fixed_order_has_no_way_back(room: Classroom) -> None:
    room.catalogue = small_course(sequential=True)
    attempt = room.study.start(ANN.id, "check-first", "k")
    room.study.save(ANN.id, attempt, 2, "a")
    with pytest.raises(Refused, match="no way back"):
        room.study.save(ANN.id, attempt, 1, "a")
    assert [s.may_change for s in room.study.attempt(ANN.id, attempt).slots] == [False, True, True]


def test_answers_are_taken_until_the_grace_is_over(room: Classroom) -> None:
    room.catalogue = small_course(time_limit=1200.0)
    attempt = room.study.start(ANN.id, "check-first", "k")
    room.wait(minutes=20, seconds=30)
    room.study.save(ANN.id, attempt, 1, "a")
    view = room.study.attempt(ANN.id, attempt)
    assert (view.state, view.over, view.seconds_left) == (AttemptState.OVERDUE, False, 0)
    room.wait(minutes=1)
    with pytest.raises(Refused, match="time is up") as caught:
        room.study.save(ANN.id, attempt, 2, "a")
    assert "kept" in caught.value.kept
    assert log_of(room, attempt) == [(1, "a")]
    with room.uow.read() as tx:
        stored = tx.attempts.get(attempt)
    assert stored is not None
    assert stored.state is AttemptState.GRADED, "the refused write made what the clock had done durable"
    view = room.study.attempt(ANN.id, attempt)
    assert (view.over, view.slots) == (True, ())


@pytest.mark.parametrize("who", [BEA.id, None])
def test_nobody_reads_or_touches_anothers_attempt(room: Classroom, who: str | None) -> None:
    attempt = room.study.start(ANN.id, "check-first", "k")
    study, somebody = room.study, who or BEA.id
    steps = [
        lambda: study.attempt(who, attempt),
        lambda: study.result(who, attempt),
        lambda: study.save(somebody, attempt, 1, "a"),
        lambda: study.check(somebody, attempt, 1, "a"),
        lambda: study.flag(somebody, attempt, 1, True),
        lambda: study.skip_notice(somebody, attempt, 1),
        lambda: study.submit(somebody, attempt, "s"),
    ]
    for step in steps:
        with pytest.raises(NotFound):
            step()
    view = study.attempt(ANN.id, attempt)
    assert (view.answered, view.over, any(s.flagged for s in view.slots)) == (0, False, False)


def test_a_question_that_is_not_there_is_not_found(room: Classroom) -> None:
    attempt = room.study.start(ANN.id, "check-first", "k")
    for position in (0, 4, -1):
        with pytest.raises(NotFound):
            room.study.save(ANN.id, attempt, position, "a")


def test_an_attempt_keeps_the_questions_it_began_with(room: Classroom) -> None:
    attempt = room.study.start(ANN.id, "check-first", "k")
    before = room.study.attempt(ANN.id, attempt)
    edited = [single_choice(i, stem="Reworded?", options=3) for i in ("c-one", "c-two")]
    room.catalogue = catalogue([module("first", [cell("intro")])], [quiz("check-first", edited, pass_mark=0.1, module="first")])
    after = room.study.attempt(ANN.id, attempt)
    assert [replace(s.question, folder="") for s in after.slots] == [replace(s.question, folder="") for s in before.slots]
    room.answer(ANN.id, attempt, right=1)
    result = room.study.submit(ANN.id, attempt, "s")
    assert (result.points, result.max, result.passed, result.pass_mark) == (1.0, 3.0, False, 0.7)


def test_drawn_numbers_are_pinned_and_graded_as_shown(room: Classroom) -> None:
    asked = numeric(
        "half",
        variables={"whole": {"range": [2, 200], "step": 2}},
        stem="Half of {{whole}}?",
        answer={"expression": "whole / 2"},
        unit=None,
    )
    room.catalogue = catalogue([module("first", [cell("ask", CellKind.QUESTION, question="half")])], [quiz("q", [asked], attempts=None)])
    stems = set()
    for number in range(5):
        attempt = room.study.start(ANN.id, "q", f"k{number}")
        stem = room.study.attempt(ANN.id, attempt).slots[0].question.stem
        stems.add(stem)
        assert room.study.attempt(ANN.id, attempt).slots[0].question.stem == stem
        room.study.save(ANN.id, attempt, 1, int(stem.split()[-1].rstrip("?")) / 2)
        assert room.study.submit(ANN.id, attempt, "s").points == 1.0
        assert room.study.result(ANN.id, attempt).items[0].question.stem == stem
    assert len(stems) > 1
    view = room.practise(ANN.id, "first", "ask", 1)
    assert view.tries == 1
    with room.uow.read() as tx:
        taken = tx.personal_data.export(ANN.id)
    assert taken["practice_response"][0]["variant"]["values"]["whole"] == int(view.question.stem.split()[-1].rstrip("?"))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(["save", "check", "flag", "skip", "submit", "start", "sweep", "result"]),
            st.integers(0, 4),
            st.sampled_from("abx"),
            st.integers(0, 900),
        ),
        max_size=15,
    )
)
def test_no_order_of_clicks_breaks_an_attempt(room: Classroom, steps: list[tuple[str, int, str, int]]) -> None:
    room.catalogue = small_course(**IMMEDIATE, time_limit=1200.0, attempts=None)
    attempt = room.study.start(ANN.id, "check-first", f"k{room.seed}")
    for act, position, response, seconds in steps:
        room.wait(seconds=seconds)
        try:
            match act:
                case "save":
                    room.study.save(ANN.id, attempt, position, response)
                case "check":
                    room.study.check(ANN.id, attempt, position, response)
                case "flag":
                    room.study.flag(ANN.id, attempt, position, True)
                case "skip":
                    room.study.skip_notice(ANN.id, attempt, position)
                case "submit":
                    room.study.submit(ANN.id, attempt, f"s{seconds}")
                case "start":
                    room.study.start(ANN.id, "check-first", f"k{room.seed}-{seconds}")
                case "result":
                    room.study.result(ANN.id, attempt)
                case _:
                    room.study.sweep(room.now)
        except CourseError:
            continue
    result = room.study.submit(ANN.id, attempt, "last")
    assert result.state is AttemptState.GRADED
    assert room.study.submit(ANN.id, attempt, "again") == room.study.result(ANN.id, attempt)
    _equal_when_recomputed(room, attempt)


def _equal_when_recomputed(room: Classroom, attempt: int) -> None:
    """Marks and totals from nothing but the log and the stored question versions."""
    with room.uow.read() as tx:
        stored, slots, latest = tx.attempts.get(attempt), tx.attempts.slots(attempt), tx.attempts.latest(attempt)
        canonical = tx.questions.canonical(s.version for s in slots)
    marks = []
    for slot in slots:
        response = latest[slot.position].response if slot.position in latest else None
        marks.append(mark(Answered(restore(canonical[slot.version]), slot.points, response, slot.skipped)))
        assert (slot.score, slot.state) == (marks[-1].score, marks[-1].state)
    total = totals(marks)
    assert stored is not None
    assert (stored.points, stored.max, stored.fraction) == (total.points, total.max, total.fraction)
