"""Rule: nothing is asked of a case that it does not do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from course.content.model import Cell
from course.content.rules.base import Context, Rule, cells
from course.diagnostics import Finding, Place, Severity, did_you_mean
from course.learning.telling import parts_of

_WRITTEN: Final = re.compile(r"\s*:stage:\s*")


class CaseStage(Rule):
    """No `{case}` names a `:stage:`.

    A case is told from its first part to its last in one cell, and each answer is fixed before the next part is told. One
    part in a cell of its own would stand without what came before it, so the option changes nothing.
    """

    code = "case-stage"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterable[Finding]:
        for _, cell in cells(context.authored):
            stage, found = cell.options.get("stage"), context.authored.defined.get(cell.question or "")
            if stage is None or found is None:
                continue
            parts = parts_of(found.question)
            if stage not in parts:
                hint = did_you_mean(stage, parts) or "leave `:stage:` out"
                yield self.finding(f"`{found.question.id}` has no part `{stage}`", _place(context, cell), hint)
            else:
                told = "a case is told from its first part on, whatever is said here"
                yield self.finding(told, _place(context, cell), "leave `:stage:` out")


def _place(context: Context, cell: Cell) -> Place:
    """Where the option's value is written."""
    source, first = context.authored.sources.get(cell.place.path), cell.place.line or 1
    for number, line in enumerate(source.lines[first:] if source is not None else (), first + 1):
        if found := _WRITTEN.match(line):
            return Place(cell.place.path, number, found.end() + 1)
    return cell.place
