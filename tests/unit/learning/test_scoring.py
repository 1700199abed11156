"""Totals are those of FORMAT section 2, and the same every time they are computed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.learning.attempts import Attempt, AttemptState, begin
from course.learning.policy import Counts
from course.learning.scoring import Answered, Mark, Totals, counted_fraction, is_try, mark, passes, right, totals
from course.questions import restore
from course.questions.base import State
from tests.factories import multiple_choice, numeric, ordering, policy, question, single_choice

FRACTIONS = [
    {"id": "a", "text": "A", "correct": True, "fraction": 1},
    {"id": "b", "text": "B", "fraction": 0.5},
    {"id": "c", "text": "C", "fraction": -0.5},
]
PER_OPTION = question("f", "single_choice", scoring="per_option", options=FRACTIONS)
QUESTIONS = (single_choice("s"), PER_OPTION, multiple_choice("m"), numeric("n"), ordering("o"))
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["a", "b", "c", "12", ""]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["a", "x", "value"]), inner, max_size=3),
    max_leaves=6,
)
NOW = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)


def test_totals_are_the_sum_of_score_times_points() -> None:
    marks = [Mark(1.0, State.RIGHT, 2), Mark(0.5, State.PARTIAL, 1), Mark(0.0, State.OMITTED, 1)]
    assert totals(marks) == Totals(2.5, 4, 0.625, pending=False)


def test_totals_have_no_floor() -> None:
    assert totals([Mark(-0.5, State.WRONG, 2), Mark(0.0, State.WRONG, 2)]) == Totals(-1.0, 4, -0.25, pending=False)


def test_what_has_no_score_leaves_both_sides() -> None:
    marks = [Mark(1.0, State.RIGHT, 1), Mark(None, State.RECORDED, 0), Mark(None, State.MANUAL, 4), Mark(None, None, 3)]
    assert totals(marks) == Totals(1.0, 1, 1.0, pending=True)


def test_nothing_that_counts_has_no_share() -> None:
    assert totals([Mark(None, State.RECORDED, 0)]) == Totals(0, 0, None, pending=False)
    assert passes(None, 0.7) is None


def test_a_skipped_question_is_not_presented() -> None:
    assert mark(Answered(single_choice("s"), 2.0, "a", skipped=True)) == Mark(None, None, 2.0)


def test_no_answer_scores_nothing_and_costs_its_points() -> None:
    assert mark(Answered(single_choice("s"), 2.0, None)) == Mark(0.0, State.OMITTED, 2.0)


@pytest.mark.parametrize(("fraction", "passed"), [(0.7, True), (0.7 - 1e-12, True), (0.69, False), (1.0, True), (-0.2, False)])
def test_the_pass_mark_itself_passes(fraction: float, passed: bool) -> None:
    assert passes(fraction, 0.7) is passed


def test_three_tenths_summed_in_floats_still_pass() -> None:
    assert passes(totals([Mark(0.1, State.PARTIAL, 1)] * 3).points, 0.3) is True


@pytest.mark.parametrize(("state", "expected"), [(State.RIGHT, True), (State.PARTIAL, False), (State.RECORDED, None), (None, None)])
def test_only_full_marks_are_right(state: State | None, expected: bool | None) -> None:
    assert right(state) is expected


def test_blank_and_unreadable_answers_are_no_tries() -> None:
    assert [s for s in State if not is_try(s)] == [State.OMITTED, State.INVALID]


@pytest.mark.parametrize(
    ("counts", "expected"), [(Counts.BEST, 0.9), (Counts.LAST, 0.6), (Counts.FIRST, 0.3), (Counts.MEAN, pytest.approx(0.6))]
)
def test_the_attempt_that_counts(counts: Counts, expected: float) -> None:
    attempts = [_graded(0.3), _graded(0.9), _graded(0.6), replace(_graded(1.0), state=AttemptState.VOIDED)]
    assert counted_fraction(attempts, counts) == expected
    assert counted_fraction([], counts) is None


@given(answers=st.lists(json_values, min_size=len(QUESTIONS), max_size=len(QUESTIONS)), skipped=st.integers(0, 31))
def test_scores_are_equal_when_recomputed_from_the_log(answers: list[Any], skipped: int) -> None:
    live = [Answered(q, q.points, r, bool(skipped >> n & 1)) for n, (q, r) in enumerate(zip(QUESTIONS, answers, strict=True))]
    stored = [(json.dumps(a.question.canonical), json.dumps(a.response)) for a in live]
    again = [
        replace(a, question=restore(json.loads(canonical)), response=json.loads(response))
        for a, (canonical, response) in zip(live, stored, strict=True)
    ]
    first, second = [mark(a) for a in live], [mark(a) for a in again]
    assert first == second
    assert totals(first) == totals(second)
    total = totals(first)
    assert total.points <= total.max + 1e-9
    assert total.points >= -total.max - 1e-9


def _graded(fraction: float) -> Attempt:
    made = begin(policy("q"), learner="ann", number=1, seed=1, key="k", extra_time=1.0, now=NOW)
    return replace(made, state=AttemptState.GRADED, fraction=fraction)
