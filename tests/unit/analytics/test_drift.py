"""Drift between cohorts: a published table, and drift that was put in."""

from __future__ import annotations

import numpy as np
import pytest

from course.analytics.drift import DriftClass, drift, mantel_haenszel
from tests.unit.analytics.tables import synthetic, table

# Admissions at Berkeley 1973 (Bickel, Hammel and O'Connell 1975, Science 187:398-404): departments x (men, women) x (admitted, not).
BERKELEY = [
    [[512, 313], [89, 19]],
    [[353, 207], [17, 8]],
    [[120, 205], [202, 391]],
    [[138, 279], [131, 244]],
    [[53, 138], [94, 299]],
    [[22, 351], [24, 317]],
]


def test_the_berkeley_table_comes_out_as_in_r() -> None:
    """mantelhaen.test(UCBAdmissions)."""
    found = mantel_haenszel(BERKELEY)
    assert found.odds_ratio.value == pytest.approx(0.9046968, abs=1e-7)
    assert found.odds_ratio.interval == pytest.approx((0.7719074, 1.0603298), abs=1e-7)
    assert found.chi_squared == pytest.approx(1.4269, abs=5e-5)
    assert found.p == pytest.approx(0.2323, abs=5e-5)
    assert found.drift_class is DriftClass.A


def test_drift_that_was_put_in_is_found_and_nothing_else() -> None:
    slopes, difficulties = np.full(12, 1.2), np.linspace(-1.5, 1.5, 12)
    moved = difficulties.copy()
    moved[5] += 1.0
    found = drift(table(synthetic(1500, slopes, difficulties, 1)), table(synthetic(1500, slopes, moved, 2)))
    assert [row.question for row in found if row.drift_class is DriftClass.C] == ["q6"]
    assert found[5].odds_ratio.high is not None
    assert found[5].odds_ratio.high < 1
    assert found[5].delta.value is not None
    assert found[5].delta.value > 1.5


def test_an_abler_cohort_is_no_drift() -> None:
    rng = np.random.default_rng(3)

    def answers(mean: float) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        chance = 1 / (1 + np.exp(np.linspace(-1.5, 1.5, 20) - rng.normal(mean, 1, (1500, 1))))
        return (rng.random(chance.shape) < chance).astype(float)

    found = drift(table(answers(0.0)), table(answers(0.8)))
    assert {row.drift_class for row in found} == {DriftClass.A}


def test_questions_of_one_cohort_alone_and_small_cohorts() -> None:
    few = drift(table(synthetic(29, np.ones(3), np.zeros(3), 1)), table(synthetic(40, np.ones(4), np.zeros(4), 1)))
    assert [row.question for row in few] == ["q1", "q2", "q3"]
    assert few[0].odds_ratio.reason == "Each cohort needs 30 answers; they have 29 and 40."
    same = drift(table([[1.0, 1.0]] * 40), table([[1.0, 0.0]] * 40))
    assert [(row.odds_ratio.value, bool(row.odds_ratio.reason), row.drift_class) for row in same] == [(None, True, None)] * 2
    assert drift(table([]), table([])) == ()
