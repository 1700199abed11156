"""Small charts as vector drawings (SVG) for prints: columns, values with intervals, progress, marks on a plane.

Colours stand in the marks themselves, for readers without a stylesheet, and as classes, for those with one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

WIDTH: Final = 640
INK: Final = {
    "ink": "#16222A", "muted": "#50606A", "hair": "#D9E0E2", "accent": "#0B5C73", "context": "#9AA7AD", "highlight": "#C4510F",
}  # fmt: skip
"""The colours of the light theme."""
_FONT: Final = 13
_LONGEST: Final = 96
"""Letters of a name that fit on a line."""
_LABELS: Final = 8
_COLUMNS: Final = 160
_ROW: Final = 46
_AT_ONCE: Final = 14
"""Rows of a picture."""
_PLANE: Final = 220


@dataclass(frozen=True, slots=True)
class Picture:
    """`svg` is safe markup; `title` says the finding or what is drawn, `alt` the same as the drawing in words.

    `height`: of a drawing that is `WIDTH` wide.
    """

    svg: str
    height: float
    title: str
    alt: str


@dataclass(frozen=True, slots=True)
class Span:
    """A row: a value between `low` and `high`, each None when it is missing, and the same in words."""

    name: str
    value: float | None
    low: float | None
    high: float | None
    said: str
    highlight: bool = False


def columns(title: str, alt: str, bars: Sequence[tuple[str, int | None]], highlight: frozenset[int] = frozenset()) -> Picture:
    """A column a label with its count on top; None is not shown and says so by a dot."""
    top = max([count for _, count in bars if count is not None], default=0) or 1
    step = WIDTH / max(1, len(bars))
    every = -(-len(bars) // _LABELS)
    marks = [_line(0, 20 + _COLUMNS, WIDTH, 20 + _COLUMNS, "context")]
    for at, (label, count) in enumerate(bars):
        middle = (at + 0.5) * step
        height = _COLUMNS * (count or 0) / top
        if count is None:
            marks.append(_dot(middle, 16 + _COLUMNS, 2.5, "context"))
        elif count:
            marks.append(
                _box(at * step + step * 0.1, 20 + _COLUMNS - height, step * 0.8, height, "highlight" if at in highlight else "accent")
            )
            if len(bars) <= 2 * _LABELS:
                marks.append(_text(middle, 14 + _COLUMNS - height, str(count), "ink", "middle"))
        if (len(bars) - 1 - at) % every == 0:
            last = at == len(bars) - 1 and len(bars) > _LABELS
            marks.append(_text(WIDTH if last else middle, 38 + _COLUMNS, label, "muted", "end" if last else "middle"))
    return _picture(title, alt, 48 + _COLUMNS, marks)


def spans(title: str, rows: Sequence[Span], ticks: Sequence[tuple[float, str]], zero: float | None = None) -> tuple[Picture, ...]:
    """A row a value: its name above, then the value and its interval on one scale from the first tick to the last.

    None without rows; several where they would not fit on a page.
    """
    many = -(-len(rows) // _AT_ONCE)
    parts = [rows[at * len(rows) // many : (at + 1) * len(rows) // many] for at in range(many)]
    return tuple(_spans(title if at == 0 else f"{title}, continued", part, ticks, zero) for at, part in enumerate(parts))


def _spans(title: str, rows: Sequence[Span], ticks: Sequence[tuple[float, str]], zero: float | None) -> Picture:
    low, high = ticks[0][0], ticks[-1][0]
    height = _ROW * len(rows)

    def x(value: float) -> float:
        return 4 + (WIDTH - 130) * (min(max(value, low), high) - low) / (high - low)

    marks = [_line(x(at), 0, x(at), height, "hair") for at, _ in ticks]
    if zero is not None:
        marks.append(_line(x(zero), 0, x(zero), height, "context", dashed=True))
    for at, row in enumerate(rows):
        y, colour = _ROW * at + 34, "highlight" if row.highlight else "accent"
        marks.append(_text(0, y - 16, row.name, "ink"))
        if row.low is not None and row.high is not None:
            marks.append(_line(x(row.low), y, x(row.high), y, colour, width=3))
        if row.value is not None:
            marks.append(_dot(x(row.value), y, 5.5, colour))
        marks.append(_text(WIDTH, y + 4, row.said, "ink", "end"))
    marks += [_text(x(at), height + 18, label, "muted", "start" if at == low else "middle") for at, label in ticks]
    return _picture(title, "; ".join(f"{row.name}: {row.said}" for row in rows) + ".", height + 26, marks)


def progress(title: str, alt: str, rows: Sequence[tuple[str, int | None, int | None, str]], whole: int) -> Picture:
    """A row a name: how many of `whole` completed (full) and began (pale). None is not shown; the words stand beside it."""
    marks = []
    for at, (name, begun, done, said) in enumerate(rows):
        y, scale = _ROW * at + 24, (WIDTH - 160) / max(1, whole)
        marks += [_text(0, y - 6, name, "ink"), _box(0, y, WIDTH - 160, 12, "hair")]
        marks += [_box(0, y, scale * many, 12, colour) for many, colour in ((begun, "context"), (done, "accent")) if many]
        marks.append(_text(WIDTH, y + 11, said, "ink", "end"))
    return _picture(title, alt, _ROW * len(rows), marks)


def plane(title: str, alt: str, points: Sequence[tuple[float, float, bool]], across: str, up: str) -> Picture:
    """Marks by share (0 to 1, across) and correlation (-1 to 1, up); special ones are diamonds."""

    def place(share: float, r: float) -> tuple[float, float]:
        return 40 + (WIDTH - 50) * share, 24 + _PLANE * (1 - r) / 2

    marks = [_text(0, 12, up, "muted")]
    for level in (-1, 0, 1):
        y = place(0, level)[1]
        marks += [
            _line(40, y, WIDTH - 10, y, "hair" if level else "context", dashed=not level),
            _text(32, y + 4, f"{level}".replace("-", "−"), "muted", "end"),
        ]
    for share in (0, 0.25, 0.5, 0.75, 1):
        marks.append(_text(place(share, 0)[0], 42 + _PLANE, f"{share:.0%}", "muted", "end" if share == 1 else "middle"))
    for share, r, special in sorted(points, key=lambda point: point[2]):
        x, y = place(share, r)
        marks.append(_diamond(x, y, 7) if special else _dot(x, y, 5, "accent"))
    marks.append(_text(WIDTH / 2, 60 + _PLANE, across, "muted", "middle"))
    return _picture(title, alt, 66 + _PLANE, marks)


def _picture(title: str, alt: str, height: float, marks: Sequence[str]) -> Picture:
    said = escape(f"{title}. {alt}")
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" width="{WIDTH}" height="{height:g}" role="img" '
        f'aria-label="{said}">{"".join(marks)}</svg>'
    )
    return Picture(svg, height, title, alt)


def _box(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect class="p-{colour}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{INK[colour]}"/>'


def _dot(x: float, y: float, r: float, colour: str) -> str:
    return f'<circle class="p-{colour}" cx="{x:.1f}" cy="{y:.1f}" r="{r:g}" fill="{INK[colour]}"/>'


def _diamond(x: float, y: float, r: float) -> str:
    corners = ((x, y - r), (x + r, y), (x, y + r), (x - r, y))
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in corners)
    return f'<polygon class="p-highlight" points="{points}" fill="{INK["highlight"]}"/>'


def _line(x: float, y: float, to_x: float, to_y: float, colour: str, *, width: float = 1, dashed: bool = False) -> str:
    dashes = ' stroke-dasharray="2 4"' if dashed else ""
    return (
        f'<line class="s-{colour}" x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" stroke="{INK[colour]}" '
        f'stroke-width="{width:g}"{dashes}/>'
    )


def _text(x: float, y: float, text: str, colour: str, anchor: str = "start") -> str:
    cut = text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
    return (
        f'<text class="p-{colour}" x="{x:.1f}" y="{y:.1f}" font-family="Atkinson" font-size="{_FONT}" text-anchor="{anchor}" '
        f'fill="{INK[colour]}">{escape(cut)}</text>'
    )


def evenly(low: float, high: float, step: float) -> Iterator[float]:
    """Ticks at multiples of `step` that enclose everything from `low` to `high`."""
    at: float = step * (low // step)
    while at < high:
        yield at
        at += step
    yield at
