"""Rule: over the bank the place of an option says nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, Severity

_ENOUGH: Final = 20
_MOST: Final = 1.8
_LEAST: Final = 0.4


class KeyPosition(Rule):
    """Over all single-choice questions with as many options, the key stands in every place about as often as in the others.

    From 20 questions on, no place holds more than 1.8 times or less than 0.4 times its share. Options are shuffled for
    most learners; prints, exports and quizzes without shuffling show the authored order.
    """

    code = "key-position"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterable[Finding]:
        single = [asked for asked in context.asked if not asked.several and asked.keys]
        for size in sorted({len(asked.choices) for asked in single}):
            alike = [asked for asked in single if len(asked.choices) == size]
            places = Counter(asked.choices.index(asked.keys[0]) for asked in alike)
            share = len(alike) / size
            for place in range(size) if len(alike) >= _ENOUGH else ():
                if not _LEAST * share <= places[place] <= _MOST * share:
                    told = f"of {len(alike)} questions with {size} options, {places[place]} have their key in place {place + 1}"
                    yield self.finding(told, alike[0].at(), f"about {share:.0f} would be even; move some keys")
