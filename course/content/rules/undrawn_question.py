"""Rule: every question can be asked."""

from __future__ import annotations

from collections.abc import Iterable

from course.content.rules.base import Context, Rule, Waits
from course.content.rules.pools import unknown_ids
from course.diagnostics import Finding, Severity


class UndrawnQuestion(Rule):
    """In a quiz with pools, every question that the quiz defines fits one of them; otherwise nobody is ever asked it."""

    code = "undrawn-question"
    severity = Severity.WARNING
    waits = Waits.FILE

    def check(self, context: Context) -> Iterable[Finding]:
        for quiz in context.authored.quizzes:
            if not quiz.policy.draw or any(unknown_ids(quiz, draw) for draw in quiz.policy.draw):
                continue
            ids = {name for draw in quiz.policy.draw for name in draw.ids}
            tags = {name for draw in quiz.policy.draw for name in draw.tags}
            objectives = {name for draw in quiz.policy.draw for name in draw.objectives}
            for question in (entry.question for entry in quiz.entries if entry.origin == quiz.id):
                if question.id not in ids and question.objective not in objectives and not tags.intersection(question.tags):
                    told = f"no pool of `{quiz.id}` draws `{question.id}`, so it is never asked"
                    yield self.finding(told, question.places.get("id", question.place))
