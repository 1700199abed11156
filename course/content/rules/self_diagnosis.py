"""Rule: nobody is invited to judge themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from course.content.rules.base import Context, Rule, written
from course.diagnostics import Finding

_YOU: Final = re.compile(
    r"(?i:(?<![-\w])(?:are you (?:\w+ )?(?:addicted|dependent)|you (?:probably |may |might )?(?:have|meet) (?:an? |the )?(?:\w+ ){0,2}(?:disorder|criteria|addiction)|"
    r"you are (?:probably )?(?:addicted|dependent)|your (?:own )?score (?:means|shows|says)|(?:count|tick|check) (?:your|how many) (?:own )?(?:criteria|of these (?:apply|fit))|"
    r"(?:test|diagnose|screen) yourself|do you (?:have|meet) (?:an? |any |two )?(?:\w+ )?(?:disorder|criteria)|if you (?:ticked|scored|answered yes))(?![-\w]))"
)
_HINTS: Final = ("are you", "you ", "your ", "yourself", "how many")


class SelfDiagnosis(Rule):
    """No text invites readers to rate themselves: criteria are counted for fictional people, and a score is no screening result."""

    code = "self-diagnosis"

    def check(self, context: Context) -> Iterable[Finding]:
        for found, place in written(context.authored, _YOU, _HINTS):
            yield self.finding(f"`{found[0]}` asks readers to diagnose themselves", place, "ask about a fictional person")
