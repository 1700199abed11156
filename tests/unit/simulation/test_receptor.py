"""Magnesium, occupancy, trapping, disinhibition: the check values, and what must hold whatever is set."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.simulation import disinhibition, occupancy, simulation, trapping
from course.simulation.base import Outcome


def run(name: str, **given: object) -> Outcome:
    model = simulation(name)
    found: Outcome = model.run(model.read(given))
    return found


class TestOccupancy:
    def test_the_check_value(self) -> None:
        summary = run("occupancy", ng_per_ml=185).summary
        assert summary["total"] == pytest.approx(0.612, abs=5e-4)
        assert summary["free"] == pytest.approx(0.469, abs=5e-4)

    def test_half_is_taken_at_the_affinity(self) -> None:
        level = np.array([occupancy.KI_S * occupancy.MOLAR_MASS])
        assert occupancy.occupied(level, "s")[0] == pytest.approx(0.5)

    @given(level=st.floats(0, 2400), form=st.sampled_from(["racemic", "s"]))
    def test_it_is_a_share_and_the_unbound_part_takes_less(self, level: float, form: str) -> None:
        summary = run("occupancy", ng_per_ml=level, form=form).summary
        assert 0 <= float(summary["free"]) <= float(summary["total"]) < 1

    def test_it_rises_with_the_level_and_s_binds_more(self) -> None:
        racemic, s = run("occupancy"), run("occupancy", form="s")
        assert (np.diff(racemic.columns["total"]) > 0).all()
        assert (s.columns["total"][1:] > racemic.columns["total"][1:]).all()


class TestMagnesium:
    def test_the_check_value(self) -> None:
        assert run("magnesium_block", voltage_mv=-70, magnesium_mm=1).summary["unblocked"] == pytest.approx(0.0445, abs=5e-5)

    def test_without_magnesium_nothing_is_blocked(self) -> None:
        assert (run("magnesium_block", magnesium_mm=0).columns["unblocked"] == 1).all()

    @given(magnesium=st.floats(0.01, 2), voltage=st.floats(-100, 60))
    def test_it_rises_with_voltage_and_falls_with_magnesium(self, magnesium: float, voltage: float) -> None:
        outcome = run("magnesium_block", magnesium_mm=magnesium, voltage_mv=voltage)
        assert (np.diff(outcome.columns["unblocked"]) > 0).all()
        assert 0 < float(outcome.summary["unblocked"]) < 1
        more = run("magnesium_block", magnesium_mm=min(2, 1.5 * magnesium), voltage_mv=voltage)
        assert float(more.summary["unblocked"]) <= float(outcome.summary["unblocked"])


class TestTrapping:
    def test_the_check_values(self) -> None:
        current = run("trapping", micromolar=1, rate_hz=0.1, pulses=30).columns["relative_current"]
        assert current[[0, 1, 4, 9, 19, 29]] == pytest.approx([0.967, 0.919, 0.799, 0.658, 0.507, 0.445], abs=1e-3)

    def test_it_is_what_small_steps_through_every_pulse_give(self) -> None:
        pulses, rate, step = 3, 1.0, 5e-5
        means = []
        for drug in (2.0, 0.0):
            state, found = np.array([1.0, 0, 0, 0]), []
            for _ in range(pulses):
                for opening, length in ((trapping.OPENING, trapping.PULSE), (0.0, 1 / rate - trapping.PULSE)):
                    rates, steps, total = trapping.rates(opening, drug), round(length / step), 0.0
                    half = np.eye(4) + step / 2 * rates + (step / 2) ** 2 / 2 * rates @ rates
                    for _ in range(steps):
                        middle = half @ state
                        total += middle[1]
                        state = half @ middle
                    if opening:
                        found.append(total / steps)
            means.append(np.array(found))
        relative = run("trapping", micromolar=2, pulses=pulses, rate_hz=rate).columns["relative_current"]
        np.testing.assert_allclose(relative, means[0] / means[1], rtol=1e-5)

    def test_without_the_drug_nothing_changes(self) -> None:
        assert run("trapping", micromolar=0).columns["relative_current"] == pytest.approx(1)

    def test_between_pulses_nothing_washes_out(self) -> None:
        """Ten seconds or one between pulses: the gate is shut, so the block after as many pulses is the same."""
        slow, quick = (run("trapping", rate_hz=rate).columns["relative_current"] for rate in (0.05, 1))
        np.testing.assert_allclose(slow, quick, rtol=1e-9)

    @settings(max_examples=30)
    @given(drug=st.floats(0.01, 10), pulses=st.integers(1, 60), rate=st.floats(0.05, 1))
    def test_block_grows_with_every_pulse(self, drug: float, pulses: int, rate: float) -> None:
        current = run("trapping", micromolar=drug, pulses=pulses, rate_hz=rate).columns["relative_current"]
        assert len(current) == pulses
        assert (np.diff(current) < 1e-12).all()
        assert ((current > 0) & (current < 1)).all()

    def test_channels_are_neither_made_nor_lost(self) -> None:
        assert trapping.rates(46.5, 3).sum(axis=0) == pytest.approx(0, abs=1e-12)


class TestDisinhibition:
    @pytest.mark.parametrize(("occupied", "drive"), [(0.2, 1.34), (0.5, 2.0), (0, 1)])
    def test_the_check_values(self, occupied: float, drive: float) -> None:
        assert run("disinhibition", occupancy=occupied).summary["pyramidal"] == pytest.approx(drive, abs=0.02)

    @given(occupied=st.floats(0, 1))
    def test_the_closed_solution_is_where_the_equations_rest(self, occupied: float) -> None:
        brake, drive = 1 - 0.75 * min(1, 1.6 * occupied), 1 - 0.35 * occupied**2
        e = i = 0.5
        for _ in range(4000):
            e, i = e + 0.05 * (-e + max(0, drive * (1 + 0.36 * e) - 1.1 * i)), i + 0.05 * (-i + max(0, brake * (0.35 + 1.2 * e)))
        found = disinhibition.steady_state(np.array([occupied]))
        assert (found[0][0], found[1][0]) == pytest.approx((e, i), rel=1e-6)

    def test_the_brake_only_weakens_while_it_is_being_released(self) -> None:
        outcome = run("disinhibition")
        assert (np.diff(outcome.columns["interneuron"]) < 0).all()
        assert outcome.columns["pyramidal"].min() >= 1 - 1e-12
        assert math.isclose(outcome.columns["pyramidal"][0], 1)
