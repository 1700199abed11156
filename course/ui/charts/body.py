"""Where in the body harm was found: an outline with one mark a finding, its share and how sure it is beside it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from textwrap import wrap
from typing import Any, Final

import plotly.graph_objects as go

from course.content.model import FigureTable
from course.ui.charts.figure import blank
from course.ui.charts.values import shown
from course.ui.tokens import Tokens

Part = Mapping[str, Any]

SITES: Final[Mapping[str, tuple[float, float]]] = {
    "brain": (39, 24), "mood": (60, 33), "nose": (48, 57), "upper-belly": (60, 156), "liver": (34, 168), "bile-ducts": (52, 184),
    "kidneys": (66, 212), "bladder": (50, 286),
}  # fmt: skip
"""Where each site lies on the outline: pixels from its left edge and from the top."""

_HEAD: Final = "M 50 8 C 82 8 82 84 50 84 C 18 84 18 8 50 8 Z"
_TRUNK: Final = (
    "M 41 82 L 41 94 C 40 104 14 102 10 124 L 5 230 L 18 232 L 24 154 L 27 230 C 27 254 19 282 20 320 L 21 372 L 46 372 L 50 334 L 54 372 "
    "L 79 372 L 80 320 C 81 282 73 254 73 230 L 76 154 L 82 232 L 95 230 L 90 124 C 86 102 60 104 59 94 L 59 82"
)
_MARKS: Final = 118
_WORDS: Final = 136
"""Pixels from the left where each row's mark stands, and its words begin."""
_LINE: Final = 30
"""Letters to a line of words, on the narrowest phone."""
_ROW: Final = 84
_DASHES: Final[Mapping[str, str]] = {"low": "dot", "contested": "dash"}


def body(table: FigureTable, t: Tokens) -> go.Figure:
    """One row a finding, numbered from head to bladder; `y` is a share, and a dash says that none is known.

    A full disc is high certainty, a ring moderate, a broken ring less; each row says so in words.
    """
    rows = sorted(table.rows, key=lambda row: SITES[str(row[table.site or ""])][1])
    height = max(384, _ROW * len(rows))
    fig = blank(t, height, margin={"l": 0, "r": 0, "t": 0, "b": 0})
    fig.add_scatter(x=[0, 1], y=[0, height], mode="markers", marker={"opacity": 0}, hoverinfo="skip")
    fig.update_xaxes(range=[0, 1], visible=False)
    fig.update_yaxes(range=[height, 0], visible=False)
    line = {"color": t.context, "width": 1.5}
    shapes: list[Part] = [
        {"type": "path", "path": path, "xsizemode": "pixel", "xanchor": 0, "layer": "below", "fillcolor": t.surface, "line": line}
        for path in (_HEAD, _TRUNK)
    ]
    texts: list[Part] = []
    for index, row in enumerate(rows):
        middle = (index + 0.5) * height / len(rows)
        colour = t.highlight if table.highlight == row[table.x] else t.accent
        certainty = str(row.get(table.certainty or "") or "")
        for at in (SITES[str(row[table.site or ""])], (_MARKS, middle)):
            shapes.append(_disc(t, at, certainty, colour))
            texts.append(_number(t, at, str(index + 1), certainty, colour))
        texts.append(
            {"x": 0, "xshift": _WORDS, "y": middle, "xanchor": "left", "yanchor": "middle", "align": "left", "showarrow": False,
             "text": _words(table, row, certainty, t), "font": {"size": 14, "color": t.muted}}
        )  # fmt: skip
    fig.update_layout(shapes=shapes, annotations=texts)  # at once: one by one each would check all before it again
    return fig


def _disc(t: Tokens, at: tuple[float, float], certainty: str, colour: str) -> Part:
    across, down = at
    return {
        "type": "circle", "xsizemode": "pixel", "xanchor": 0, "x0": across - 10, "x1": across + 10, "ysizemode": "pixel", "yanchor": down,
        "y0": -10, "y1": 10, "fillcolor": colour if certainty == "high" else t.bg,
        "line": {"color": colour, "width": 2, "dash": _DASHES.get(certainty, "solid")},
    }  # fmt: skip


def _number(t: Tokens, at: tuple[float, float], number: str, certainty: str, colour: str) -> Part:
    across, down = at
    return {
        "x": 0, "xshift": across, "y": down, "xanchor": "center", "yanchor": "middle", "showarrow": False, "text": f"<b>{number}</b>",
        "font": {"size": 13, "color": t.bg if certainty == "high" else colour},
    }  # fmt: skip


def _words(table: FigureTable, row: Mapping[str, float | str | None], certainty: str, t: Tokens) -> str:
    said = "<br>".join(escape(line) for line in wrap(str(row.get(table.label or "") or ""), _LINE))
    sure = "contested" if certainty == "contested" else f"{certainty} confidence"
    name = f'<span style="color:{t.ink};font-size:15px"><b>{escape(str(row[table.x]))}: {shown(row.get(table.y), table.unit)}</b></span>'
    return f"{name}<br>{said}<br>{sure}"
