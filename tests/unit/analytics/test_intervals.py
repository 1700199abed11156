"""Intervals against published values and SciPy."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from course.analytics.intervals import feldt, fisher, hedges, mean, mean_difference, mean_share, of_answers, wilson

# Student's sleep data (1908): extra hours under two drugs, the same ten people.
SLEEP_1 = np.array([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0])
SLEEP_2 = np.array([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_as_published(hits: int, n: int, low: float, high: float) -> None:
    """Newcombe R.G. (1998) Stat Med 17:857-872, table I, method 3."""
    assert wilson(hits / n, n) == pytest.approx((low, high), abs=5e-5)


def test_fisher_as_scipy_has_it() -> None:
    r, n = float(stats.pearsonr(SLEEP_1, SLEEP_2).statistic), 10
    interval = stats.pearsonr(SLEEP_1, SLEEP_2).confidence_interval(0.95)
    assert fisher(r, n) == pytest.approx((interval.low, interval.high), abs=1e-9)
    assert fisher(0.5, 3) is None
    assert fisher(1.0, 9) == (1.0, 1.0)


def test_the_paired_t_interval_as_r_prints_it() -> None:
    found = mean(SLEEP_2 - SLEEP_1)
    assert found.value == pytest.approx(1.58)
    assert found.interval == pytest.approx((0.7001142, 2.4598858), abs=1e-7)


def test_welchs_interval_as_r_prints_it() -> None:
    found = mean_difference(SLEEP_1, SLEEP_2)
    assert found.value == pytest.approx(-1.58)
    assert found.interval == pytest.approx((-3.3654832, 0.2054832), abs=1e-6)


def test_feldt_is_its_formula() -> None:
    assert feldt(0.8, 50, 10) == pytest.approx(tuple(1 - 0.2 * stats.f.ppf(p, 49, 441) for p in (0.975, 0.025)), abs=1e-9)


def test_hedges_g_z_and_its_interval() -> None:
    change = SLEEP_2 - SLEEP_1
    d = change.mean() / change.std(ddof=1)
    found = hedges(float(change.mean()), float(change.std(ddof=1)), 10)
    correction = math.gamma(4.5) / (math.sqrt(4.5) * math.gamma(4))
    assert found.value == pytest.approx(d * correction)
    assert found.interval is not None
    for limit, p in zip(found.interval, (0.975, 0.025), strict=True):
        assert stats.nct.cdf(d * math.sqrt(10), 9, limit / correction * math.sqrt(10)) == pytest.approx(p, abs=1e-8)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_too_few_people_have_a_reason(n: int) -> None:
    assert hedges(1.0, 1.0, n).reason
    assert bool(mean_difference(np.ones(n), np.arange(5.0)).reason) is (n < 2)
    assert (mean(np.arange(float(n))).value is None) is (n == 0)


def test_a_mean_share_has_no_interval_beyond_what_a_share_can_be() -> None:
    nearly_all = np.array([1.0] * 19 + [0.5])
    assert mean(nearly_all).high == pytest.approx(1.0273, abs=1e-4)
    assert (mean_share(nearly_all).low, mean_share(nearly_all).high) == (mean(nearly_all).low, 1.0)
    assert mean_share(1 - nearly_all).low == 0.0
    with_points_off = np.array([-0.5, 0.0, 0.0, 0.0])
    assert mean_share(with_points_off).low == pytest.approx(max(-0.5, mean(with_points_off).low or 0.0))


def test_no_spread_is_no_certainty() -> None:
    assert (mean(np.ones(12)).value, mean(np.ones(12)).interval) == (1.0, None)


def test_answers_of_different_people_have_wilsons_interval() -> None:
    right = np.array([1] * 18 + [0] * 2)
    assert of_answers(right, np.ones(20, dtype=np.int64)) == pytest.approx(wilson(0.9, 20))


def test_answers_of_the_same_people_hold_the_truth_as_often_as_they_say() -> None:
    rng, held, naive = np.random.default_rng(4), 0, 0
    for _ in range(600):
        answers = rng.integers(5, 40, 16)
        right = rng.binomial(answers, rng.beta(4, 2, 16))
        low, high = of_answers(right, answers)
        below, above = wilson(right.sum() / answers.sum(), int(answers.sum()))
        held, naive = held + (low <= 2 / 3 <= high), naive + (below <= 2 / 3 <= above)
    assert 0.92 <= held / 600 <= 0.98
    assert naive / 600 < 0.75, "counted one by one they are surer than they may be"


@pytest.mark.parametrize("right", [np.array([5, 5]), np.array([0, 0]), np.array([5, 0]), np.array([3])])
def test_answers_of_few_people_stay_within_shares(right: np.ndarray) -> None:
    low, high = of_answers(right, np.full(len(right), 5))
    assert 0 <= low <= right.sum() / (5 * len(right)) <= high <= 1


def test_no_spread_has_a_reason() -> None:
    assert hedges(1.0, 0.0, 20).reason
    assert mean_difference(np.ones(5), np.zeros(5)).reason
