"""Rule: an objective has enough questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from course.content.rules.base import Context, Rule, Waits
from course.diagnostics import Finding

LEAST: Final = 5
"""Five right answers to medium questions are the fewest that can show mastery."""


class ObjectiveThin(Rule):
    """Every objective that is asked for has at least five questions, all quizzes counted together, each question once.

    With fewer nobody can be shown to have mastered it, and review soon asks the same question again.
    """

    code = "objective-thin"
    waits = Waits.COURSE

    def check(self, context: Context) -> Iterable[Finding]:
        authored = context.authored
        counts = Counter(found.question.objective for found in authored.defined.values())
        for objective in authored.objectives.values():
            if 0 < counts[objective.id] < LEAST:
                told = f"`{objective.id}` has {counts[objective.id]} of the {LEAST} questions that it takes to show mastery"
                yield self.finding(told, objective.place, "write more in the module's quizzes")
