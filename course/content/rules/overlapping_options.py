"""Rule: ranges do not overlap."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from typing import Final

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, Severity

_RANGE: Final = re.compile(
    r"\W*(?:from |between )?(?P<low>\d[\d,.]*)\s*(?P<unit>%|[A-Za-z]*)\s*(?:to|and|[-–—])\s*(?P<high>\d[\d,.]*)\s*(?:%|[A-Za-z /]{0,30})\.?\s*\Z"
)


class OverlappingOptions(Rule):
    """Options that are ranges of numbers do not overlap: "1 to 5" and "5 to 10" share the 5, so both may be right."""

    code = "overlapping-options"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterable[Finding]:
        for asked in context.asked:
            ranges = []
            for choice in asked.choices:
                found = _RANGE.match(choice.text) if choice.text[:40].strip() and any(c.isdigit() for c in choice.text) else None
                if found:
                    ranges.append((_number(found["low"]), _number(found["high"]), choice))
            ranges.sort(key=lambda r: r[:2])
            for (_, high, first), (low, _, second) in itertools.pairwise(ranges):
                if low <= high:
                    yield self.finding(f"`{second.text}` overlaps with `{first.text}`", asked.at_option(second))


def _number(text: str) -> float:
    return float(text.rstrip(".,").replace(",", "") or 0)
