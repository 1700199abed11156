"""Rule: every misconception is a wrong answer somewhere."""

from __future__ import annotations

from collections.abc import Iterable

from course.content.mentions import Target
from course.content.rules.base import Context, Rule, Waits
from course.diagnostics import Finding, Severity


class UnusedMisconception(Rule):
    """Every entry of `misconceptions.yaml` is named by an option of a question; one that is not can never be noticed."""

    code = "unused-misconception"
    severity = Severity.WARNING
    waits = Waits.COURSE

    def check(self, context: Context) -> Iterable[Finding]:
        authored = context.authored
        named = {mention.id for mention in authored.mentions if mention.target is Target.MISCONCEPTION}
        for misconception in authored.misconceptions.values():
            if misconception.id not in named:
                yield self.finding(f"no option stands for the misconception `{misconception.id}`", misconception.place)
