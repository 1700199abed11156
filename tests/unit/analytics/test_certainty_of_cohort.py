"""Calibration of a cohort; misconceptions that were held for certain."""

from __future__ import annotations

import pytest

from course.analytics.certainty_of_cohort import StatedBy, certainty_of_cohort, confidently_wrong
from course.analytics.gates import Gates
from course.learning.certainty import Stated, confidence


def said(learner: str, certainty: int, right: bool, misconception: str = "", option: str = "") -> StatedBy:
    return StatedBy(learner, "q1", Stated(certainty, float(right), right), option, misconception)


def test_levels_are_set_against_what_they_stand_for() -> None:
    answers = [said(f"l{n}", 3, n < 18) for n in range(20)] + [said(f"l{n}", 2, n < 4) for n in range(20)]
    first, second, third = certainty_of_cohort(answers).levels
    assert (first.answered, first.accuracy.value, first.well_calibrated) == (0, None, None)
    assert (second.accuracy.value, second.well_calibrated) == (0.2, False)
    assert (third.accuracy.value, third.well_calibrated) == (0.9, True)


def test_each_learner_weighs_the_same_and_alone_it_is_their_own() -> None:
    answers = [said("ann", 3, False)] * 9 + [said("ben", 1, True)]
    found = certainty_of_cohort(answers, Gates(people=2))
    own = [confidence([a.stated for a in answers if a.learner == name]) for name in ("ann", "ben")]
    assert found.learners == 2
    assert found.brier.value == pytest.approx(sum(c.brier for c in own if c) / 2)
    assert found.over.value == pytest.approx((0.9 + (0.5 - 1)) / 2)


@pytest.mark.parametrize("count", [0, 9])
def test_too_few_answers_have_a_reason(count: int) -> None:
    found = certainty_of_cohort([said("ann", 2, True)] * count)
    assert (found.answered, found.brier.value, bool(found.brier.reason)) == (count, None, True)


def test_one_person_is_no_cohort() -> None:
    four = certainty_of_cohort([said(f"l{n % 4}", 3, n < 12) for n in range(24)])
    surest = four.levels[2]
    assert (surest.answered, surest.learners, surest.accuracy.value, surest.well_calibrated) == (24, 4, None, None)
    assert (four.brier.value, four.over.value, surest.accuracy.reason) == (None, None, "4 of the 5 learners that it needs.")
    assert certainty_of_cohort([said(f"l{n % 5}", 3, n < 12) for n in range(24)]).levels[2].accuracy.value == 0.5


def test_confident_and_wrong_counts_learners_not_answers() -> None:
    answers = [said("ann", 3, False, "competes", "b")] * 2 + [
        said("ben", 3, False, "competes", "c"),
        said("ben", 3, False, "competes", "b"),
    ]
    answers += [said("cem", 2, False, "competes"), said("cem", 3, True), said("dan", 3, False), said("eva", 3, False, "opioid")]
    first, second = confidently_wrong(answers, [(f"l{n}", "competes") for n in range(10)])
    assert (first.misconception, first.learners, first.answers, first.of) == ("competes", 2, 4, 12)
    assert first.share.value == pytest.approx(2 / 12)
    assert first.chosen == (("q1", "b"), ("q1", "c"))
    assert (second.misconception, second.of, second.share.value) == ("opioid", 1, None)
