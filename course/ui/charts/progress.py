"""Charts of a learner's own progress."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import plotly.graph_objects as go

from course.ui.charts.figure import blank
from course.ui.tokens import Tokens


def scores(points: Sequence[tuple[datetime, str, float]], t: Tokens) -> go.Figure:
    """Scores in the order in which quizzes were handed in."""
    order = list(range(1, len(points) + 1))
    fig = blank(t, 240, margin={"l": 0, "r": 28, "t": 28, "b": 8})
    fig.add_scatter(
        x=order, y=[100 * share for _, _, share in points], mode="lines+markers+text", cliponaxis=False,
        line={"color": t.context, "width": 2}, marker={"size": 11, "color": [t.accent] * (len(points) - 1) + [t.highlight]},
        text=[f"{share:.0%}" for _, _, share in points], textposition="top center", textfont={"size": 14, "color": t.ink},
        customdata=[title for _, title, _ in points], hovertemplate="%{customdata}: %{y:.0f}%<extra></extra>",
    )  # fmt: skip
    fig.add_hline(y=70, line={"color": t.context, "width": 1.5, "dash": "dot"}, layer="below")
    fig.update_yaxes(range=[-4, 114], tickvals=[0, 50, 100], ticktext=["0%", "50%", "100%"], showgrid=True)
    step = max(1, len(points) // 6)
    shown = [i for i in order if (len(points) - i) % step == 0]
    fig.update_xaxes(
        tickvals=shown, ticktext=[f"{points[i - 1][0].day} {points[i - 1][0]:%b}" for i in shown], range=[0.6, max(1.4, len(points) + 0.4)]
    )
    return fig
