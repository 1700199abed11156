"""An attempt moves only along the table, whatever is clicked and whenever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.errors import Refused
from course.learning.attempts import (
    IDLE,
    OPEN,
    OVER,
    TRANSITIONS,
    Attempt,
    AttemptState,
    Step,
    answer,
    begin,
    bring_back,
    closes_at,
    grade,
    lengthened,
    minutes_used,
    seconds_left,
    settle,
    submit,
    void,
)
from tests.factories import policy

START = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
ACTS = ("answer", "submit", "grade", "void", "bring back", "look")


def fresh(*, minutes: float | None = 20, extra_time: float = 1.0) -> Attempt:
    rules = policy("q", time_limit=None if minutes is None else minutes * 60)
    return begin(rules, learner="ann", number=1, seed=7, key="start", extra_time=extra_time, now=START)


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def test_extra_time_multiplies_the_limit_and_not_the_grace() -> None:
    attempt = fresh(extra_time=1.5)
    assert attempt.deadline == at(30)
    assert closes_at(attempt) == at(31)


def test_an_untimed_attempt_has_no_deadline() -> None:
    attempt = fresh(minutes=None)
    assert (attempt.deadline, closes_at(attempt), seconds_left(attempt, at(5))) == (None, None, None)


@pytest.mark.parametrize(
    ("minutes", "state"),
    [
        (0, AttemptState.IN_PROGRESS),
        (20, AttemptState.IN_PROGRESS),
        (20.01, AttemptState.OVERDUE),
        (21, AttemptState.OVERDUE),
        (21.01, AttemptState.SUBMITTED),
        (60 * 24 * 90, AttemptState.SUBMITTED),
    ],
)
def test_time_runs_out_by_the_clock(minutes: float, state: AttemptState) -> None:
    assert settle(fresh(), at(minutes)).state is state


def test_what_the_clock_hands_in_is_dated_to_the_end_of_the_grace() -> None:
    assert settle(fresh(), at(500)).submitted_at == at(21)
    assert minutes_used(settle(fresh(), at(500))) == 20


def test_an_untimed_attempt_is_abandoned_after_thirty_idle_days() -> None:
    attempt = answer(fresh(minutes=None), at(10))
    assert settle(attempt, at(10) + IDLE).state is AttemptState.IN_PROGRESS
    assert settle(attempt, at(10) + IDLE + timedelta(seconds=1)).state is AttemptState.ABANDONED


def test_answers_are_taken_until_the_grace_is_over() -> None:
    assert answer(fresh(), at(20.9)).state is AttemptState.OVERDUE
    with pytest.raises(Refused, match="time is up"):
        answer(fresh(), at(21.1))


@given(factor=st.floats(1, 5), first=st.floats(1, 5), minutes=st.floats(0, 120))
def test_more_time_moves_the_end_to_later_only(factor: float, first: float, minutes: float) -> None:
    before = fresh(extra_time=first)
    after = lengthened(before, factor, at(minutes))
    running = settle(before, at(minutes)).state in OPEN
    assert before.deadline is not None
    assert after.deadline == (max(before.deadline, at(20 * factor)) if running else before.deadline)
    assert settle(after, at(minutes)).state in OPEN or not running
    assert after.state is not AttemptState.OVERDUE or at(minutes) > at(20 * factor)


def test_handing_in_late_keeps_the_clocks_hand_in() -> None:
    late = submit(fresh(), at(45), "late")
    assert (late.state, late.submitted_at, late.submit_key) == (AttemptState.SUBMITTED, at(21), None)


def test_handing_in_twice_changes_nothing() -> None:
    once = submit(fresh(), at(5), "one")
    assert submit(once, at(6), "two") is once
    graded = grade(once, at(5), points=2, maximum=3, fraction=2 / 3, passed=False)
    assert submit(graded, at(7), "three") is graded


def test_nothing_is_graded_before_it_was_handed_in() -> None:
    with pytest.raises(Refused):
        grade(fresh(), at(1), points=1, maximum=1, fraction=1, passed=True)


@given(steps=st.lists(st.tuples(st.sampled_from(ACTS), st.floats(0, 60 * 24 * 40)), max_size=12), timed=st.booleans())
def test_no_order_of_clicks_leaves_the_table(steps: list[tuple[str, float]], timed: bool) -> None:
    attempt, now = fresh(minutes=20 if timed else None), START
    for act, wait in steps:
        now += timedelta(minutes=wait)
        before = settle(attempt, now)
        try:
            after = _act(act, attempt, now)
        except Refused:
            after = before
        assert _reachable(attempt.state, after.state), (act, attempt.state, after.state)
        assert (after.submitted_at is not None) == (after.state in OVER) or after.state is AttemptState.VOIDED
        assert (after.graded_at is not None) >= (after.state is AttemptState.GRADED)
        if before.submitted_at is not None:
            assert after.submitted_at == before.submitted_at
        attempt = after


@given(moments=st.lists(st.floats(0, 60), min_size=2, max_size=6))
def test_the_first_hand_in_is_the_one_that_counts(moments: list[float]) -> None:
    attempt = fresh()
    for number, minutes in enumerate(sorted(moments)):
        attempt = submit(attempt, at(minutes), f"key-{number}")
    first = min(moments)
    assert attempt.submitted_at == (at(first) if first <= 21 else at(21))


@given(minutes=st.floats(0, 60 * 24 * 90), later=st.floats(0, 60 * 24 * 90), timed=st.booleans())
def test_settling_late_says_the_same_as_settling_often(minutes: float, later: float, timed: bool) -> None:
    attempt = fresh(minutes=20 if timed else None)
    assert settle(settle(attempt, at(minutes)), at(minutes + later)) == settle(attempt, at(minutes + later))


def test_what_counts_somewhere_is_voided_and_brought_back_without_its_result() -> None:
    handed_in = submit(fresh(), at(5), "one")
    assert bring_back(void(handed_in)) == handed_in
    graded = grade(handed_in, at(5), points=2, maximum=3, fraction=2 / 3, passed=False)
    back = bring_back(void(graded))
    assert (void(graded).fraction, void(graded).passed, void(graded).points) == (None, None, None)
    assert (back.state, back.graded_at, back.fraction) == (AttemptState.GRADED, at(5), None)
    for wrong in (
        lambda: void(fresh()),
        lambda: void(void(graded)),
        lambda: bring_back(graded),
        lambda: void(settle(fresh(minutes=None), at(60 * 24 * 31))),
    ):
        with pytest.raises(Refused):
            wrong()


def test_an_end_has_no_way_back_into_work() -> None:
    for state in AttemptState:
        if state not in OPEN:
            assert not {to for (origin, _), to in TRANSITIONS.items() if origin is state} & OPEN


def _act(act: str, attempt: Attempt, now: datetime) -> Attempt:
    match act:
        case "answer":
            return answer(attempt, now)
        case "submit":
            return submit(attempt, now, "key")
        case "grade":
            return grade(settle(attempt, now), now, points=1, maximum=2, fraction=0.5, passed=False)
        case "void":
            return void(settle(attempt, now))
        case "bring back":
            return bring_back(attempt)
        case _:
            return settle(attempt, now)


def _reachable(origin: AttemptState, target: AttemptState) -> bool:
    """Whether steps of the table lead from one state to the other."""
    seen, edge = {origin}, {origin}
    while edge:
        edge = {TRANSITIONS[s, t] for s in edge for t in Step if (s, t) in TRANSITIONS} - seen
        seen |= edge
    return target in seen
