"""One Plotly template and one way to put a chart on a page: finding, what is plotted, chart, source, table."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape
from textwrap import wrap
from typing import Any, Final

import plotly.graph_objects as go
import streamlit as st

from course.ui.tokens import Tokens

FONT: Final = "Atkinson Hyperlegible Next, Segoe UI, sans-serif"
CONFIG: Final = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": True}


_WIDE: Final = 4
"""Columns that have no room beside one another on a phone."""
_LABEL: Final = 46
"""Letters to a line of a row's name, on a phone."""
_NUMERIC: Final = 10
"""A column with a longer text than this holds words."""


@lru_cache(maxsize=2)
def template(t: Tokens) -> go.layout.Template:
    axis = {
        "showgrid": False, "zeroline": False, "showline": False, "ticks": "", "automargin": True, "fixedrange": True,
        "tickfont": {"size": 14, "color": t.muted}, "title": {"font": {"size": 14, "color": t.muted}, "standoff": 10},
        "gridcolor": t.hair, "linecolor": t.hair, "tickangle": 0, "ticklabelstandoff": 8,
    }  # fmt: skip
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": 14, "color": t.ink}, "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": 0, "r": 12, "t": 8, "b": 8}, "showlegend": False, "dragmode": False,
            "colorway": [t.accent, t.highlight, t.context, t.review, t.right, t.ink],
            "hoverlabel": {"bgcolor": t.ink, "bordercolor": t.ink, "font": {"family": FONT, "size": 14, "color": t.bg}},
            "xaxis": axis, "yaxis": axis, "bargap": 0.35,
        }
    )  # fmt: skip


class Drawn(go.Figure):  # type: ignore[misc]
    """A figure that changes no more: it is made into plain data once, and not on every run of a page that shows it."""

    def __init__(self, figure: go.Figure) -> None:
        super().__init__(figure)
        self._plain: dict[str, Any] = json.loads(figure.to_json())

    def to_dict(self) -> Mapping[str, Any]:
        return self._plain


class Plain(go.Figure):  # type: ignore[misc]
    """A figure from finished plain data, as Plotly's own JSON has it: nothing is checked, so that a redraw costs next to nothing."""

    def __init__(self, data: Sequence[Mapping[str, Any]], layout: Mapping[str, Any], t: Tokens) -> None:
        object.__setattr__(self, "_plain", {"data": list(data), "layout": {"template": plain_template(t), **layout}})

    def to_dict(self) -> Mapping[str, Any]:
        return self._plain  # type: ignore[no-any-return]


@lru_cache(maxsize=2)
def plain_template(t: Tokens) -> Mapping[str, Any]:
    """The template as plain data."""
    return template(t).to_plotly_json()  # type: ignore[no-any-return]


def blank(t: Tokens, height: int, **layout: Any) -> go.Figure:
    """An empty figure in the house template."""
    fig = go.Figure()
    fig.update_layout(template=template(t), height=height, **layout)
    return fig


def row_labels(fig: go.Figure, t: Tokens, names: Sequence[str]) -> None:
    """Put each row's name above its line, flush left: long labels then cost no width on a phone, and go on in a second line."""
    for name in names:
        lines = _lines(name)
        fig.add_annotation(
            x=0, xref="paper", y=name, yshift=14 + 9 * len(lines), text="<br>".join(map(escape, lines)), showarrow=False, xanchor="left",
            align="left", font={"size": 15, "color": t.ink}, bgcolor=t.bg, borderpad=0,
        )  # fmt: skip
    fig.update_yaxes(showticklabels=False, ticklabelstandoff=0, range=[len(names) - 0.6, -0.85])


def row_height(names: Sequence[str]) -> int:
    """Pixels a row with its name above it."""
    return 34 + 18 * max((len(_lines(name)) for name in names), default=1)


def _lines(name: str) -> list[str]:
    """A name in at most two lines that fit a phone; a longer one ends in dots, for the table has it whole."""
    return wrap(name, _LABEL, max_lines=2, placeholder=" …", break_long_words=False) or [name]


def words(title: str, sub: str, *, level: int = 3) -> str:
    """A chart's finding and what is plotted, as markup."""
    return f'<h{level} class="k-figtitle">{escape(title)}</h{level}>' + (f'<p class="k-figsub">{escape(sub)}</p>' if sub else "")


def show(
    fig: go.Figure,
    *,
    key: str,
    title: str,
    alt: str,
    table: tuple[Sequence[str], Sequence[Sequence[str]]],
    source: str = "",
    head: str = "",
) -> None:
    """Draw a chart below `head` (its `words`). `source` is safe markup; `table` (headers, rows of text) opens below it."""
    with st.container(key=f"fig_{key}", gap="xxsmall"):
        if head:
            st.html(head)
        st.plotly_chart(fig, theme=None, config=CONFIG, key=f"plot_{key}", alt=alt)
        st.html(
            (f'<p class="k-source">{source}</p>' if source else "")
            + f'<details class="k-more"><summary>View as table</summary>{html_table(title, *table)}</details>'
        )


def html_table(title: str, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A plain data table as markup, row headers first; columns of words stand flush left, of numbers flush right.

    On a phone the columns of a wide one stand below one another, each with its name, like those of `page.table`.
    """
    kinds = ["t", *("t" if any(len(row[i]) > _NUMERIC for row in rows) else "n" for i in range(1, len(headers)))]
    head = "".join(f'<th role="columnheader" scope="col" class="{kind}">{escape(h)}</th>' for h, kind in zip(headers, kinds, strict=True))
    body = "".join(
        f'<tr role="row"><th role="rowheader" scope="row">{escape(row[0])}</th>'
        + "".join(
            f'<td role="cell" data-label="{escape(name)}" class="{kind}">{escape(cell)}</td>'
            for name, cell, kind in zip(headers[1:], row[1:], kinds[1:], strict=True)
        )
        + "</tr>"
        for row in rows
    )
    stacked = " k-stack" if len(headers) >= _WIDE else ""
    return (
        f'<table class="k-rows k-data{stacked}" role="table"><caption class="k-sr">{escape(title)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table>'
    )
