"""Charts of evidence tables: one drawing function a kind, listed in `KINDS`; the larger kinds have files of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from html import escape
from typing import Any, Final

import plotly.graph_objects as go

from course.content.model import FigureTable
from course.ui.charts.body import body
from course.ui.charts.figure import Drawn, blank, row_height, row_labels
from course.ui.charts.timeline import timeline
from course.ui.charts.values import number, shown
from course.ui.components.prose import Same
from course.ui.tokens import Tokens


@lru_cache(maxsize=128)
def draw(table: Same[FigureTable], t: Tokens) -> Drawn:
    """The chart of a table in one theme; kept, since tables do not change while they are served."""
    return Drawn(KINDS[table.it.kind](table.it, t))


def rows_as_text(table: FigureTable) -> tuple[list[str], list[list[str]]]:
    """The same numbers as a table of text: headers and rows; a missing value is a dash."""
    columns = [c for c in table.columns if c not in ("status", table.site)]
    units = {table.y: "year", table.high: "year"} if table.kind == "timeline" else {table.y: table.unit}
    doubtful = any(row.get("status") == "partly-checked" for row in table.rows)
    headers = [_heading(c) for c in columns] + (["Checked"] if doubtful else [])
    rows = [[shown(row.get(c), units.get(c, "")) for c in columns] for row in table.rows]
    if doubtful:
        for cells, row in zip(rows, table.rows, strict=True):
            cells.append("in part" if row.get("status") == "partly-checked" else "yes")
    return headers, rows


def _bar(table: FigureTable, t: Tokens) -> go.Figure:
    names, values, hollow, colours = _series(table, t)
    fig = blank(t, 24 + max(56, row_height(names)) * len(names))
    fig.add_bar(
        x=values, y=names, orientation="h", width=0.34, hovertemplate="%{y}: %{x}<extra></extra>",
        marker={"color": ["rgba(0,0,0,0)" if h else c for h, c in zip(hollow, colours, strict=True)], "line": {"color": colours, "width": 1.5}},
    )  # fmt: skip
    _row_values(fig, t, table, names, values)
    _x_range(fig, values)
    row_labels(fig, t, names)
    return fig


def _dot(table: FigureTable, t: Tokens) -> go.Figure:
    names, values, hollow, colours = _series(table, t)
    fig = blank(t, 24 + max(56, row_height(names)) * len(names))
    for name, value in zip(names, values, strict=True):
        if value is not None:
            fig.add_shape(type="line", x0=0, x1=value, y0=name, y1=name, line={"color": t.hair, "width": 2}, layer="below")
    fig.add_scatter(
        x=values, y=names, mode="markers", hovertemplate="%{y}: %{x}<extra></extra>", cliponaxis=False,
        marker={"size": 13, "color": [t.bg if h else c for h, c in zip(hollow, colours, strict=True)], "line": {"color": colours, "width": 2}},
    )  # fmt: skip
    _row_values(fig, t, table, names, values)
    _x_range(fig, values)
    row_labels(fig, t, names)
    return fig


def _interval(table: FigureTable, t: Tokens) -> go.Figure:
    names, values, hollow, colours = _series(table, t)
    lows, highs = ([number(row.get(c or "")) for row in table.rows] for c in (table.low, table.high))
    fig = blank(t, 44 + max(56, row_height(names)) * len(names))
    for name, low, high, colour in zip(names, lows, highs, colours, strict=True):
        if low is not None and high is not None:
            fig.add_scatter(x=[low, high], y=[name, name], mode="lines", line={"color": colour, "width": 3}, opacity=0.45, hoverinfo="skip")
    fig.add_scatter(
        x=values, y=names, mode="markers", hovertemplate="%{y}: %{x}<extra></extra>", cliponaxis=False,
        marker={"size": 12, "color": [t.bg if h else c for h, c in zip(hollow, colours, strict=True)], "line": {"color": colours, "width": 2}},
    )  # fmt: skip
    ends = [v for v in [*lows, *highs, *values] if v is not None]
    span = [min(0.0, *ends), max(ends)]
    reference = 1.0 if "ratio" in table.unit else 0.0 if span[0] < 0 else None
    if reference is not None:
        fig.add_vline(x=reference, line={"color": t.context, "width": 1.5, "dash": "dot"}, layer="below")
    fig.update_xaxes(range=[span[0] * 1.06, span[1] * 1.06], showgrid=True, ticksuffix=_suffix(table))
    row_labels(fig, t, names)
    return fig


def _line(table: FigureTable, t: Tokens) -> go.Figure:
    names, values, hollow, colours = _series(table, t)
    fig = blank(t, 280, margin={"l": 0, "r": 28, "t": 24, "b": 8})
    fig.add_scatter(
        x=names, y=values, mode="lines+markers+text", connectgaps=False, hovertemplate="%{x}: %{y}<extra></extra>", cliponaxis=False,
        line={"color": t.context, "width": 2}, text=[shown(v, table.unit) if v is not None else "" for v in values], textposition=beside_line(values),
        textfont={"size": 14, "color": t.ink},
        marker={"size": 11, "color": [t.bg if h else c for h, c in zip(hollow, colours, strict=True)], "line": {"color": colours, "width": 2}},
    )  # fmt: skip
    top = max((v for v in values if v is not None), default=1.0)
    fig.update_yaxes(range=[0, top * 1.22], visible=False)
    fig.update_xaxes(type="category", range=[-0.35, len(names) - 0.6], tickmode="array", **_thinned(names))
    return fig


KINDS: Final[Mapping[str, Callable[[FigureTable, Tokens], go.Figure]]] = {
    "bar": _bar,
    "dot": _dot,
    "line": _line,
    "interval": _interval,
    "timeline": timeline,
    "body": body,
}


def _series(table: FigureTable, t: Tokens) -> tuple[list[str], list[float | None], list[bool], list[str]]:
    names = [str(row.get(table.x) or "") for row in table.rows]
    values = [number(row.get(table.y)) for row in table.rows]
    hollow = [row.get("status") == "partly-checked" for row in table.rows]
    colours = [t.highlight if table.highlight == name else t.accent for name in names]
    return names, values, hollow, colours


def _row_values(fig: go.Figure, t: Tokens, table: FigureTable, names: list[str], values: list[float | None]) -> None:
    for name, value in zip(names, values, strict=True):
        fig.add_annotation(
            x=value or 0, y=name, text=escape(shown(value, table.unit)), showarrow=False, xanchor="left", xshift=12,
            font={"size": 15, "color": t.ink},
        )  # fmt: skip


def _x_range(fig: go.Figure, values: list[float | None]) -> None:
    top = max((v for v in values if v is not None), default=1.0)
    fig.update_xaxes(range=[0, top * 1.18], visible=False)


def beside_line(values: list[float | None]) -> list[str]:
    """For each point the side of it on which no line leaves it: its value is written there."""
    beside = zip([None, *values[:-1]], values, [*values[1:], None], strict=True)
    rising = [[n > v for n in (left, right) if n is not None] if v is not None else [] for left, v, right in beside]
    return ["bottom center" if any(up) else "top center" for up in rising]


def _thinned(names: list[str]) -> dict[str, Any]:
    step = 1 if len(names) <= 6 else 2 if len(names) <= 12 else 3
    kept = [n for i, n in enumerate(names) if (len(names) - 1 - i) % step == 0]
    return {"tickvals": kept, "ticktext": kept}


def _suffix(table: FigureTable) -> str:
    return "%" if table.unit == "%" else ""


def _heading(column: str) -> str:
    return column.replace("_", " ").capitalize()
