"""Rule: what a newer source replaces says why it still stands."""

from __future__ import annotations

from collections.abc import Iterable

from course.content.mentions import Target
from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, Severity


class SupersededSource(Rule):
    """A source with `superseded_by` has a `note` on what still rests on it, and the course cites the newer one as well.

    `python -m course check --claims` lists every sentence and key that leans on the older one.
    """

    code = "superseded-source"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterable[Finding]:
        authored = context.authored
        cited = {m.id for m in authored.mentions if m.target is Target.REFERENCE and (m.owner.cell or m.owner.question)}
        for key, source in authored.references.items():
            newer = authored.references.get(source.superseded_by)
            if newer is None:
                continue
            if not source.note:
                yield self.finding(f"`{key}` is superseded, and no `note` says what still rests on it", source.place)
            if key in cited and newer.key not in cited:
                told = f"the course cites `{key}` and not `{newer.key}`, which supersedes it"
                yield self.finding(told, source.place, "read the newer one, and cite it where it says the same")
            if newer.superseded_by or newer.retracted:
                yield self.finding(f"`{newer.key}`, which supersedes `{key}`, does not stand itself", source.place)
