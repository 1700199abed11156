"""How often each level of certainty was right, beside how often it says it would be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import plotly.graph_objects as go

from course.learning.certainty import AtLevel
from course.ui.charts.figure import blank
from course.ui.tokens import Tokens

NAMES: Final = {1: "Unsure", 2: "Fairly sure", 3: "Certain"}


def draw(levels: Sequence[AtLevel], t: Tokens) -> go.Figure:
    """A bar a level: the share that was right. The upright mark on each row is the share that the level stands for."""
    names = [NAMES[at.level.number] for at in levels]
    shares = [100 * at.right / at.answered if at.answered else None for at in levels]
    fig = blank(t, 210, barmode="overlay", margin={"l": 0, "r": 12, "t": 8, "b": 8})
    fig.add_bar(
        x=[100 if at.answered else None for at in levels], y=names, orientation="h", width=0.46, hoverinfo="skip",
        marker={"color": "rgba(0,0,0,0)", "line": {"color": t.context, "width": 1.5}},
    )  # fmt: skip
    fig.add_bar(
        x=shares, y=names, orientation="h", width=0.46, marker={"color": t.accent}, hovertemplate="%{y}: %{x:.0f}% right<extra></extra>"
    )
    fig.add_scatter(
        x=[100 * at.level.stated for at in levels], y=names, mode="markers", hovertemplate="stands for %{x:.0f}%<extra></extra>",
        marker={"symbol": "line-ns", "size": 30, "line": {"color": t.highlight, "width": 3}},
    )  # fmt: skip
    for name, at in zip(names, levels, strict=True):
        words = f"{at.right} of {at.answered}" if at.answered else "none"
        fig.add_annotation(x=103, y=name, text=words, showarrow=False, xanchor="left", font={"size": 15, "color": t.ink})
    longest = max(len(f"{at.right} of {at.answered}") for at in levels)
    fig.update_xaxes(range=[0, 104 + 4.2 * longest], tickvals=[0, 50, 100], ticktext=["0%", "50%", "100%"])
    fig.update_yaxes(autorange="reversed", tickfont={"size": 15, "color": t.ink})
    return fig


def rows(levels: Sequence[AtLevel]) -> tuple[list[str], list[list[str]]]:
    """The same as a table of text."""
    headers = ["Certainty", "Right", "Answered", "Share right", "Stands for"]
    return headers, [
        [
            NAMES[at.level.number],
            str(at.right),
            str(at.answered),
            f"{at.right / at.answered:.0%}" if at.answered else "–",
            f"{at.level.stated:.0%}",
        ]
        for at in levels
    ]


def in_words(levels: Sequence[AtLevel]) -> str:
    """The same as a sentence, for those who do not see it."""
    parts = (
        f"{NAMES[at.level.number].lower()}: {at.right} of {at.answered} right, stands for {at.level.stated:.0%}"
        for at in levels
        if at.answered
    )
    return "Right answers at each level of certainty. " + "; ".join(parts) + "."
