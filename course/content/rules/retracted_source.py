"""Rule for a release: no retracted source is cited."""

from __future__ import annotations

from collections.abc import Iterable

from course.content.mentions import Target
from course.content.rules.base import Context, Rule
from course.diagnostics import Finding


class RetractedSource(Rule):
    """A release cites no source that carries `retracted: true`."""

    code = "retracted-source"
    release = True

    def check(self, context: Context) -> Iterable[Finding]:
        for mention in context.authored.mentions:
            reference = context.authored.references.get(mention.id) if mention.target is Target.REFERENCE else None
            if reference is not None and reference.retracted:
                yield self.finding(f"`{reference.key}` has been retracted", mention.place)
