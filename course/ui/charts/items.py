"""Charts of questions: difficulty against discrimination, and a question's curve with what was observed."""

from __future__ import annotations

import math
from collections.abc import Sequence

import plotly.graph_objects as go

from course.analytics.irt_pictures import InformationCurve, ItemCurve, WrightMap
from course.analytics.items import Item
from course.ui.charts.figure import blank
from course.ui.tokens import Tokens


def scatter(items: Sequence[Item], flagged: frozenset[str], t: Tokens) -> go.Figure:
    """Each question by its share of the points and its correlation with the others; flagged ones are diamonds."""
    fig = blank(t, 340, margin={"l": 0, "r": 12, "t": 8, "b": 8})
    fig.add_hline(y=0, line={"color": t.context, "width": 1.5, "dash": "dot"}, layer="below")
    for special in (False, True):
        mine = [i for i in items if (i.question in flagged) == special and i.facility.value is not None and i.item_rest.value is not None]
        fig.add_scatter(
            x=[100 * (i.facility.value or 0.0) for i in mine], y=[i.item_rest.value for i in mine], mode="markers", cliponaxis=False,
            marker={
                "size": 14 if special else 10, "symbol": "diamond" if special else "circle", "color": t.highlight if special else t.accent,
                "opacity": 1 if special else 0.75, "line": {"color": t.bg, "width": 1},
            },
            text=[i.question for i in mine], hovertemplate="%{text}: %{x:.0f}%, %{y:.2f}<extra></extra>",
        )  # fmt: skip
    fig.update_xaxes(
        range=[0, 102], tickvals=[0, 25, 50, 75, 100], ticktext=["0%", "25%", "50%", "75%", "100%"], title="share of the points"
    )
    fig.update_yaxes(range=[-1.02, 1.02], showgrid=True, tickvals=[-1, -0.5, 0, 0.5, 1], title="correlation with the rest")
    return fig


def wright(found: WrightMap, at_pass: float | None, t: Tokens) -> go.Figure:
    """People as columns upwards, questions as dots downwards, on one scale; the dotted line is where the pass mark lies."""
    fig = blank(t, 360, margin={"l": 0, "r": 12, "t": 28, "b": 8})
    width = float(found.edges[1] - found.edges[0])
    top = max(found.people)
    fig.add_bar(
        x=[float(edge) + width / 2 for edge in found.edges[:-1]], y=found.people, width=width * 0.88, marker={"color": t.accent},
        hovertemplate="%{y} people<extra></extra>",
    )  # fmt: skip
    levels = _stacked([math.floor(b / width) for _, b in found.questions])
    fig.add_scatter(
        x=[b for _, b in found.questions], y=[-(0.1 + 0.09 * level) * top for level in levels], mode="markers", cliponaxis=False,
        marker={"size": 10, "color": t.highlight, "line": {"color": t.bg, "width": 1}},
        text=[name for name, _ in found.questions], hovertemplate="%{text}: %{x:.2f}<extra></extra>",
    )  # fmt: skip
    _pass_line(fig, at_pass, t)
    low, high = float(found.edges[0]), float(found.edges[-1])
    fig.update_xaxes(range=[low - 0.1, high + 0.1], dtick=1, tick0=0, title="ability and difficulty, in standard deviations")
    fig.update_yaxes(range=[-(0.16 + 0.09 * max(levels)) * top, 1.1 * top], showgrid=True, tickvals=[n for n in (top // 2, top) if n])
    return fig


def information(found: InformationCurve, t: Tokens) -> go.Figure:
    """How much the quiz tells of somebody of each ability; the dotted line is where the pass mark lies."""
    fig = blank(t, 280, margin={"l": 0, "r": 12, "t": 28, "b": 8})
    kept = [n for n, ability in enumerate(found.ability) if -4 <= ability <= 4]
    fig.add_scatter(
        x=[float(found.ability[n]) for n in kept], y=[float(found.information[n]) for n in kept], mode="lines",
        line={"color": t.accent, "width": 3}, hovertemplate="%{x:.1f}: %{y:.1f}<extra></extra>",
    )  # fmt: skip
    _pass_line(fig, found.at_pass.value, t)
    fig.update_xaxes(range=[-4.1, 4.1], tickvals=[-4, -3, -2, -1, 0, 1, 2, 3, 4], title="ability, in standard deviations")
    fig.update_yaxes(rangemode="tozero", showgrid=True, nticks=5, title="information")
    return fig


def _pass_line(fig: go.Figure, at: float | None, t: Tokens) -> None:
    if at is not None and -4 <= at <= 4:
        fig.add_vline(x=at, line={"color": t.ink, "width": 1.5, "dash": "dot"})
        fig.add_annotation(x=at, y=1.07, yref="paper", text="pass mark", showarrow=False, font={"size": 14, "color": t.ink})


def _stacked(places: Sequence[int]) -> list[int]:
    """How many of the same place stand above each."""
    return [list(places[:at]).count(place) for at, place in enumerate(places)]


def curve(found: ItemCurve, t: Tokens) -> go.Figure:
    """The model's curve; groups of people as points with their interval."""
    fig = blank(t, 320, margin={"l": 0, "r": 12, "t": 8, "b": 8})
    for one in found.observed:
        ends = [100 * one.low, 100 * one.high]
        fig.add_scatter(x=[one.ability] * 2, y=ends, mode="lines", line={"color": t.highlight, "width": 3}, opacity=0.45, hoverinfo="skip")
    fig.add_scatter(x=found.ability, y=100 * found.chance, mode="lines", line={"color": t.accent, "width": 3}, hoverinfo="skip")
    fig.add_scatter(
        x=[one.ability for one in found.observed], y=[100 * one.share for one in found.observed], mode="markers",
        marker={"size": 11, "color": t.highlight, "line": {"color": t.bg, "width": 1}}, customdata=[one.n for one in found.observed],
        hovertemplate="%{customdata} people: %{y:.0f}%<extra></extra>",
    )  # fmt: skip
    fig.update_xaxes(range=[-3.5, 3.5], tickvals=[-3, -2, -1, 0, 1, 2, 3], title="ability, in standard deviations")
    fig.update_yaxes(range=[-3, 103], tickvals=[0, 50, 100], ticktext=["0%", "50%", "100%"], showgrid=True, title="chance of full points")
    return fig
