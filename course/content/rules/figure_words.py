"""Rule: a chart can be read without seeing it, and checked."""

from __future__ import annotations

from collections.abc import Iterable

from course.content.rules.base import Context, Rule, cells
from course.diagnostics import Finding


class FigureWords(Rule):
    """Every figure has `alt`, the finding in numbers, and `cites` at least one source."""

    code = "figure-words"

    def check(self, context: Context) -> Iterable[Finding]:
        for _, cell in cells(context.authored):
            if cell.figure is None:
                continue
            if not cell.figure.alt.strip():
                yield self.finding(f"the figure `{cell.figure.name}` has no `alt`", cell.figure.written, "say the finding in numbers")
            if not cell.figure.cites:
                yield self.finding(f"the figure `{cell.figure.name}` cites no source", cell.figure.written)
