"""Charts of mastery: learners by objectives."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from course.ui.charts.figure import blank
from course.ui.tokens import Tokens

MARKS = ("M", "N", "D", "·")
"""Mastered, nearly, developing, not enough evidence: what stands in a cell, so that colour only repeats it."""


def heatmap(people: Sequence[str], objectives: Sequence[str], states: Sequence[Sequence[int]], t: Tokens) -> go.Figure:
    """One row a person, one column an objective. `states`: index into `MARKS`."""
    fig = blank(t, 70 + 26 * len(people), margin={"l": 0, "r": 0, "t": 44, "b": 8})
    colours = (t.sequential[5], t.sequential[3], t.sequential[1], t.bg)
    scale = [[edge, colours[k]] for k in range(4) for edge in (k / 4, (k + 1) / 4)]
    rows, columns = list(range(len(people))), list(range(len(objectives)))
    fig.add_heatmap(
        z=states, x=columns, y=rows, colorscale=scale, zmin=-0.5, zmax=3.5, showscale=False, xgap=2, ygap=2, hoverinfo="skip",
    )  # fmt: skip
    for wanted, colour in ((frozenset({0}), t.bg), (frozenset({1, 2, 3}), t.ink)):
        cells = [(x, y, state) for y, row in enumerate(states) for x, state in enumerate(row) if state in wanted]
        fig.add_scatter(
            x=[x for x, _, _ in cells], y=[y for _, y, _ in cells], mode="text", text=[MARKS[state] for _, _, state in cells],
            textfont={"size": 13, "color": colour}, hoverinfo="skip",
        )  # fmt: skip
    # A number's parts stand above one another: side by side they would run together on a phone.
    fig.update_xaxes(
        side="top", tickvals=columns, ticktext=[number.replace(".", "<br>") for number in objectives], tickfont={"size": 13}, range=[-0.5, len(columns) - 0.5],
    )  # fmt: skip
    fig.update_yaxes(tickvals=rows, ticktext=list(people), range=[len(rows) - 0.5, -0.5], tickfont={"size": 14, "color": t.ink})
    return fig
