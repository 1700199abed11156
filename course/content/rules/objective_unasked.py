"""Rule: what is promised is asked."""

from __future__ import annotations

from collections.abc import Iterable

from course.content.mentions import Target
from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, Severity


class ObjectiveUnasked(Rule):
    """Every objective has at least one question; without one nobody learns whether it was reached."""

    code = "objective-unasked"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterable[Finding]:
        if context.authored.broken or Target.QUESTION in context.authored.blind:
            return
        asked = {authored.question.objective for authored in context.authored.questions}
        for objective in context.authored.objectives.values():
            if objective.id not in asked:
                yield self.finding(f"no question asks for the objective `{objective.id}`", objective.place)
