"""Rapid guesses by the stated rule; variants; attempts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from course.analytics.analysis import analyse
from course.analytics.rapid import rapid_guesses, thresholds
from course.analytics.responses import Responses
from course.analytics.views import by_attempt, by_variant
from tests.unit.analytics.tables import synthetic, table


def timed(seconds: list[float], scores: list[float] | None = None) -> Responses:
    return replace(table([[score] for score in scores or [1.0] * len(seconds)]), seconds=np.array(seconds))


def test_faster_than_a_tenth_of_the_mean_is_rapid() -> None:
    responses = timed([60.0] * 11 + [5.7, 5.5])
    assert thresholds(responses)[0] == pytest.approx(0.1 * (660 + 11.2) / 13)
    assert rapid_guesses(responses).sum() == 0
    assert rapid_guesses(timed([60.0] * 11 + [5.7, 5.0])).tolist() == [False] * 12 + [True]


def test_no_threshold_is_longer_than_ten_seconds() -> None:
    assert rapid_guesses(timed([900.0] * 20 + [11.0, 9.0])).tolist() == [False] * 21 + [True]


def test_too_few_timed_answers_or_none_leave_everything_in() -> None:
    assert not rapid_guesses(timed([60.0] * 8 + [0.1])).any()
    assert not rapid_guesses(timed([60.0] * 8 + [0.1] + [np.nan] * 9)).any()
    assert not rapid_guesses(table([[1.0]] * 40)).any()


def test_they_are_left_out_and_counted() -> None:
    responses = timed([60.0] * 30 + [0.5] * 10, [1.0, 0.0] * 15 + [0.0] * 10)
    found = analyse(responses, models=())
    assert (found.rapid, found.items[0].rapid, found.items[0].n, found.items[0].facility.value) == (10, 10, 30, 0.5)
    kept = analyse(responses, models=(), leave_out_rapid=False)
    assert (kept.items[0].n, kept.items[0].facility.value) == (40, 0.375)


def test_variants_stand_side_by_side_with_their_difference() -> None:
    easy, hard = [1.0] * 18 + [0.0] * 2, [0.0] * 9 + [1.0] * 3
    responses = replace(
        table([[score] for score in easy + hard + [1.0] * 3]),
        variants=("mass=50", "mass=70", "mass=90"),
        variant=np.array([0] * 20 + [1] * 12 + [2] * 3, dtype=np.int32),
    )
    first, second, third = by_variant(responses)
    assert (first.variant, first.n, first.facility.value) == ("mass=50", 20, 0.9)
    assert second.against_others.value == pytest.approx(0.25 - 21 / 23)
    assert second.against_others.interval is not None
    assert second.against_others.interval[1] < 0
    assert (third.n, third.facility.value) == (3, None)
    assert third.facility.reason


def test_questions_without_variants_are_not_listed() -> None:
    assert by_variant(table([[1.0]] * 20)) == ()


def test_attempts_side_by_side() -> None:
    again = table(np.vstack([synthetic(40, np.ones(2), np.zeros(2), 1), np.ones((12, 2)), np.ones((3, 2))]))
    learner = np.repeat(np.r_[np.arange(40), np.arange(12), np.arange(3)], 2).astype(np.int32)
    rows = by_attempt(replace(again, learner=learner))
    assert [(row.question, row.number, row.n) for row in rows if not row.question] == [("", 1, 40), ("", 2, 12), ("", 3, 3)]
    assert [row.facility.value for row in rows if row.number == 2] == [1.0, 1.0, 1.0]
    assert {row.facility.value for row in rows if row.number == 3} == {None}
