"""The parameters of a simulation as inputs: a slider, a choice, tick boxes. What they are set to is stored nowhere."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Final

import streamlit as st

from course.simulation.base import SHARES, Simulation
from course.simulation.parameters import Choice, Number, Several
from course.simulation.placing import Offered
from course.simulation.predictions import Axis

_PLACES: Final = 50
"""A slider for a prediction has about so many places: more would be false precision."""


def draw(model: Simulation[Any], offered: Iterable[Offered], begin: object, key: str) -> dict[str, object]:
    """Inputs for these parameters, beginning at those of `begin`; their values now."""
    return {one.name: _input(model.specs[one.name], one, getattr(begin, one.name), f"{key}_{one.name}") for one in offered}


def draw_axis(axis: Axis, key: str) -> float:
    """A slider for one number of a prediction, in the middle at first."""
    low, high = _scale(axis.unit) * axis.low, _scale(axis.unit) * axis.high
    _slider(axis.title, axis.unit, low, high, _middle(axis), _step(axis), key)
    return axis_value(axis, key)


def axis_value(axis: Axis, key: str) -> float:
    """Where the slider of `draw_axis` stands, in the unit of the axis."""
    return float(st.session_state.get(key, _middle(axis))) / _scale(axis.unit)


def nice(rough: float) -> float:
    """The nearest of 1, 2 and 5 times a power of ten."""
    size = 10.0 ** math.floor(math.log10(rough))
    return min((size * one for one in (1, 2, 5, 10)), key=lambda one: abs(one - rough))


def _input(spec: Number | Choice | Several, offered: Offered, begin: Any, key: str) -> object:
    if isinstance(spec, Choice):
        return _choice(spec, begin, key)
    if isinstance(spec, Several):
        return _ticks(spec, begin, key)
    if spec.among:
        shown = [f"{value:g} {spec.unit}".strip() for value in spec.among]
        chosen = st.segmented_control(spec.title, shown, default=f"{begin:g} {spec.unit}".strip(), required=True, key=key)
        return spec.among[shown.index(chosen)] if chosen in shown else begin
    scale = _scale(spec.unit)
    given = _slider(spec.title, spec.unit, scale * offered.low, scale * offered.high, scale * begin, scale * spec.step, key)
    return round(given / scale, 6)


def _slider(title: str, unit: str, low: float, high: float, at: float, step: float, key: str) -> float:
    """Whole numbers where the step is whole, so that no slider reads "7.00"."""
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    number = float if decimals else int
    least, most, start, apart = (number(round(value, 6)) for value in (low, high, at, step))
    shown = {"share": "%%", "people": " of 100", "times": " times"}.get(unit, f" {unit}" if unit else "")
    return float(st.slider(title, least, most, start, apart, format=f"%.{decimals}f{shown}", key=key))


def _choice(spec: Choice, begin: str, key: str) -> str:
    if len(spec.values) == 1:
        return begin
    values = list(spec.values)
    chosen = st.selectbox(spec.title, values, index=values.index(begin), format_func=lambda value: spec.values[value], key=key)
    return chosen if chosen in values else begin


def _ticks(spec: Several, begin: tuple[str, ...], key: str) -> tuple[str, ...]:
    with st.container(key=f"{key}_ticks", gap="xsmall"):
        return tuple(value for value, words in spec.values.items() if st.checkbox(words, value=value in begin, key=f"{key}_{value}"))


def _scale(unit: str) -> float:
    """Shares are moved as percentages."""
    return 100.0 if unit in SHARES else 1.0


def _step(axis: Axis) -> float:
    """As fine as the axis is written, and no finer than can be meant."""
    return max(nice(_scale(axis.unit) * (axis.high - axis.low) / _PLACES), 10.0**-axis.decimals)


def _middle(axis: Axis) -> float:
    low, high = _scale(axis.unit) * axis.low, _scale(axis.unit) * axis.high
    return low + _step(axis) * round((high - low) / _step(axis) / 2)
