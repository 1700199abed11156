"""Rule: nothing is asked of a case that it does not do."""

from __future__ import annotations

from collections.abc import Iterable

from course.content.rules.base import Context, Rule, cells
from course.diagnostics import Finding, Severity, did_you_mean
from course.learning.telling import parts_of


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
                yield self.finding(f"`{found.question.id}` has no part `{stage}`", cell.place, hint)
            else:
                yield self.finding("a case is told from its first part on, whatever `:stage:` says", cell.place, "leave `:stage:` out")
