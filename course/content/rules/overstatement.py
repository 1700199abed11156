"""Rule: a text claims no more than its source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, Severity

_STRONG: Final = re.compile(
    r"\b(?:prove[sdn]?|proof (?:that|of)|undoubtedly|without (?:a )?doubt|guarantee[sd]?|miracle|breakthrough|game[- ]changer|"
    r"clearly (?:shows?|proves?|demonstrates?)|it is (?:well )?known that|obviously|of course)\b",
    re.IGNORECASE,
)
_DENIED: Final = re.compile(
    r"\b(?:not|no|none|nor|neither|never|cannot|without|nothing|n[’']t|nobody|little|than|short of|far from)\b[^.!?]{0,60}\Z", re.IGNORECASE
)


class Overstatement(Rule):
    """A notebook does not say that a study "proves" something, nor "undoubtedly", "breakthrough" or "of course".

    Studies support a statement or speak against it. Denials ("does not prove") and quoted words are left alone.
    """

    code = "overstatement"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterable[Finding]:
        for passage in context.passages:
            for found in _STRONG.finditer(passage.words):
                before = passage.words[: found.start()]
                if not _DENIED.search(before) and before.count('"') % 2 == 0 and before.count("“") == before.count("”"):
                    yield self.finding(f"`{found[0]}` says more than a study can", passage.place, "say what was found, and in whom")
