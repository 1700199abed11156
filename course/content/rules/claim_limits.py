"""Rule: a claim says how far it goes."""

from __future__ import annotations

from collections.abc import Iterable

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, Severity


class ClaimLimits(Rule):
    """A claim cites a source and has `as_of` and `review_by`; one that is `partly-checked` has `limits`."""

    code = "claim-limits"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterable[Finding]:
        for claim in context.authored.claims.values():
            if not claim.cites:
                yield self.finding(f"the claim `{claim.id}` rests on no source", claim.place)
            for key, value in (("as_of", claim.as_of), ("review_by", claim.review_by)):
                if value is None:
                    yield self.finding(f"the claim `{claim.id}` has no `{key}`", claim.place)
            if claim.status != "checked" and not claim.limits:
                yield self.finding(f"the claim `{claim.id}` is {claim.status}, and no `limits` say how far it goes", claim.place)
