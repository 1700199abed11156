"""Rule: every source is used."""

from __future__ import annotations

from collections.abc import Iterable

from course.content.mentions import Target
from course.content.rules.base import Context, Rule, Waits
from course.diagnostics import Finding, Severity
from course.simulation import SIMULATIONS, simulation


class UnusedSource(Rule):
    """Every entry of `references.yaml` is cited by a cell, a question, a claim, a figure, a glossary term or a simulation."""

    code = "unused-source"
    severity = Severity.WARNING
    waits = Waits.COURSE

    def check(self, context: Context) -> Iterable[Finding]:
        cited = {mention.id for mention in context.authored.mentions if mention.target is Target.REFERENCE}
        unused = [key for key in context.authored.references if key not in cited]
        models = {key for listed in SIMULATIONS for key in simulation(listed.name).sources} if unused else set()
        for key in unused:
            if key not in models:
                yield self.finding(f"nothing cites `{key}`", context.authored.references[key].place)
