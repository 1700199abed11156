"""Rule: a picture can be understood without seeing it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from course.content.rules.base import Context, Rule, cells, written
from course.diagnostics import Finding

_IMAGE: Final = re.compile(r"!\[(?P<alt>[^\]]*)\]")
_WORDS: Final = 3


class PictureWords(Rule):
    """Every picture has its words: at least three in `![...]` and in the `alt` of a question's figure, and a number in a chart's `alt`.

    They are what a screen reader says, and what is there when the picture does not load.
    """

    code = "picture-words"

    def check(self, context: Context) -> Iterable[Finding]:
        for found, place in written(context.authored, _IMAGE, ("![",)):
            if len(found["alt"].split()) < _WORDS:
                yield self.finding("this picture has no words in its brackets", place, "say what it shows")
        for authored in context.authored.questions:
            figure = authored.question.figure
            if figure is not None and len(figure.alt.split()) < _WORDS:
                place = authored.question.places.get("figure", authored.question.place)
                yield self.finding(f"`{figure.alt}` does not say what the picture shows", place, "say what it shows")
        for _, cell in cells(context.authored):
            if cell.figure is not None and cell.figure.alt and not any(c.isdigit() for c in cell.figure.alt):
                yield self.finding(
                    f"the `alt` of the figure `{cell.figure.name}` holds no number", cell.figure.written, "say the finding in numbers"
                )
