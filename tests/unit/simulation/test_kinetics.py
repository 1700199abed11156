"""The kinetic models: published check values, and the closed solutions against step-by-step integration."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.simulation import iv_infusion, nasal_esketamine, relative_curves, simulation
from course.simulation.base import Floats
from course.simulation.compartments import System, flows, micro_rates
from course.simulation.iv_infusion import KINETICS, Infusion, levels

MODELS = sorted(KINETICS)
NARROW = 1e-6


def integrate(slope: Callable[[float, Floats], Floats], start: Floats, stops: list[float], step: float) -> list[Floats]:
    """Classical Runge-Kutta, fourth order, from time 0 through every stop; no step crosses one."""
    at, now, found = 0.0, start, []
    for stop in stops:
        steps = max(1, math.ceil((stop - at) / step))
        h = (stop - at) / steps
        for _ in range(steps):
            a = slope(at, now)
            b = slope(at + h / 2, now + h / 2 * a)
            c = slope(at + h / 2, now + h / 2 * b)
            d = slope(at + h, now + h * c)
            now, at = now + h / 6 * (a + 2 * b + 2 * c + d), at + h
        at = stop
        found.append(now)
    return found


def run(**given: object) -> tuple[dict[str, Floats], dict[str, float]]:
    model = simulation("iv_infusion")
    outcome = model.run(model.read(given))
    return dict(outcome.columns), {name: float(value) for name, value in outcome.summary.items()}


class TestInfusion:
    def test_clements_peaks_at_177(self) -> None:
        _, summary = run(dose_mg_per_kg=0.5, minutes=40, weight_kg=70, model="clements1981")
        assert summary["cmax_ng_per_ml"] == pytest.approx(177, abs=0.5)
        assert summary["tmax_min"] == 40

    def test_hijazi_has_its_published_clearance_and_half_life(self) -> None:
        model = KINETICS["hijazi2003"]
        assert 1000 * model.volume * 0.0333 == pytest.approx(36, abs=0.5)
        slowest = -System.of(model.rates).values.max()
        assert math.log(2) / slowest / 60 == pytest.approx(4.95, abs=0.005)

    @pytest.mark.parametrize("model", [m for m in MODELS if m != "simons2022"])
    def test_peaks_lie_in_the_published_range(self, model: str) -> None:
        assert 100 <= run(model=model)[1]["cmax_ng_per_ml"] <= 250

    @pytest.mark.parametrize("model", MODELS)
    def test_the_closed_solution_is_that_of_step_by_step_integration(self, model: str) -> None:
        kinetics, stops = KINETICS[model], [10.0, 40.0, 90.0, 240.0]
        inflow = np.zeros(len(kinetics.rates))
        inflow[0] = 35 / 40
        until = integrate(lambda _, x: kinetics.rates @ x + inflow, np.zeros(len(inflow)), stops[:2], 0.05)
        after = integrate(lambda _, x: kinetics.rates @ x, until[-1], [s - 40 for s in stops[2:]], 0.05)
        found = System.of(kinetics.rates).infusion(np.array(stops), inflow, 40)
        np.testing.assert_allclose(found, [*until, *after], rtol=NARROW, atol=NARROW)

    def test_the_metabolite_comes_later_and_only_in_one_model(self) -> None:
        columns, _ = run(model="fanta2015")
        assert columns["norketamine_ng_per_ml"].argmax() > columns["ketamine_ng_per_ml"].argmax()
        assert "norketamine_ng_per_ml" not in run(model="simons2022")[0]

    def test_nothing_is_lost_on_the_way_to_the_metabolite(self) -> None:
        rates = KINETICS["fanta2015"].rates
        leaving = -rates.sum(axis=0)
        assert leaving[[0, 1, 2, 4]] == pytest.approx(0, abs=1e-12)
        assert leaving[3] == pytest.approx(57.7 / 98.6 / 60)

    @pytest.mark.parametrize("model", MODELS)
    def test_weight_matters_only_where_volumes_do_not_grow_with_it(self, model: str) -> None:
        light, heavy = (run(model=model, weight_kg=w)[1]["cmax_ng_per_ml"] for w in (50, 100))
        assert heavy == pytest.approx(light * (1 if KINETICS[model].per_kg else 2))

    def test_the_end_of_the_infusion_is_a_row_of_the_table(self) -> None:
        columns, summary = run(minutes=37)
        at = int(np.flatnonzero(columns["time_min"] == 37)[0])
        assert columns["ketamine_ng_per_ml"][at] == pytest.approx(summary["cmax_ng_per_ml"], rel=1e-12)
        assert columns["ketamine_ng_per_ml"].max() == columns["ketamine_ng_per_ml"][at]

    @settings(max_examples=40)
    @given(
        dose=st.floats(0.1, 0.5),
        minutes=st.floats(2, 100),
        weight=st.floats(45, 120),
        model=st.sampled_from(MODELS),
        hours=st.floats(1, 72),
    )
    def test_levels_are_never_negative_and_rise_with_the_dose(
        self, dose: float, minutes: float, weight: float, model: str, hours: float
    ) -> None:
        columns, summary = run(dose_mg_per_kg=dose, minutes=minutes, weight_kg=weight, model=model, hours=hours)
        levels_found = columns["ketamine_ng_per_ml"]
        assert np.isfinite(levels_found).all()
        assert levels_found.min() >= -1e-9
        assert levels_found.max() <= summary["cmax_ng_per_ml"] * (1 + 1e-9)
        assert len(levels_found) <= 300
        double = levels(Infusion(2 * dose, minutes, weight, model), columns["time_min"])["ketamine_ng_per_ml"]
        np.testing.assert_allclose(double, 2 * levels_found, rtol=1e-9, atol=1e-9)


class TestNasal:
    @pytest.mark.parametrize(("dose", "peak"), [(28, 44), (56, 73), (84, 102)])
    def test_the_published_peaks(self, dose: int, peak: float) -> None:
        model = simulation("nasal_esketamine")
        summary = model.run(model.read({"dose_mg": dose})).summary
        assert summary["cmax_ng_per_ml"] == pytest.approx(peak, abs=0.5)
        assert 36 <= float(summary["tmax_min"]) <= 40

    def test_the_peak_is_the_highest_of_any_time(self) -> None:
        peak = nasal_esketamine._peak(56)
        times = np.linspace(0.3, 1, 20_001)
        assert nasal_esketamine.level(56, times).max() == pytest.approx(peak[0], rel=1e-8)

    def test_twice_weekly_does_not_accumulate(self) -> None:
        third_day = nasal_esketamine.level(84, np.array([72.0]))[0]
        assert third_day < 0.01 * nasal_esketamine._peak(84)[0]

    def test_the_closed_solution_is_that_of_step_by_step_integration(self) -> None:
        rates, stops = nasal_esketamine.rates(), [0.25, 0.53, 1.0, 4.0]
        nasal = nasal_esketamine.nasal_fraction(2)
        start, inflow = np.zeros(6), np.zeros(6)
        start[0], inflow[1] = nasal * 56, (1 - nasal) * 0.64 * 56 / 0.53
        until = integrate(lambda _, x: rates @ x + inflow, start, stops[:2], 0.001)
        after = integrate(lambda _, x: rates @ x, until[-1], [s - 0.53 for s in stops[2:]], 0.001)
        expected = 1000 * np.array([x[2] for x in [*until, *after]]) / 192
        np.testing.assert_allclose(nasal_esketamine.level(56, np.array(stops)), expected, rtol=NARROW)

    def test_each_device_adds_less_through_the_nose(self) -> None:
        assert [round(nasal_esketamine.nasal_fraction(n), 4) for n in (1, 2, 3)] == [0.54, 0.4374, 0.4032]


class TestShares:
    def test_ketamine_peaks_first_and_both_reach_their_own_peak(self) -> None:
        model = simulation("relative_curves")
        outcome = model.run(model.read({}))
        assert outcome.summary["ketamine_peak_min"] == 40
        assert 80 < float(outcome.summary["norketamine_peak_min"]) < 95
        for name in ("ketamine", "norketamine"):
            assert outcome.columns[name].max() == pytest.approx(1, abs=1e-3)
            assert outcome.columns[name].min() >= 0

    def test_the_shares_do_not_depend_on_the_amount(self) -> None:
        times = np.array([40.0, 120.0, 300.0])
        small, large = (levels(Infusion(dose, model="fanta2015"), times)["ketamine_ng_per_ml"] for dose in (0.1, 0.5))
        np.testing.assert_allclose(small / small[0], large / large[0], rtol=1e-12)

    def test_nothing_on_screen_names_an_amount(self) -> None:
        model = relative_curves.RelativeCurves()
        words = " ".join((model.title, model.leaves_out, model.words(model.read({}), model.run(model.read({}))), *model.specs))
        assert not {"mg", "dose", "weight", "vein"} & set(words.replace(",", " ").split())


class TestCompartments:
    @settings(max_examples=40)
    @given(
        out=st.floats(0.001, 2), exchange=st.lists(
            st.tuples(st.floats(0.001, 2), st.floats(0.001, 2)), min_size=1, max_size=3, unique_by=lambda room: round(room[1], 1)
        ),
        length=st.floats(0.1, 100),
    )  # fmt: skip
    def test_mass_is_kept(self, out: float, exchange: list[tuple[float, float]], length: float) -> None:
        """What came in is inside or has been eliminated: the elimination is k10 times the integral of the centre."""
        rates = micro_rates(out, exchange)
        # A room of its own collects what is eliminated, so that the whole must stay what came in.
        whole = np.zeros((len(rates) + 1,) * 2)
        whole[:-1, :-1], whole[-1, 0] = rates, out
        inflow = np.zeros(len(whole))
        inflow[0] = 1 / length
        amounts = System.of(whole).infusion(np.array([length / 2, length, 3 * length]), inflow, length)
        np.testing.assert_allclose(amounts.sum(axis=1), [0.5, 1, 1], rtol=1e-6)

    def test_doses_add_up(self) -> None:
        system, times = System.of(flows(10, 2, [(20, 3)])), np.linspace(0, 10, 21)
        one = np.array([1.0, 0.0])
        np.testing.assert_allclose(system.bolus(times, 3 * one), 3 * system.bolus(times, one), rtol=1e-9, atol=1e-12)
        assert system.bolus(np.array([-1.0]), one).tolist() == [[0, 0]]

    def test_a_short_infusion_is_a_bolus(self) -> None:
        system, times, one = System.of(flows(10, 2, [(20, 3)])), np.array([1.0, 5.0]), np.array([1.0, 0.0])
        np.testing.assert_allclose(system.infusion(times, one / 1e-6, 1e-6), system.bolus(times, one), rtol=1e-5)


def test_the_table_of_models_is_the_choice_on_screen() -> None:
    assert set(simulation("iv_infusion").specs["model"].values) == set(KINETICS)  # type: ignore[union-attr]
    assert {k.source for k in KINETICS.values()} <= set(iv_infusion.IvInfusion.sources)
