"""Rule: what is not known of a source is said."""

from __future__ import annotations

from collections.abc import Iterable

from course.content.rules.base import Context, Rule, Waits
from course.diagnostics import Finding, Severity


class SourceUnknown(Rule):
    """An article, a review, a book or a letter without authors or year carries `to_confirm: true`, and then a `note` says what is open.

    Nothing is invented: a gap stays a gap, and readers see that it is one.
    """

    code = "source-unknown"
    severity = Severity.WARNING
    waits = Waits.FILE

    def check(self, context: Context) -> Iterable[Finding]:
        for key, source in context.authored.references.items():
            signed = source.type in ("article", "review", "book", "chapter", "letter", "thesis")
            missing = [name for name, value in (("authors", source.authors), ("year", source.year)) if not value] if signed else []
            if missing and not source.to_confirm:
                told = f"`{key}` has no {' and no '.join(missing)}, and does not say that this is open"
                yield self.finding(told, source.place, "add `to_confirm: true`")
            if source.to_confirm and not source.note:
                yield self.finding(f"`{key}` is to be confirmed, and no `note` says what", source.place)
