"""Rule: the blueprint plans for every objective."""

from __future__ import annotations

from collections.abc import Iterable

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, Severity


class ObjectiveUnplanned(Rule):
    """Where course.yaml holds a blueprint, it says for every objective how many questions are needed at which Bloom level."""

    code = "objective-unplanned"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterable[Finding]:
        head = context.authored.head
        for objective in context.authored.objectives.values() if head and head.blueprint else ():
            if head is not None and objective.id not in head.blueprint:
                yield self.finding(f"the blueprint in course.yaml leaves out `{objective.id}`", objective.place)
