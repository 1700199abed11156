"""Rule: no option stands for the others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding

_OTHERS: Final = re.compile(
    r"(?:all|none|neither|both|any|some|several)(?: (?:one|two|three))? of (?:the|these|them)\b(?: (?:above|below|options|answers|others|choices|previous))?[.!]?"
    r"|(?:both|either|neither)? ?(?:options? )?[A-F](?: (?:and|or|nor) [A-F])+[.!]?|all|none|neither|both",
    re.IGNORECASE,
)


class AllOrNone(Rule):
    """No option says "all of the above", "none of these", "both" or "A and C".

    Two options that are surely right give "all" away, and shuffled options have no "above" (Haladyna and colleagues 2002, 25 and 26).
    """

    code = "all-or-none"

    def check(self, context: Context) -> Iterable[Finding]:
        for asked in context.asked:
            for choice in asked.choices:
                if len(choice.text) < 40 and _OTHERS.fullmatch(choice.text.strip()):
                    told = f"`{choice.text.strip()}` speaks of the other options, and they are shuffled"
                    yield self.finding(told, asked.at_option(choice), "write an option of its own, or ask with multiple_choice")
