"""Rule: a stem asks for what is so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, Severity

_NEGATIVE: Final = re.compile(
    r"\b(?:which|what|who|where|when)\b[^.?!]*\b(?:is|are|was|were|does|do|did|would|should|could|can|has|have)\b[^.?!,;]{0,30}\bnot\b[^.?!]*\?"
    r"|\bexcept\b(?: for)?[^.]{0,20}[?:]|\bleast (?:likely|true|fitting|accurate)\b|\b(?:is|are) (?:false|incorrect|untrue|wrong)\s*\?",
    re.IGNORECASE,
)


class NegativeStem(Rule):
    """A stem asks for what is so, never "which is not", "except" or "least likely".

    A negative is overread, and who finds the exception has not shown that they know the rule (Haladyna and colleagues 2002, 17).
    """

    code = "negative-stem"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterable[Finding]:
        for asked in context.asked:
            found = _NEGATIVE.search(asked.stem)
            if found:
                yield self.finding(f"the stem of `{asked.name}` asks for what is not so: `{found[0][-60:]}`", asked.at(), "turn it round")
