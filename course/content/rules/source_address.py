"""Rule: a source can be found."""

from __future__ import annotations

from collections.abc import Iterable

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, Severity


class SourceAddress(Rule):
    """Every entry of `references.yaml` has a `doi` or a `url`, or a `note` that says how it was read.

    `doi` is written without https://doi.org/, `url` as an address.
    """

    code = "source-address"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterable[Finding]:
        for key, source in context.authored.references.items():
            if not (source.doi or source.url or source.note):
                yield self.finding(f"nobody can find `{key}`: it has no `doi`, no `url` and no `note`", source.place)
            if source.doi and not source.doi.startswith("10."):
                yield self.finding(f"`{source.doi}` is no DOI", source.place, "it begins with `10.`")
            if source.url and not source.url.startswith(("https://", "http://")):
                yield self.finding(f"`{source.url}` is no address", source.place)
