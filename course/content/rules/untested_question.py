"""Rule: a question says how it is graded."""

from __future__ import annotations

from collections.abc import Iterable

from course.content.rules.base import Context, Rule, Waits
from course.diagnostics import Finding, Severity


class UntestedQuestion(Rule):
    """A question of a graded quiz has `tests`: at least one response that scores in full and one that scores less.

    They show that the key is what its author meant, and that it stays so. Types that are not scored, and essays, need none.
    """

    code = "untested-question"
    severity = Severity.WARNING
    waits = Waits.FILE

    def check(self, context: Context) -> Iterable[Finding]:
        for found in context.authored.questions:
            question = found.question
            if question.type in ("likert", "essay"):
                continue
            scores = [test.score for test in question.tests if test.score is not None]
            if not any(score >= 1 for score in scores):
                told = f"no test of `{question.id}` shows a response that scores in full"
            elif not any(score < 1 for score in scores):
                told = f"no test of `{question.id}` shows a response that scores less"
            else:
                continue
            yield self.finding(told, question.places.get("tests") or question.places.get("id", question.place))
