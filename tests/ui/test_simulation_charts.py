"""Charts of simulations: plain data that Plotly takes, with the prediction in it and, before that, nothing of the result."""

from __future__ import annotations

import json
import re
from typing import Any

import plotly.graph_objects as go
import pytest

from course.simulation import names, simulation
from course.simulation.base import Chart
from course.simulation.placing import Asked, Kind, problem
from course.simulation.predictions import axes
from course.ui.charts import simulation as charts
from course.ui.tokens import DARK, LIGHT

DRAWN = [name for name in names() if simulation(name).chart in (Chart.LINES, Chart.POINTS)]


def guesses(name: str) -> list[charts.Guess]:
    """One prediction of every kind that can be made, at the low end of its axes."""
    model = simulation(name)
    outcome = model.run(model.read({}))
    wishes = [Asked(Kind.NUMBER, m.name) for m in model.measures]
    wishes += [Asked(kind, c.name) for kind in (Kind.POINT, Kind.CURVE) for c in model.columns]
    asked = [wish for wish in wishes if not problem(model, wish)]
    return [charts.Guess(wish, tuple(axis.high for axis in axes(model, wish, outcome))) for wish in asked]


@pytest.mark.parametrize("name", DRAWN)
def test_plotly_takes_what_is_drawn(name: str) -> None:
    model = simulation(name)
    outcome = model.run(model.read({}))
    for guess in (None, *guesses(name)):
        for tokens in (LIGHT, DARK):
            plain = json.loads(json.dumps(charts.curves(model, outcome, 0.0, guess, tokens).to_dict()))
            go.Figure(plain)


@pytest.mark.parametrize("name", DRAWN)
def test_what_was_predicted_lies_on_the_chart(name: str) -> None:
    model = simulation(name)
    outcome = model.run(model.read({}))
    without = charts.curves(model, outcome, None, None, LIGHT).to_dict()
    for guess in guesses(name):
        plain = charts.curves(model, outcome, None, guess, LIGHT).to_dict()
        assert LIGHT.highlight in json.dumps(plain)
        assert LIGHT.highlight not in json.dumps({**without, "layout": {**without["layout"], "template": {}}})
        top = plain["layout"]["yaxis"]["range"][1]
        heights = [shape["y0"] for shape in plain["layout"]["shapes"] if shape.get("xref") == "paper"]
        assert all(height <= top for height in heights)


@pytest.mark.parametrize("name", DRAWN)
def test_a_sketch_gives_nothing_of_the_result_away(name: str) -> None:
    """The same sketch over two different results is the same chart: only the ends of the axis are in it."""
    model = simulation(name)
    outcome = model.run(model.read({}))
    for guess in guesses(name):
        if guess.asked.kind is not Kind.NUMBER:
            other = type(outcome)({k: v if n == 0 else 0 * v for n, (k, v) in enumerate(outcome.columns.items())}, {})
            assert charts.sketch(model, outcome, guess, LIGHT).to_dict() == charts.sketch(model, other, guess, LIGHT).to_dict()


@pytest.mark.parametrize("name", [name for name in names() if simulation(name).columns])
def test_the_table_has_both_ends_and_can_be_read(name: str) -> None:
    model = simulation(name)
    outcome = model.run(model.read({}))
    headers, rows = charts.table(model, outcome)
    first = next(iter(outcome.columns.values()))
    assert len(headers) == len(outcome.columns)
    assert 2 <= len(rows) <= 25
    assert [float(rows[0][0].strip("%").replace("under ", "")), len(rows[-1])] == [pytest.approx(first[0], abs=0.5), len(headers)]


@pytest.mark.parametrize(("days", "count"), [(0, 10), (60, 22), (180, 66)])
def test_a_hundred_people_are_drawn_in_four_lines(days: int, count: int) -> None:
    model: Any = simulation("urinary_symptoms")
    markup = charts.people(model, model.run(model.read({"days": days})))
    first = markup.split('class="k-hundred"')[1]
    assert f"{count} of 100" in first
    filled = [int(share) // 4 for share in re.findall(r"background-size:(\d+)% 100%", first)]
    assert len(filled) == 4
    assert sum(filled) == count
    assert filled == sorted(filled, reverse=True)
