"""Symptoms, criteria, relapse, tolerance: the check values, and what must hold whatever is set."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.simulation import simulation, tolerance, urinary_symptoms
from course.simulation.base import Outcome
from course.simulation.criteria import CRITERIA


def run(name: str, **given: object) -> Outcome:
    model = simulation(name)
    found: Outcome = model.run(model.read(given))
    return found


class TestUrinarySymptoms:
    def test_without_use_the_share_is_the_chosen_one(self) -> None:
        summary = run("urinary_symptoms", days=0, baseline=0.2).summary
        assert [summary[name] for name in urinary_symptoms.ODDS] == pytest.approx([0.2] * 4)

    def test_the_odds_grow_by_the_published_ratio_with_each_day(self) -> None:
        columns = run("urinary_symptoms").columns
        assert len(columns["days"]) == 181
        for name, ratio in {"frequency": 1.016, "urgency": 1.014, "dysuria": 1.017, "haematuria": 1.019}.items():
            odds = columns[name] / (1 - columns[name])
            assert odds[1:] / odds[:-1] == pytest.approx(ratio)

    @pytest.mark.parametrize(("days", "beyond"), [(0, False), (90, False), (91, True), (180, True)])
    def test_it_says_when_the_data_end(self, days: int, beyond: bool) -> None:
        outcome = run("urinary_symptoms", days=days)
        assert outcome.summary["beyond_data"] is beyond
        model = simulation("urinary_symptoms")
        assert ("data reach" in model.words(model.read({"days": days}), outcome)) is beyond

    @given(days=st.integers(0, 180), baseline=st.floats(0.01, 0.5))
    def test_it_speaks_of_100_people_and_never_of_you(self, days: int, baseline: float) -> None:
        model = simulation("urinary_symptoms")
        given = model.read({"days": days, "baseline": baseline})
        words = model.words(given, model.run(given))
        assert words.startswith(f"Of 100 people who used on {days} days")
        assert "you" not in words.split()


class TestCriteria:
    @pytest.mark.parametrize(
        ("count", "severity"),
        [(0, "none"), (1, "none"), (2, "mild"), (3, "mild"), (4, "moderate"), (5, "moderate"), (6, "severe"), (10, "severe")],
    )
    def test_the_bands(self, count: int, severity: str) -> None:
        summary = run("criteria", met=",".join(list(CRITERIA)[:count])).summary
        assert summary == {"count": count, "severity": severity}

    def test_there_are_ten_and_withdrawal_is_not_among_them(self) -> None:
        assert len(CRITERIA) == 10
        assert not any("withdraw" in name + words for name, words in CRITERIA.items())

    def test_the_order_and_spaces_do_not_matter(self) -> None:
        model = simulation("criteria")
        assert model.read({"met": " tolerance , craving"}).met == ("craving", "tolerance")


class TestRelapse:
    def test_it_passes_through_the_published_median(self) -> None:
        summary = run("relapse", days=273).summary
        assert summary["placebo"] == pytest.approx(0.5)
        assert summary["esketamine"] == pytest.approx(0.5**0.49)

    @given(days=st.floats(0, 730))
    def test_the_curve_lies_inside_its_band(self, days: float) -> None:
        outcome = run("relapse", days=days)
        low, high = outcome.bands["esketamine"]
        curve = outcome.columns["esketamine"]
        assert (low <= curve).all()
        assert (curve <= high).all()
        assert (outcome.columns["placebo"] <= low).all()
        assert (np.diff(curve) < 0).all()
        assert outcome.columns["placebo"][0] == 1
        assert float(outcome.summary["placebo"]) <= float(outcome.summary["esketamine"]) <= 1


class TestTolerance:
    def test_daily_use_ends_at_half(self) -> None:
        assert tolerance.effects(1, 180)[[0, 179]] == pytest.approx([0.667, 0.5], abs=5e-4)

    def test_weekly_use_hardly_changes_it(self) -> None:
        outcome = run("tolerance", every_days=7, days=84)
        assert outcome.columns["effect"][77] == pytest.approx(0.641, abs=5e-4)
        assert outcome.summary["last"] == outcome.columns["effect"][77]

    @given(every=st.integers(1, 14), days=st.integers(7, 180))
    def test_the_last_day_of_use_is_the_last_one_with_an_effect(self, every: int, days: int) -> None:
        outcome = run("tolerance", every_days=every, days=days)
        effect = outcome.columns["effect"]
        used = effect[effect > 0]
        assert len(effect) == days
        assert outcome.summary["first"] == used[0]
        assert outcome.summary["last"] == used[-1]
        assert (np.diff(used) < 1e-12).all()
        assert used.min() >= 0.5

    @given(every=st.integers(1, 13))
    def test_less_often_keeps_more_of_it(self, every: int) -> None:
        more, less = (run("tolerance", every_days=e, days=180).summary["last"] for e in (every, every + 1))
        assert float(more) <= float(less) + 1e-12
