"""Charts of simulations: curves with what was predicted, a hundred people, a tally. All are cheap: they are drawn at every move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

import numpy as np

from course.simulation.base import Chart, Column, Outcome, Simulation, percent
from course.simulation.placing import Asked, Kind
from course.simulation.predictions import places, shown
from course.ui.charts.figure import Plain
from course.ui.tokens import Tokens

_HEIGHT: Final = 320
_DIGITS: Final = 4
_ROOM: Final = 1.12
"""Free space above the highest value, where the axis has no end of its own."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What the reader committed: numbers in the order of `predictions.axes`."""

    asked: Asked
    values: tuple[float, ...]


def curves(model: Simulation[Any], outcome: Outcome, at: float | None, guess: Guess | None, t: Tokens) -> Plain:
    """Every curve of the result, where along it the summary is read (`at`), and what was predicted."""
    drawn = [column for column in model.columns[1:] if column.name in outcome.columns]
    top = max(_top(drawn, outcome), _ROOM * _height(model, guess))
    data = [*_bands(model, outcome, t)]
    notes: list[dict[str, Any]] = []
    for number, column in enumerate(drawn):
        xs, ys = shown(model, column, outcome)
        ink = t.accent if number == 0 else t.muted
        data.append(_line(xs, ys, ink, column, points=model.chart is Chart.POINTS))
        if len(drawn) > 1:
            notes.append(_label(drawn, number, outcome, model.columns[0].name, ink, top))
        if at is not None:
            data.append(_dot(at, float(np.interp(at, xs, ys)), ink, t))
    shapes = [_upright(at, t.context)] if at is not None else []
    if guess is not None:
        _add_guess(model, outcome, guess, t, data, shapes, notes)
    return Plain(data, _layout(model, outcome, drawn, top, shapes, notes), t)


def sketch(model: Simulation[Any], outcome: Outcome, guess: Guess, t: Tokens) -> Plain:
    """The empty axes with what is being predicted; nothing of the result."""
    column = model.column(guess.asked.about)
    assert column is not None
    data: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    _add_guess(model, outcome, guess, t, data, shapes, [])
    return Plain(data, _layout(model, outcome, [column], column.top or 1.0, shapes, []), t)


def people(model: Simulation[Any], outcome: Outcome) -> str:
    """A hundred people a row, as markup; as many filled as the share says."""
    rows = []
    for column in model.columns[1:]:
        count = round(100 * float(outcome.summary[column.name]))
        lines = "".join(f'<i style="background-size:{4 * min(25, max(0, count - 25 * line))}% 100%"></i>' for line in range(4))
        rows.append(
            f'<div class="k-hundred"><p>{escape(column.title)}<b>{count} of 100</b></p>'
            f'<div role="img" aria-label="{escape(column.title)}: {count} of 100 people">{lines}</div></div>'
        )
    return f'<div class="k-people">{"".join(rows)}</div>'


def tally(outcome: Outcome) -> str:
    """Count and band, as markup."""
    count, band = outcome.summary["count"], str(outcome.summary["severity"])
    words = {"none": "below the threshold"}.get(band, band)
    return f'<div class="k-facts"><div><b>{count} of 10</b><span>criteria ticked</span></div><div><b>{words}</b><span>by the count alone</span></div></div>'


def table(model: Simulation[Any], outcome: Outcome, most: int = 25) -> tuple[list[str], list[list[str]]]:
    """The result as text: headers and about `most` rows, the first and the last among them."""
    drawn = [column for column in model.columns if column.name in outcome.columns]
    size = len(outcome.columns[drawn[0].name])
    kept = sorted({round(i) for i in np.linspace(0, size - 1, min(size, most))})
    rows = [[_text(outcome.columns[c.name][i], c, first=c is drawn[0]) for c in drawn] for i in kept]
    return [c.title for c in drawn], rows


def _text(value: float, column: Column, *, first: bool) -> str:
    if column.unit == "share":
        return percent(float(value))
    return f"{value:.{max(column.decimals, 0 if first or abs(value) >= 10 else 1)}f}"


def _line(xs: np.ndarray[Any, Any], ys: np.ndarray[Any, Any], ink: str, column: Column, *, points: bool) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "lines+markers" if points else "lines", "x": np.round(xs, 2).tolist(), "y": np.round(ys, _DIGITS).tolist(),
        "line": {"color": ink, "width": 2.5}, "marker": {"color": ink, "size": 6}, "cliponaxis": False,
        "hovertemplate": f"{escape(column.title)}: %{{y{':.0%' if column.unit == 'share' else ':.3~r'}}}<extra></extra>",
    }  # fmt: skip


def _dot(x: float, y: float, ink: str, t: Tokens) -> dict[str, Any]:
    marker = {"size": 12, "color": t.bg, "line": {"color": ink, "width": 3}}
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x],
        "y": [round(y, _DIGITS)],
        "marker": marker,
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _bands(model: Simulation[Any], outcome: Outcome, t: Tokens) -> list[dict[str, Any]]:
    xs = np.round(outcome.columns[model.columns[0].name], 2).tolist() if outcome.bands else []
    out: list[dict[str, Any]] = []
    for low, high in outcome.bands.values():
        plain = {"type": "scatter", "mode": "lines", "x": xs, "line": {"width": 0}, "hoverinfo": "skip"}
        out.append({**plain, "y": np.round(low, _DIGITS).tolist()})
        out.append({**plain, "y": np.round(high, _DIGITS).tolist(), "fill": "tonexty", "fillcolor": t.accent_soft})
    return out


def _label(drawn: Sequence[Column], number: int, outcome: Outcome, along: str, ink: str, top: float) -> dict[str, Any]:
    """A curve's name on the side where nothing is drawn: the upper one's above it, the lower one's below, away from the slope."""
    xs, mine, other = outcome.columns[along], outcome.columns[drawn[number].name], outcome.columns[drawn[1 - number].name]
    at = (
        len(xs) // 2
        if mine[len(xs) // 2] >= mine[len(xs) // 3]
        else len(xs) // 3 + int(np.abs(mine - other)[len(xs) // 3 : len(xs) // 2].argmax())
    )
    above, rising = mine[at] >= other[at] and mine[at] < 0.93 * top, mine[at] >= mine[at - 1]
    return {
        "x": float(xs[at]), "y": float(mine[at]), "text": escape(drawn[number].title), "showarrow": False, "yshift": 3 if above else -3,
        "xanchor": "right" if rising == above else "left", "yanchor": "bottom" if above else "top", "font": {"size": 15, "color": ink},
    }  # fmt: skip


def _add_guess(
    model: Simulation[Any],
    outcome: Outcome,
    guess: Guess,
    t: Tokens,
    data: list[dict[str, Any]],
    shapes: list[dict[str, Any]],
    notes: list[dict[str, Any]],
) -> None:
    """The prediction in the colour of the one thing that the eye should find."""
    values = guess.values
    label = {"text": "your prediction", "showarrow": False, "font": {"size": 15, "color": t.highlight}, "yanchor": "bottom"}
    if guess.asked.kind is Kind.NUMBER:
        measure = model.measure(guess.asked.about)
        if measure is None or not measure.along:
            return
        if measure.along == model.columns[0].name:
            shapes.append(_upright(values[0], t.highlight))
            notes.append({**label, "x": values[0], "y": 1, "yref": "paper", "xanchor": "left", "xshift": 6, "yanchor": "top"})
        else:
            line = {"color": t.highlight, "width": 2, "dash": "dash"}
            shapes.append({"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": values[0], "y1": values[0], "line": line})
            notes.append({**label, "xref": "paper", "x": 1, "y": values[0], "xanchor": "right"})
        return
    xs, ys = (list(values[:1]), list(values[1:])) if guess.asked.kind is Kind.POINT else (list(places(model, outcome)), list(values))
    data.append({
        "type": "scatter", "mode": "markers" if len(xs) == 1 else "lines+markers", "x": xs, "y": ys, "hoverinfo": "skip", "cliponaxis": False,
        "line": {"color": t.highlight, "width": 2, "dash": "dash"}, "marker": {"color": t.highlight, "size": 11, "symbol": "diamond"},
    })  # fmt: skip
    column = model.column(guess.asked.about)
    high = column is not None and column.top is not None and ys[-1] > 0.9 * column.top
    notes.append(
        {**label, "x": xs[-1], "y": ys[-1], "xanchor": "center", "yshift": -8 if high else 8, "yanchor": "top" if high else "bottom"}
    )


def _upright(x: float, ink: str) -> dict[str, Any]:
    line = {"color": ink, "width": 1.5, "dash": "dot"}
    return {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": x, "x1": x, "line": line, "layer": "below"}


def _top(drawn: Sequence[Column], outcome: Outcome) -> float:
    ends = [column.top for column in drawn if column.top is not None]
    found = max((float(outcome.columns[column.name].max()) for column in drawn), default=1.0)
    return max([*ends, found * _ROOM if not ends or found > max(ends) else 0.0]) or 1.0


def _height(model: Simulation[Any], guess: Guess | None) -> float:
    """How high the prediction lies; 0 where it is a place along the axis."""
    if guess is None:
        return 0.0
    if guess.asked.kind is Kind.NUMBER:
        measure = model.measure(guess.asked.about)
        return guess.values[0] if measure is not None and measure.along not in ("", model.columns[0].name) else 0.0
    return 0.0  # a point or a curve is drawn on an axis whose end is fixed


def _layout(
    model: Simulation[Any],
    outcome: Outcome,
    drawn: Sequence[Column],
    top: float,
    shapes: list[dict[str, Any]],
    notes: list[dict[str, Any]],
) -> Mapping[str, Any]:
    xs = outcome.columns[model.columns[0].name]
    share, along = drawn[0].unit == "share", model.columns[0].unit == "share"
    unit = "" if share else drawn[0].unit
    return {
        "height": _HEIGHT, "margin": {"l": 0, "r": 16, "t": 30 if unit else 14, "b": 8}, "shapes": shapes,
        "annotations": notes + ([_unit(unit)] if unit else []),
        "xaxis": {"range": [float(xs[0]), float(xs[-1])], "title": {"text": model.columns[0].title}, "tickformat": ".0%" if along else ""},
        "yaxis": {"range": [0, top * 1.02], "showgrid": True, "tickformat": ".0%" if share else "", "nticks": 6, "rangemode": "tozero"},
    }  # fmt: skip


def _unit(unit: str) -> dict[str, Any]:
    """What the upright axis counts, above it."""
    words = "times as much as without the drug" if unit == "times" else unit
    return {
        "xref": "paper",
        "x": 0,
        "yref": "paper",
        "y": 1,
        "yshift": 24,
        "text": words,
        "showarrow": False,
        "xanchor": "left",
        "font": {"size": 14},
    }
