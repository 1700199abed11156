"""Rule: a picture stands out from its ground."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final
from xml.etree import ElementTree

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding

_HEX: Final = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})\Z")
_TEXT: Final = 4.5
_LINE: Final = 3.0
_NAMED: Final = {"black": "#000000", "white": "#ffffff"}


class PictureContrast(Rule):
    """In an SVG of a question, words have a contrast of 4.5 to 1 with the ground, and the strongest line one of 3 to 1 (WCAG 2.2).

    The ground is the fill of the first rectangle, white when there is none. Colours are written as `#rgb` or `#rrggbb`.
    """

    code = "picture-contrast"

    def check(self, context: Context) -> Iterable[Finding]:
        authored = context.authored
        folders = {module.id: module.folder for module in authored.modules}
        modules = {quiz.id: quiz.module for quiz in authored.quizzes}
        for found in authored.questions:
            figure, folder = found.question.figure, folders.get(modules.get(found.quiz) or "")
            if figure is None or folder is None or not figure.src.endswith(".svg"):
                continue
            path = authored.root / folder / figure.src
            for fault in _faults(path.read_text(encoding="utf-8", errors="replace")) if path.is_file() else ():
                place = found.question.places.get("figure", found.question.place)
                yield self.finding(f"in `{figure.src}` {fault}", place, "use a darker or a lighter colour")


def _faults(text: str) -> Iterator[str]:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        yield "stands a document type, which is not read"
        return
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError:
        yield "the markup cannot be read"
        return
    first = next((node for node in root.iter() if node.tag.rpartition("}")[2] == "rect"), None)
    ground = _colour(first.get("fill", "")) if first is not None else None
    ground = ground or "#ffffff"
    lines = [colour for node in root.iter() if node is not first and (colour := _colour(node.get("stroke", "")))]
    if lines and max(contrast(colour, ground) for colour in lines) < _LINE:
        best = max(lines, key=lambda colour: contrast(colour, ground))
        yield f"even the strongest line, {best}, has a contrast of {contrast(best, ground):.1f} to 1 with {ground}"
    for node in root.iter():
        colour = _colour(node.get("fill", "")) if node.tag.rpartition("}")[2] in ("text", "tspan") else None
        if colour and contrast(colour, ground) < _TEXT:
            yield f"words in {colour} have a contrast of {contrast(colour, ground):.1f} to 1 with {ground}"


def _colour(text: str) -> str | None:
    """`#rrggbb`, or None when the text is no plain colour."""
    text = _NAMED.get(text.strip().lower(), text.strip())
    if not _HEX.match(text):
        return None
    return "#" + "".join(c * 2 for c in text[1:]) if len(text) == 4 else text


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two colours `#rrggbb`, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
