"""Rule for a release: no claim is past its review."""

from __future__ import annotations

from collections.abc import Iterable

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding


class ClaimReview(Rule):
    """A release states no claim whose `review_by` has passed."""

    code = "claim-review"
    release = True

    def check(self, context: Context) -> Iterable[Finding]:
        for claim in context.authored.claims.values():
            if claim.review_by is not None and claim.overdue(context.today):
                yield self.finding(f"the claim `{claim.id}` was to be reviewed by {claim.review_by.isoformat()}", claim.place)
