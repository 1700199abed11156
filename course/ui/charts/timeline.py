"""What held from when to when, a lane for each place: bars for spells, points for single moments."""

from __future__ import annotations

from html import escape
from itertools import pairwise
from typing import Final

import plotly.graph_objects as go

from course.content.model import FigureTable
from course.ui.charts.figure import blank, row_labels
from course.ui.charts.values import number
from course.ui.tokens import Tokens

_LANE: Final = 84
"""Pixels a lane."""
_BAR: Final = 0.13
"""Half the height of a bar, in lanes."""
_ROOM: Final = 0.13
"""Share of the years that a word of eight letters takes on a phone."""


def timeline(table: FigureTable, t: Tokens) -> go.Figure:
    """`y` is the year it began, `high` the last one; without a last year it is a single moment. Years between are left blank."""
    lanes = list(dict.fromkeys(str(row[table.x]) for row in table.rows))
    years = [y for row in table.rows for y in (number(row[table.y]), number(row.get(table.high or ""))) if y is not None]
    first, last = min(years), max(years)
    fig = blank(t, 56 + _LANE * len(lanes))
    for lane in lanes:
        moments: list[float] = []
        for row in table.rows:
            began, until = number(row[table.y]), number(row.get(table.high or ""))
            if str(row[table.x]) != lane or began is None:
                continue
            colour = t.highlight if table.highlight == lane else t.accent
            said = str(row.get(table.label or "") or "")
            if until is None:
                moments.append(began)
                _moment(
                    fig, t, (began, lane, said), colour, above=_above(moments, last - first), hollow=row.get("status") == "partly-checked"
                )
            else:
                _spell(fig, t, (began, until, lanes.index(lane), lane, said), colour, room=last - first)
    margin = (last - first) * 0.06
    fig.update_xaxes(range=[first - margin, last + margin], tickformat="d", nticks=6, showgrid=True)
    row_labels(fig, t, lanes)
    fig.update_yaxes(type="category", categoryorder="array", categoryarray=lanes, range=[len(lanes) - 0.55, -0.75])
    return fig


def _spell(fig: go.Figure, t: Tokens, what: tuple[float, float, int, str, str], colour: str, *, room: float) -> None:
    began, until, place, lane, said = what
    fig.add_shape(
        type="rect", x0=began, x1=until, y0=place - _BAR, y1=place + _BAR, fillcolor=t.accent_soft, line={"color": colour, "width": 1.5},
        layer="between",
    )  # fmt: skip
    middle = (began + until) / 2
    fig.add_scatter(
        x=[middle], y=[lane], mode="markers", marker={"size": 18, "color": "rgba(0,0,0,0)"},
        hovertemplate=f"{began:g}–{until:g}: {escape(said)}<extra></extra>",
    )  # fmt: skip
    short = said.partition(" (")[0]
    if (until - began) / room > _ROOM * len(short) / 8:
        fig.add_annotation(x=middle, y=lane, text=escape(short), showarrow=False, font={"size": 14, "color": t.ink})
    fig.add_annotation(x=began, y=lane, yshift=-22, text=f"{began:g}", showarrow=False, font={"size": 14, "color": t.muted})


def _moment(fig: go.Figure, t: Tokens, what: tuple[float, str, str], colour: str, *, above: bool, hollow: bool) -> None:
    year, lane, said = what
    fig.add_scatter(
        x=[year], y=[lane], mode="markers+text", text=[f"{year:g}"], textposition="top center" if above else "bottom center",
        textfont={"size": 14, "color": t.muted}, hovertemplate=f"{year:g}: {escape(said)}<extra></extra>", cliponaxis=False,
        marker={"size": 12, "symbol": "diamond", "color": t.bg if hollow else colour, "line": {"color": colour, "width": 2}},
    )  # fmt: skip


def _above(moments: list[float], span: float) -> bool:
    """Whether this moment's year stands above its mark: where the one before is too near, every other one does."""
    above = False
    for before, now in pairwise(moments):
        above = not above if (now - before) / span < _ROOM else False
    return above
