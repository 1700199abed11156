"""What a learner commits before a simulation runs: a number, a point or a sketched curve, and how far it was off.

A prediction is a tuple of numbers, one for each axis that is asked. It is compared here and stored nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from course.simulation.base import SHARES, Chart, Column, Floats, Outcome, Simulation
from course.simulation.placing import Asked, Kind

PLACES: Final = (1 / 6, 1 / 2, 5 / 6)
"""Where along the axis a curve is sketched."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One number to be given, from `low` to `high`. `unit` as in Column."""

    title: str
    low: float
    high: float
    unit: str
    decimals: int


def axes(model: Simulation[Any], asked: Asked, outcome: Outcome) -> tuple[Axis, ...]:
    """The numbers to be given, in order. `outcome` is the result that will be shown."""
    if asked.kind is Kind.NUMBER:
        measure = model.measure(asked.about)
        assert measure is not None
        assert measure.high is not None
        return (Axis(measure.title, measure.low, measure.high, measure.unit, measure.decimals),)
    along, column = model.columns[0], model.column(asked.about)
    assert column is not None
    assert column.top is not None
    if asked.kind is Kind.POINT:
        xs = outcome.columns[along.name]
        place = Axis(f"{along.title}, where it is highest", float(xs[0]), float(xs[-1]), along.unit, along.decimals)
        return place, Axis(f"{column.title}, at its highest", 0.0, column.top, column.unit, column.decimals)
    return tuple(
        Axis(f"{column.title} at {amount(x, along.unit, along.decimals)}", 0.0, column.top, column.unit, column.decimals)
        for x in places(model, outcome)
    )


def places(model: Simulation[Any], outcome: Outcome) -> tuple[float, ...]:
    """Where along the axis a curve is asked for."""
    xs = outcome.columns[model.columns[0].name]
    return tuple(float(xs[0] + share * (xs[-1] - xs[0])) for share in PLACES)


def truth(model: Simulation[Any], asked: Asked, outcome: Outcome) -> tuple[float, ...]:
    """What the model has for each axis."""
    if asked.kind is Kind.NUMBER:
        return (float(outcome.summary[asked.about]),)
    column = model.column(asked.about)
    assert column is not None
    xs, ys = shown(model, column, outcome)
    if asked.kind is Kind.POINT:
        top = int(ys.argmax())
        return float(xs[top]), float(ys[top])
    return tuple(float(np.interp(x, xs, ys)) for x in places(model, outcome))


def shown(model: Simulation[Any], column: Column, outcome: Outcome) -> tuple[Floats, Floats]:
    """A curve as it is drawn. Where single happenings are drawn, rows in which nothing happened are left out."""
    xs, ys = outcome.columns[model.columns[0].name], outcome.columns[column.name]
    happened = ys > 0 if model.chart is Chart.POINTS else np.ones(len(ys), dtype=bool)
    return xs[happened], ys[happened]


def distance(model: Simulation[Any], asked: Asked, outcome: Outcome, given: Sequence[float]) -> str:
    """How far the prediction was off, in one or two sentences."""
    wanted, right = axes(model, asked, outcome), truth(model, asked, outcome)
    if asked.kind is Kind.CURVE:
        far = sum(abs(g - r) for g, r in zip(given, right, strict=True)) / len(right)
        lead = "You drew the curve." if _same(far, wanted[0]) else f"On average you were {apart(far, wanted[0])} from the curve."
        drawn = ", ".join(amount(g, axis.unit, axis.decimals) for g, axis in zip(given, wanted, strict=True))
        has = ", ".join(amount(r, axis.unit, axis.decimals) for r, axis in zip(right, wanted, strict=True))
        return f"{lead} You drew {drawn}; the model has {has}."
    return " ".join(_one(axis, g, r) for axis, g, r in zip(wanted, given, right, strict=True))


def amount(value: float, unit: str, decimals: int = 0) -> str:
    """A value with its unit, in words."""
    if unit == "share":
        return f"{100 * value:.0f}%"
    if unit == "people":
        return f"{100 * value:.0f} of 100"
    if unit == "min":
        return f"minute {value:.0f}"
    if unit in ("days", "pulse"):
        return f"{unit.removesuffix('s')} {value:.0f}"
    return f"{value:.{decimals}f} {unit}".strip()


def apart(far: float, axis: Axis) -> str:
    """A difference with its unit, in words."""
    if axis.unit in _STEPS:
        return _counted(far * (100 if axis.unit in SHARES else 1), *_STEPS[axis.unit])
    if axis.unit == "times" or axis.unit.startswith("of "):
        return f"{far:.{axis.decimals}f}"
    return f"{far:.{axis.decimals}f} {axis.unit}".strip()


def _one(axis: Axis, given: float, right: float) -> str:
    said = f"{axis.title}: you said {amount(given, axis.unit, axis.decimals)}, the model says {amount(right, axis.unit, axis.decimals)}."
    if _same(abs(given - right), axis):
        return f"{said} Right on it."
    return f"{said} That is {apart(abs(given - right), axis)} too {'high' if given > right else 'low'}."


def _same(far: float, axis: Axis) -> bool:
    """Whether the two would be read as the same number on the axis: within a fiftieth of it."""
    return far <= (axis.high - axis.low) / 50


_STEPS: Final = {
    "share": ("percentage point", "percentage points"),
    "people": ("person", "people"),
    "min": ("minute", "minutes"),
    "days": ("day", "days"),
}


def _counted(number: float, one: str, many: str) -> str:
    text = f"{number:.0f}"
    return f"{text} {one if text == '1' else many}"
