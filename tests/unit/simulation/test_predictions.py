"""What is predicted, what the model has instead, and how far the two are apart, in words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.simulation import names, simulation
from course.simulation.base import Chart, Outcome, Simulation
from course.simulation.placing import Asked, Kind, problem
from course.simulation.predictions import axes, distance, truth


def askable() -> list[tuple[str, Asked]]:
    """Everything that can be predicted in any simulation."""
    found = []
    for name in names():
        model = simulation(name)
        wishes = [Asked(Kind.NUMBER, m.name) for m in model.measures]
        wishes += [Asked(kind, c.name) for kind in (Kind.POINT, Kind.CURVE) for c in model.columns]
        found += [(name, asked) for asked in wishes if not problem(model, asked)]
    return found


EVERYTHING = askable()


def ran(name: str, **given: object) -> tuple[Simulation[Any], Outcome]:
    model = simulation(name)
    return model, model.run(model.read(given))


@pytest.mark.parametrize(("name", "asked"), EVERYTHING, ids=lambda part: getattr(part, "about", part))
def test_what_the_model_has_lies_on_the_axes_that_are_offered(name: str, asked: Asked) -> None:
    model, outcome = ran(name)
    wanted, right = axes(model, asked, outcome), truth(model, asked, outcome)
    assert len(wanted) == len(right) == {Kind.NUMBER: 1, Kind.POINT: 2, Kind.CURVE: 3}[asked.kind]
    for axis, value in zip(wanted, right, strict=True):
        assert axis.low <= value <= axis.high, axis.title


@pytest.mark.parametrize(("name", "asked"), EVERYTHING, ids=lambda part: getattr(part, "about", part))
def test_whoever_is_right_reads_no_distance(name: str, asked: Asked) -> None:
    model, outcome = ran(name)
    words = distance(model, asked, outcome, truth(model, asked, outcome))
    assert "too" not in words
    assert "Right on it." in words or "You drew the curve." in words


@given(data=st.data())
@pytest.mark.parametrize(("name", "asked"), EVERYTHING, ids=lambda part: getattr(part, "about", part))
def test_any_prediction_is_answered_in_words(name: str, asked: Asked, data: st.DataObject) -> None:
    model, outcome = ran(name)
    given = tuple(data.draw(st.floats(axis.low, axis.high)) for axis in axes(model, asked, outcome))
    words = distance(model, asked, outcome, given)
    assert words.endswith(".")
    assert "nan" not in words


def test_every_simulation_can_be_predicted() -> None:
    assert {name for name, _ in EVERYTHING} == set(names())


@pytest.mark.parametrize(
    ("name", "set_to", "asked", "given", "told"),
    [
        (
            "tolerance", {"every_days": 1}, Asked(Kind.NUMBER, "last"), (0.6,),
            "Effect on the last day of use: you said 60%, the model says 50%. That is 10 percentage points too high.",
        ),
        (
            "urinary_symptoms", {"days": 60}, Asked(Kind.NUMBER, "frequency"), (0.5,),
            "Going often: you said 50 of 100, the model says 22 of 100. That is 28 people too high.",
        ),
        (
            "criteria", {"met": "craving,cut-down"}, Asked(Kind.NUMBER, "count"), (1,),
            "Criteria met: you said 1 of 10, the model says 2 of 10. That is 1 too low.",
        ),
        (
            "disinhibition", {}, Asked(Kind.POINT, "pyramidal"), (0.63, 1.2),
            "Receptors blocked, where it is highest: you said 63%, the model says 63%. Right on it. "
            "Driving cell, at its highest: you said 1.2 times, the model says 2.4 times. That is 1.2 too low.",
        ),
        (
            "tolerance", {"every_days": 1, "days": 84}, Asked(Kind.CURVE, "effect"), (0.8, 0.7, 0.6),
            "On average you were 20 percentage points from the curve. You drew 80%, 70%, 60%; the model has 51%, 50%, 50%.",
        ),
        (
            "relative_curves", {}, Asked(Kind.NUMBER, "norketamine_peak_min"), (40,),
            "Minute of norketamine's peak: you said minute 40, the model says minute 89. That is 49 minutes too low.",
        ),
    ],
)  # fmt: skip
def test_the_distance_is_said_in_the_unit_of_the_axis(
    name: str, set_to: dict[str, object], asked: Asked, given: tuple[float, ...], told: str
) -> None:
    model, outcome = ran(name, **set_to)
    assert distance(model, asked, outcome, given) == told


def test_days_without_use_are_no_part_of_the_curve() -> None:
    model, outcome = ran("tolerance", every_days=7)
    assert model.chart is Chart.POINTS
    assert min(truth(model, Asked(Kind.CURVE, "effect"), outcome)) > 0.6


@pytest.mark.parametrize(
    ("name", "asked", "told"),
    [
        ("tolerance", Asked(Kind.NUMBER, "effect"), "has no number"),
        ("tolerance", Asked(Kind.CURVE, "day"), "has no curve"),
        ("criteria", Asked(Kind.NUMBER, "severity"), "can be predicted"),
        ("iv_infusion", Asked(Kind.POINT, "ketamine_ng_per_ml"), "no fixed axis"),
        ("tolerance", Asked(Kind.NUMBER, "last"), ""),
    ],
)
def test_what_cannot_be_predicted_is_said(name: str, asked: Asked, told: str) -> None:
    found = problem(simulation(name), asked)
    assert told in found if told else found == ""
