"""Charts of a cohort's scores: distribution with quantile dots, weeks, activity, who finishes what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import plotly.graph_objects as go

from course.analytics.score_distribution import ScoreDistribution
from course.analytics.statistic import Statistic
from course.ui.charts.figure import blank, row_labels
from course.ui.tokens import Tokens


def distribution(found: ScoreDistribution, pass_mark: float | None, t: Tokens) -> go.Figure:
    """Bars of people by score; below them twenty dots, each a twentieth of the people."""
    fig = blank(t, 300, margin={"l": 0, "r": 12, "t": 28, "b": 8})
    width = found.edges[1] - found.edges[0]
    middles = [100 * (edge + width / 2) for edge in found.edges[:-1]]
    top = max(found.counts)
    below = [pass_mark is not None and edge + width <= pass_mark + 1e-9 for edge in found.edges[:-1]]
    fig.add_bar(
        x=middles, y=found.counts, width=100 * width * 0.88, marker={"color": [t.highlight if low else t.accent for low in below]},
        customdata=[f"{edge:.0%} to {edge + width:.0%}" for edge in found.edges[:-1]], hovertemplate="%{customdata}: %{y}<extra></extra>",
    )  # fmt: skip
    fig.add_scatter(
        x=[100 * dot for dot in found.dots], y=[-(0.1 + 0.055 * level) * top for level in _stacked(found.dots)], mode="markers", cliponaxis=False,
        marker={"size": 8, "color": t.ink, "opacity": 0.55}, hovertemplate="%{x:.0f}%<extra></extra>",
    )  # fmt: skip
    if pass_mark is not None:
        fig.add_vline(x=100 * pass_mark, line={"color": t.ink, "width": 1.5, "dash": "dot"})
        fig.add_annotation(
            x=100 * pass_mark, y=1.08, yref="paper", text=f"pass {pass_mark:.0%}", showarrow=False, font={"size": 14, "color": t.ink}
        )
    fig.update_xaxes(range=[-2, 102], tickvals=[0, 25, 50, 75, 100], ticktext=["0%", "25%", "50%", "75%", "100%"])
    fig.update_yaxes(range=[-(0.16 + 0.055 * max(_stacked(found.dots))) * top, 1.08 * top], showgrid=True, tickvals=_steps(top))
    return fig


def weeks(points: Sequence[tuple[date, int, Statistic]], t: Tokens) -> go.Figure:
    """Mean share by week with its interval; weeks with too few people are left open."""
    fig = blank(t, 260, margin={"l": 0, "r": 28, "t": 20, "b": 8})
    order = list(range(len(points)))
    for at, (_, _, mean) in enumerate(points):
        if mean.low is not None and mean.high is not None:
            ends = [100 * max(0.0, mean.low), 100 * min(1.0, mean.high)]
            fig.add_scatter(x=[at, at], y=ends, mode="lines", line={"color": t.accent, "width": 3}, opacity=0.45, hoverinfo="skip")
    fig.add_scatter(
        x=order, y=[None if mean.value is None else 100 * mean.value for _, _, mean in points], mode="lines+markers", connectgaps=False,
        cliponaxis=False, line={"color": t.context, "width": 2}, marker={"size": 10, "color": t.accent},
        customdata=[f"week of {_day(begins)}, {n} results" for begins, n, _ in points], hovertemplate="%{customdata}: %{y:.0f}%<extra></extra>",
    )  # fmt: skip
    fig.update_yaxes(range=[-4, 108], tickvals=[0, 50, 100], ticktext=["0%", "50%", "100%"], showgrid=True)
    _day_axis(fig, [begins for begins, _, _ in points])
    return fig


def activity(counts: Sequence[tuple[date, int]], t: Tokens) -> go.Figure:
    """Attempts handed in, by week."""
    fig = blank(t, 220, margin={"l": 0, "r": 12, "t": 8, "b": 8})
    fig.add_bar(
        x=list(range(len(counts))), y=[n for _, n in counts], marker={"color": t.accent},
        customdata=[f"week of {_day(begins)}" for begins, _ in counts], hovertemplate="%{customdata}: %{y}<extra></extra>",
    )  # fmt: skip
    fig.update_yaxes(showgrid=True, tickvals=_steps(max(n for _, n in counts)))
    _day_axis(fig, [begins for begins, _ in counts])
    return fig


def funnel(rows: Sequence[tuple[str, int, int]], learners: int, highlight: str, t: Tokens) -> go.Figure:
    """For each module: completed in full colour, begun and not completed beside it, of all learners."""
    names = [name for name, _, _ in rows]
    fig = blank(t, 40 + 56 * len(rows))
    fig.add_bar(
        x=[done for _, _, done in rows], y=names, orientation="h", width=0.34, hoverinfo="skip",
        marker={"color": [t.highlight if name == highlight else t.accent for name in names]},
    )  # fmt: skip
    fig.add_bar(
        x=[begun - done for _, begun, done in rows], y=names, orientation="h", width=0.34, hoverinfo="skip", marker={"color": t.context, "opacity": 0.45}
    )  # fmt: skip
    fig.update_layout(barmode="stack")
    for name, begun, done in rows:
        fig.add_annotation(
            x=max(begun, done), y=name, text=f"{done} of {begun} begun", showarrow=False, xanchor="left", xshift=8, font={"size": 15, "color": t.ink}
        )  # fmt: skip
    fig.update_xaxes(visible=False, range=[0, max(1, learners) * 1.35])
    row_labels(fig, t, names)
    return fig


def _stacked(dots: Sequence[float]) -> list[int]:
    """How many dots of the same hundredth stand above each."""
    places = [round(100 * dot) for dot in dots]
    return [places[:at].count(place) for at, place in enumerate(places)]


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _day_axis(fig: go.Figure, days: Sequence[date]) -> None:
    step = max(1, -(-len(days) // 6))
    shown = list(range(len(days) - 1, -1, -step))
    fig.update_xaxes(tickvals=shown, ticktext=[f"{days[at].day} {days[at]:%b}" for at in shown], range=[-0.7, len(days) - 0.3])


def _steps(top: int) -> list[int]:
    step = next(size for size in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10**9) if top / size <= 4)
    return list(range(step, top + 1, step))
