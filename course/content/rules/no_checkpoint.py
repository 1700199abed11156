"""Rule: a module can be completed."""

from __future__ import annotations

from collections.abc import Iterable

from course.content.rules.base import Context, Rule, Waits
from course.diagnostics import Finding, Severity
from course.learning.outline import CellKind


class NoCheckpoint(Rule):
    """Every module has one {checkpoint} cell: it is completed by passing it, so with none it never is."""

    code = "no-checkpoint"
    severity = Severity.WARNING
    waits = Waits.FILE

    def check(self, context: Context) -> Iterable[Finding]:
        for module in context.authored.modules:
            ends = [cell for cell in module.cells if cell.kind is CellKind.CHECKPOINT]
            if not ends:
                yield self.finding(f"`{module.id}` has no checkpoint, so nobody can complete it", module.place)
            for cell in ends[1:]:
                yield self.finding(f"`{module.id}` has a second checkpoint here", cell.place, "a module has one")
