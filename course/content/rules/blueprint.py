"""Rule: the blueprint is met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from course.content.rules.base import Context, Rule, Waits
from course.diagnostics import Finding, Severity


class Blueprint(Rule):
    """For every objective the quizzes hold as many questions at each Bloom level as the blueprint in course.yaml asks for."""

    code = "blueprint"
    severity = Severity.WARNING
    waits = Waits.COURSE

    def check(self, context: Context) -> Iterable[Finding]:
        head = context.authored.head
        counts = Counter((found.question.objective, found.question.bloom) for found in context.authored.defined.values())
        for objective, levels in head.blueprint.items() if head else ():
            for level, wanted in levels.items():
                have = counts[objective, level]
                known = context.authored.objectives.get(objective)
                if known is not None and have < wanted:
                    told = f"the blueprint asks for {wanted} at the level `{level}` on `{objective}`, the quizzes hold {have}"
                    yield self.finding(told, known.place)
