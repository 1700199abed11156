"""Rule: over the bank the length of an option says nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, Severity

_ENOUGH: Final = 20
_LEAST: Final = 0.10
_MOST: Final = 0.45


class KeyLength(Rule):
    """Over all single-choice questions, the key is the longest option in 10 to 45 % of them (judged from 20 questions on).

    Who has noticed that the longest option is often right, or never, needs to know less.
    """

    code = "key-length"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterable[Finding]:
        single = [asked for asked in context.asked if not asked.several and asked.keys and asked.distractors]
        if len(single) < _ENOUGH:
            return
        longest = sum(len(asked.keys[0].text) > max(len(choice.text) for choice in asked.distractors) for asked in single)
        if not _LEAST <= longest / len(single) <= _MOST:
            told = f"the key is the longest option in {longest} of {len(single)} questions; by chance it would be in about one of four"
            yield self.finding(told, single[0].at(), "lengthen or shorten some keys, in whichever quiz")
