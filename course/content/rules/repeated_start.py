"""Rule: what all options share stands in the stem."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, Severity

_WORDS: Final = 4


class RepeatedStart(Rule):
    """Options do not all begin with the same four words; what they share belongs into the stem, where it is read once."""

    code = "repeated-start"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterable[Finding]:
        for asked in context.asked:
            starts = {tuple(choice.text.lower().split(maxsplit=_WORDS)[:_WORDS]) for choice in asked.choices}
            if len(starts) == 1 and len(next(iter(starts))) == _WORDS:
                shared = " ".join(asked.choices[0].text.split()[:_WORDS])
                yield self.finding(f"every option of `{asked.name}` begins with `{shared}`", asked.at("options"), "move it into the stem")
