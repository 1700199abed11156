"""Rule: every claim is made somewhere."""

from __future__ import annotations

from collections.abc import Iterable

from course.content.mentions import Target
from course.content.rules.base import Context, Rule, Waits
from course.diagnostics import Finding, Severity


class UnusedClaim(Rule):
    """Every entry of `claims.yaml` is what an evidence cell or a figure shows, or rests on a source that a cell or question cites.

    A claim whose sources appear nowhere is one that the course does not make.
    """

    code = "unused-claim"
    severity = Severity.WARNING
    waits = Waits.COURSE

    def check(self, context: Context) -> Iterable[Finding]:
        mentions = context.authored.mentions
        shown = {m.id for m in mentions if m.target is Target.CLAIM}
        cited = {m.id for m in mentions if m.target is Target.REFERENCE and (m.owner.cell or m.owner.question)}
        for claim in context.authored.claims.values():
            if claim.id not in shown and not cited.intersection(claim.cites):
                yield self.finding(f"nothing in the course rests on the claim `{claim.id}`", claim.place)
