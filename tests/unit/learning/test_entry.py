"""Which attempt counts decides whether a quiz is passed, and how many are left whether another may begin."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.learning.attempts import Attempt, AttemptState, begin
from course.learning.entry import entry, is_passed, next_number
from course.learning.policy import Counts, QuizPolicy, Unlock
from course.learning.scoring import counted_fraction, passes
from tests.factories import policy

START = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)


def graded(rules: QuizPolicy, number: int, fraction: float | None, *, state: AttemptState = AttemptState.GRADED) -> Attempt:
    at = START + timedelta(hours=number)
    made = begin(rules, learner="ann", number=number, seed=1, key=f"k{number}", extra_time=1.0, now=at)
    done = at + timedelta(minutes=10)
    return replace(made, id=number, state=state, submitted_at=done, fraction=fraction, passed=passes(fraction, rules.pass_mark))


@pytest.mark.parametrize(
    ("counts", "fractions", "passed"),
    [
        (Counts.BEST, [0.9, 0.1], True),
        (Counts.LAST, [0.9, 0.1], False),
        (Counts.LAST, [0.1, 0.9], True),
        (Counts.FIRST, [0.9, 0.1], True),
        (Counts.FIRST, [0.1, 0.9], False),
        (Counts.MEAN, [0.9, 0.5], True),
        (Counts.MEAN, [0.9, 0.4], False),
        (Counts.MEAN, [], False),
        (Counts.BEST, [None], True),
        (Counts.MEAN, [None], True),
    ],
)
def test_the_attempt_that_counts_decides(counts: Counts, fractions: list[float | None], passed: bool) -> None:
    rules = policy("q", counts=counts)
    assert is_passed([graded(rules, n, f) for n, f in enumerate(fractions, 1)]) == passed


@given(
    counts=st.sampled_from(Counts),
    fractions=st.lists(st.floats(-1, 1), min_size=1, max_size=5),
    states=st.lists(st.sampled_from([AttemptState.GRADED, AttemptState.SUBMITTED, AttemptState.VOIDED]), min_size=5, max_size=5),
)
def test_passing_is_the_counted_share_reaching_the_mark(counts: Counts, fractions: list[float], states: list[AttemptState]) -> None:
    rules = policy("q", counts=counts)
    attempts = [graded(rules, n, f, state=s) for (n, f), s in zip(enumerate(fractions, 1), states, strict=False)]
    assert is_passed(attempts) == (passes(counted_fraction(attempts, counts), rules.pass_mark) is True)


@given(
    allowed=st.none() | st.integers(1, 4),
    used=st.integers(0, 5),
    wait=st.integers(0, 86_400),
    later=st.integers(0, 200_000),
    unlocked=st.booleans(),
)
def test_an_attempt_may_begin_only_when_nothing_stands_against_it(
    allowed: int | None, used: int, wait: int, later: int, unlocked: bool
) -> None:
    rules = policy("q", attempts=allowed, wait=wait, unlock=(Unlock(passed="before"),))
    attempts = [graded(rules, n, 0.5) for n in range(1, used + 1)]
    now = START + timedelta(hours=used, minutes=10, seconds=later)
    found = entry(rules, attempts, passed=frozenset({"before"} if unlocked else ()), completed=frozenset(), now=now)
    enough = allowed is None or used < allowed
    assert found.left == (None if allowed is None else max(0, allowed - used))
    assert found.may_begin == (enough and unlocked and (used == 0 or later >= wait))
    assert (found.wait_until is not None) == (used > 0 and later < wait)
    assert bool(found.locked_by) == (not unlocked)
    assert next_number(attempts) == used + 1


@pytest.mark.parametrize("state", [AttemptState.VOIDED, AttemptState.ABANDONED])
def test_what_does_not_count_uses_no_attempt(state: AttemptState) -> None:
    rules = policy("q", attempts=1)
    found = entry(rules, [graded(rules, 1, 0.5, state=state)], passed=frozenset(), completed=frozenset(), now=START)
    assert (found.used, found.left, found.may_begin) == (0, 1, True)


@given(after=st.integers(0, 10**7), later=st.none() | st.integers(0, 10**7))
def test_what_follows_a_quiz_opens_after_its_time(after: int, later: int | None) -> None:
    rules = policy("q", unlock=(Unlock(handed_in="before", after=after),))
    now = START + timedelta(seconds=later or 0)
    found = entry(
        rules, [], passed=frozenset({"before"}), completed=frozenset(), now=now, handed_in={} if later is None else {"before": START}
    )
    assert found.may_begin == (later is not None and later >= after)
    assert (found.locked_by == ()) == (later is not None)
    assert found.opens_at == (START + timedelta(seconds=after) if later is not None and later < after else None)
