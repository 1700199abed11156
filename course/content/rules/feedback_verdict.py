"""Rule: feedback does not contradict the key."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding

_YES: Final = re.compile(r"\s*(?:yes|right|correct|exactly|well done|true)\b(?!\s*,?\s*but)[.,;:! ]", re.IGNORECASE)
_NO: Final = re.compile(r"\s*(?:no|wrong|incorrect|not quite|false|sorry)\b[.,;:! ]", re.IGNORECASE)


class FeedbackVerdict(Rule):
    """The feedback of a wrong option does not begin with "Yes", that of a right one not with "No".

    One of the two was copied to the wrong option, or the key is wrong.
    """

    code = "feedback-verdict"

    def check(self, context: Context) -> Iterable[Finding]:
        for asked in context.asked:
            for choice in asked.choices:
                found = (_NO if choice.correct else _YES).match(choice.feedback)
                if found and not asked.several:
                    side = "right" if choice.correct else "wrong"
                    told = f"`{choice.id}` is {side}, and its feedback begins with `{found[0].strip()}`"
                    yield self.finding(told, asked.at_option(choice, "feedback"))
