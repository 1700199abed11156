"""Rule: what is promised is asked."""

from __future__ import annotations

from collections.abc import Iterable

from course.content.rules.base import Context, Rule, Waits
from course.diagnostics import Finding, Severity


class ObjectiveUnasked(Rule):
    """Every objective has at least one question; without one nobody learns whether it was reached."""

    code = "objective-unasked"
    severity = Severity.WARNING
    waits = Waits.COURSE

    def check(self, context: Context) -> Iterable[Finding]:
        asked = {authored.question.objective for authored in context.authored.questions}
        for objective in context.authored.objectives.values():
            if objective.id not in asked:
                yield self.finding(f"no question asks for the objective `{objective.id}`", objective.place)
