"""Rule: over the bank true and false are about as frequent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, Severity

_ENOUGH: Final = 12
_LEAST: Final = 0.3


class TrueShare(Rule):
    """Over all true-or-false questions, 30 to 70 % of the statements are true (judged from 12 questions on)."""

    code = "true-share"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterable[Finding]:
        found = [authored.question for authored in context.authored.questions if authored.question.type == "true_false"]
        true = sum(bool(question.body) for question in found)
        if len(found) >= _ENOUGH and not _LEAST <= true / len(found) <= 1 - _LEAST:
            told = f"{true} of {len(found)} true-or-false statements are true"
            yield self.finding(told, found[0].places.get("answer", found[0].place), "turn some of them round")
