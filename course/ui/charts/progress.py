"""Charts of a learner's own progress."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import plotly.graph_objects as go

from course.services.study.views import ObjectiveScore
from course.ui.charts.figure import blank, row_labels
from course.ui.tokens import Tokens


def objectives(scores: Sequence[ObjectiveScore], marked: ObjectiveScore, t: Tokens) -> go.Figure:
    """Share of first tries right, one row an objective; the row the title names is highlighted."""
    names = [f"{s.number} {s.text}" if len(s.text) <= 62 else f"{s.number} {s.text[:60].rsplit(' ', 1)[0]} …" for s in scores]
    shares = [100 * s.right / s.answered for s in scores]
    fig = blank(t, 30 + 48 * len(names))
    for name, share in zip(names, shares, strict=True):
        fig.add_shape(type="line", x0=0, x1=share, y0=name, y1=name, line={"color": t.hair, "width": 2}, layer="below")
    fig.add_scatter(
        x=shares, y=names, mode="markers", cliponaxis=False, hovertemplate="%{y}: %{x:.0f}%<extra></extra>",
        marker={"size": 12, "color": [t.highlight if s is marked and s.right < s.answered else t.accent for s in scores]},
    )  # fmt: skip
    for name, share, score in zip(names, shares, scores, strict=True):
        fig.add_annotation(
            x=share, y=name, text=f"{score.right} of {score.answered}", showarrow=False, xanchor="left", xshift=12, font={"size": 15, "color": t.ink}
        )
    fig.update_xaxes(range=[0, 118], visible=False)
    row_labels(fig, t, names)
    return fig


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
    fig.update_yaxes(range=[0, 112], visible=False)
    step = max(1, len(points) // 6)
    shown = [i for i in order if (len(points) - i) % step == 0]
    fig.update_xaxes(
        tickvals=shown, ticktext=[f"{points[i - 1][0].day} {points[i - 1][0]:%b}" for i in shown], range=[0.6, max(1.4, len(points) + 0.4)]
    )
    return fig
