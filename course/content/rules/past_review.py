"""Rule: modules are reviewed in time."""

from __future__ import annotations

from collections.abc import Iterable

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, Severity


class PastReview(Rule):
    """A module's `review_by` lies in the future: its facts are gone through again before then."""

    code = "past-review"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterable[Finding]:
        for module in context.authored.modules:
            if module.review_by is not None and module.review_by < context.today:
                told = f"`{module.id}` was to be reviewed by {module.review_by.isoformat()}"
                yield self.finding(told, module.place, "go through it, then move `reviewed_on` and `review_by`")
