"""Rule: nobody learns here where to get a drug."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from course.content.rules.base import Context, Rule, written
from course.diagnostics import Finding

_SOURCING: Final = re.compile(
    r"(?i:(?<![-\w])(?:(?:drug )?dealers?|dark ?(?:net|web)|crypto ?markets?|street (?:price|value)s?|(?:price|cost)s? (?:per|a) (?:gram|bag|vial)|"
    r"(?:buy|bought|order|score|get hold of|obtain)(?:ed|ing|s)? (?:ketamine|drugs|some)|where to (?:buy|get) (?:it|ketamine)|telegram|snapchat|"
    r"£ ?\d+ (?:per|a) gram|\d+ (?:pounds|dollars|euros) (?:per|a) gram)(?![-\w]))"
)
_HINTS: Final = (
    "dealer",
    "dark net",
    "darknet",
    "dark web",
    "darkweb",
    "crypto",
    "street ",
    "per gram",
    "a gram",
    "per bag",
    "a bag",
    "vial",
    "buy",
    "bought",
    "order ketamine",
    "order drugs",
    "order some",
    "ordered",
    "ordering",
    "orders ",
    "score ketamine",
    "score drugs",
    "score some",
    "scored ",
    "scoring ",
    "scores ",
    "get hold",
    "to get ",
    "obtain",
    "telegram",
    "snapchat",
)


class Sourcing(Rule):
    """No text says where a drug is sold or what it costs: no dealers, markets, prices or services by name, not even as a wrong option."""

    code = "sourcing"

    def check(self, context: Context) -> Iterable[Finding]:
        for found, place in written(context.authored, _SOURCING, _HINTS):
            yield self.finding(f"`{found[0]}` speaks of getting the drug", place, "say what it means for health, or leave it out")
