"""Gain: paired people alone, drop-outs counted, intervals that hold."""

from __future__ import annotations

import numpy as np
import pytest

from course.analytics.gain import gain, gains_by_objective


def scores(values: list[float], start: int = 0) -> dict[str, float]:
    return {f"l{start + number:03}": value for number, value in enumerate(values)}


BEFORE = [0.2, 0.4, 0.5, 0.3, 0.6, 0.4, 0.7, 0.5, 0.3, 0.6]
AFTER = [0.5, 0.6, 0.8, 0.4, 0.9, 0.6, 0.7, 0.9, 0.6, 0.8]


def test_only_those_with_both_scores_are_compared() -> None:
    found = gain({**scores(BEFORE), "gone": 0.1, "lost": 0.2}, {**scores(AFTER), "late": 0.9})
    assert (found.pairs, found.only_before, found.only_after) == (10, 2, 1)
    assert found.before.value == pytest.approx(0.45)
    assert found.after.value == pytest.approx(0.68)
    assert found.difference.value == pytest.approx(0.23)
    assert found.class_gain.value == pytest.approx(0.23 / 0.55)
    assert found.correlation.value == pytest.approx(np.corrcoef(BEFORE, AFTER)[0, 1])
    assert found.drop_out_difference.value == pytest.approx(0.45 - 0.15)
    assert {found.difference.n, found.g_z.n, found.class_gain.n} == {10}


def test_a_mean_before_or_after_is_never_surely_more_than_all() -> None:
    found = gain(scores([0.0] * 11 + [0.1]), scores([1.0] * 11 + [0.9]))
    assert (found.before.low, found.after.high) == (0.0, 1.0)


def test_fewer_than_ten_pairs_are_counted_only() -> None:
    found = gain(scores(BEFORE[:9]), scores(AFTER))
    assert (found.pairs, found.only_after, found.difference.value) == (9, 1, None)
    assert found.difference.reason == "9 of the 10 people that it needs have both scores."


def test_nobody_nothing_to_gain_and_all_alike() -> None:
    assert gain({}, {}).difference.reason == "Nobody has both scores."
    full = gain(scores([1.0] * 12), scores([1.0] * 12))
    assert (full.difference.value, full.class_gain.value, full.g_z.value) == (0.0, None, None)
    assert full.class_gain.reason
    assert full.g_z.reason


def test_each_objective_that_both_tests_ask() -> None:
    found = gains_by_objective({"block": scores(BEFORE), "gone": scores(BEFORE)}, {"block": scores(AFTER), "new": scores(AFTER)})
    assert [(row.objective, row.pairs) for row in found] == [("block", 10)]


def test_the_intervals_cover_a_known_truth() -> None:
    """Change drawn with mean 0.1 and SD 0.2: a standardised change of 0.5."""
    rng = np.random.default_rng(11)
    covered = np.zeros(2)
    for _ in range(400):
        before = rng.normal(0.5, 0.15, 15)
        found = gain(scores(before.tolist()), scores((before + rng.normal(0.1, 0.2, 15)).tolist()))
        for place, (statistic, truth) in enumerate(((found.difference, 0.1), (found.g_z, 0.5))):
            assert statistic.interval is not None
            covered[place] += statistic.interval[0] <= truth <= statistic.interval[1]
    assert (covered / 400 > 0.92).all()
    assert (covered / 400 < 0.98).all()
