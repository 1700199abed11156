"""Charts of gain: each learner's slope from before to after, and differences with their intervals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from course.analytics.statistic import Statistic
from course.ui.charts.figure import blank, row_height, row_labels
from course.ui.tokens import Tokens

MOST = 300
"""Lines of single learners that can still be told apart; of more, an even choice is drawn."""


def slopes(pairs: Sequence[tuple[float, float]], before: Statistic, after: Statistic, t: Tokens) -> go.Figure:
    """A thin line a learner, the means in the highlight colour with their intervals."""
    fig = blank(t, 340, margin={"l": 0, "r": 48, "t": 20, "b": 8})
    kept = [pairs[at] for at in np.linspace(0, len(pairs) - 1, min(MOST, len(pairs))).round().astype(int)]
    fig.add_scatter(
        x=[x for _ in kept for x in (0, 1, None)], y=[y for one, other in kept for y in (100 * one, 100 * other, None)], mode="lines",
        line={"color": t.context, "width": 1}, opacity=0.5, hoverinfo="skip",
    )  # fmt: skip
    for at, mean in enumerate((before, after)):
        if mean.low is not None and mean.high is not None:
            fig.add_scatter(
                x=[at, at], y=[100 * mean.low, 100 * mean.high], mode="lines", line={"color": t.highlight, "width": 5}, hoverinfo="skip"
            )
    means = [None if m.value is None else 100 * m.value for m in (before, after)]
    fig.add_scatter(
        x=[0, 1], y=means, mode="lines+markers", line={"color": t.highlight, "width": 3}, marker={"size": 12}, cliponaxis=False,
        hovertemplate="mean %{y:.0f}%<extra></extra>",
    )  # fmt: skip
    fig.update_xaxes(range=[-0.15, 1.15], tickvals=[0, 1], ticktext=["before", "after"])
    fig.update_yaxes(range=[-3, 104], tickvals=[0, 25, 50, 75, 100], ticktext=["0%", "25%", "50%", "75%", "100%"], showgrid=True)
    return fig


def differences(rows: Sequence[tuple[str, Statistic]], highlight: str, t: Tokens) -> go.Figure:
    """Mean differences in percentage points with their intervals, a row each; nought is a dotted line."""
    names = [name for name, _ in rows]
    fig = blank(t, 60 + row_height(names) * len(rows))
    fig.add_vline(x=0, line={"color": t.context, "width": 1.5, "dash": "dot"}, layer="below")
    for name, found in rows:
        colour = t.highlight if name == highlight else t.accent
        if found.low is not None and found.high is not None:
            ends = [100 * found.low, 100 * found.high]
            fig.add_scatter(x=ends, y=[name, name], mode="lines", line={"color": colour, "width": 3}, opacity=0.45, hoverinfo="skip")
        if found.value is not None:
            fig.add_scatter(
                x=[100 * found.value], y=[name], mode="markers", marker={"size": 12, "color": colour}, cliponaxis=False,
                hovertemplate="%{x:+.0f} points<extra></extra>",
            )  # fmt: skip
    ends = [100 * v for _, s in rows for v in (s.low, s.high, s.value) if v is not None]
    fig.update_xaxes(range=[min(0.0, *ends, 0.0) - 4, max(0.0, *ends, 0.0) + 4], showgrid=True, title="percentage points")
    row_labels(fig, t, names)
    return fig
