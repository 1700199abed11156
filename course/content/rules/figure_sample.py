"""Rule: a chart says who, where and when."""

from __future__ import annotations

from collections.abc import Iterable

from course.content.rules.base import Context, Rule, cells
from course.diagnostics import Finding


class FigureSample(Rule):
    """Every figure has `year`, `place` and `n` (or words for it): a number without its sample is read as true of everybody."""

    code = "figure-sample"

    def check(self, context: Context) -> Iterable[Finding]:
        for _, cell in cells(context.authored):
            figure = cell.figure
            if figure is None:
                continue
            given = {"year": figure.year, "place": figure.place, "n": "" if figure.n is None else str(figure.n)}
            for key in [key for key, value in given.items() if not value.strip()]:
                yield self.finding(
                    f"the figure `{figure.name}` has no `{key}`", figure.written, "write it, or that the source does not say"
                )
