"""Rule: every word of the glossary is used."""

from __future__ import annotations

from collections.abc import Iterable

from course.content.mentions import Target
from course.content.rules.base import Context, Rule, Waits
from course.diagnostics import Finding, Severity


class UnusedTerm(Rule):
    """Every term of `glossary.yaml` is linked from a text with {term}; one that nothing leads to is read by nobody."""

    code = "unused-term"
    severity = Severity.WARNING
    waits = Waits.COURSE

    def check(self, context: Context) -> Iterable[Finding]:
        authored = context.authored
        found = (authored.lookup.term(mention.id) for mention in authored.mentions if mention.target is Target.TERM)
        linked = {term.id for term in found if term is not None}
        for term in authored.glossary:
            if term.id not in linked:
                yield self.finding(f"nothing links to `{term.term}`", term.place, "link it with {term}, or delete it")
