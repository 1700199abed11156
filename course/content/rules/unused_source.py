"""Rule: every source is used."""

from __future__ import annotations

from collections.abc import Iterable

from course.content.mentions import Target
from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, Severity


class UnusedSource(Rule):
    """Every entry of `references.yaml` is cited by a cell, a question, a claim, a figure or a glossary term."""

    code = "unused-source"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterable[Finding]:
        cited = {mention.id for mention in context.authored.mentions if mention.target is Target.REFERENCE}
        for key, reference in context.authored.references.items():
            if key not in cited:
                yield self.finding(f"nothing cites `{key}`", reference.place)
