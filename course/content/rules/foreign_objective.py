"""Rule: a module's quiz asks for that module's objectives."""

from __future__ import annotations

from collections.abc import Iterable

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding


class ForeignObjective(Rule):
    """In a quiz with a `module`, every question that it defines is on one of that module's objectives.

    Progress and mastery are shown by module. A quiz over several modules leaves `module` out.
    """

    code = "foreign-objective"

    def check(self, context: Context) -> Iterable[Finding]:
        authored = context.authored
        modules = {module.id for module in authored.modules}
        for quiz in authored.quizzes:
            for entry in quiz.entries if quiz.module in modules else ():
                question = entry.question
                objective = authored.objectives.get(question.objective or "")
                if entry.origin == quiz.id and objective is not None and objective.module != quiz.module:
                    told = f"`{objective.id}` is an objective of `{objective.module}`, this quiz belongs to `{quiz.module}`"
                    yield self.finding(told, question.places["objective"])
