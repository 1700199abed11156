"""Rule: there are neither too few options nor too many."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, Severity

_LEAST: Final = 3
_MOST: Final = 7
_MOST_OF_ONE: Final = 5


class OptionCount(Rule):
    """A question with one key has three to five options, one with several three to seven.

    With two, half of those who guess are right; beyond five, distractors seldom work (Rodriguez 2005).
    """

    code = "option-count"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterable[Finding]:
        for asked in context.asked:
            count, most = len(asked.choices), _MOST if asked.several else _MOST_OF_ONE
            if not _LEAST <= count <= most:
                yield self.finding(f"`{asked.name}` has {count} options; {_LEAST} to {most} work", asked.at("options"))
