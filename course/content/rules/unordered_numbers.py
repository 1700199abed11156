"""Rule: numbers stand in order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, Severity

_NUMBER: Final = re.compile(r"\W*(?:about |around |under |over |some )?(?P<number>\d[\d,.]*)(?P<rest>[^\d]{0,25})\Z", re.IGNORECASE)
_LEAST: Final = 3


class UnorderedNumbers(Rule):
    """Options that are all numbers stand in order, rising or falling, so that nobody has to search among them.

    Options are shuffled on screen unless the quiz says `shuffle: {options: false}`; prints and exports keep the authored order.
    """

    code = "unordered-numbers"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterable[Finding]:
        for asked in context.asked:
            if len(asked.choices) < _LEAST or not any(c.isdigit() for c in asked.choices[0].text):
                continue
            found = [_NUMBER.match(choice.text) for choice in asked.choices]
            if not all(found) or len({match["rest"].strip(" .") for match in found if match}) > 1:
                continue
            numbers = [float(match["number"].rstrip(".,").replace(",", "")) for match in found if match]
            if numbers not in (sorted(numbers), sorted(numbers, reverse=True)):
                shown = ", ".join(choice.text for choice in asked.choices)
                yield self.finding(f"the numbers of `{asked.name}` are out of order: {shown}", asked.at("options"))
