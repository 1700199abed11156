"""Rule: a question id belongs to one question."""

from __future__ import annotations

from collections.abc import Iterable

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding


class DuplicateQuestion(Rule):
    """Question ids are unique over all quizzes, as answers and statistics are kept by them.

    To ask the same question in a second quiz, bring it with `- use: quiz-id/question-id`.
    """

    code = "duplicate-question"

    def check(self, context: Context) -> Iterable[Finding]:
        for authored in context.authored.questions:
            first = context.authored.defined[authored.question.id]
            if first is not authored:
                hint = f"bring it with `use: {first.quiz}/{first.question.id}`, or give this one its own id"
                yield self.finding(
                    f"`{authored.question.id}` is already a question of `{first.quiz}`", authored.question.places["id"], hint
                )
