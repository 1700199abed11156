"""Charts of questions: difficulty against discrimination, and a question's curve with what was observed."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from course.analytics.irt_pictures import ItemCurve
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
