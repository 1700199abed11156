"""Rule: nobody learns here how to use a drug."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from course.content.rules.base import Context, Rule, written
from course.diagnostics import Finding

_ADVICE: Final = re.compile(
    r"(?i:(?<![-\w])(?:re-?dos(?:e|es|ed|ing)|top(?:ping)? up (?:the|your|a) (?:dose|high)|booster dose|come-?up|peak(?:s)? (?:of )?the (?:high|trip)|k-?hole\w*|"
    r"(?:a |small |big )?(?:bumps?|lines?) of (?:ketamine|k|powder)|test dose|start(?:ing)? (?:low|with a small)|go slow|"
    r"cook(?:ed|ing)? (?:it|the|ketamine|liquid)|dry(?:ing)? the liquid|crush(?:ed|ing)? (?:it|the)|safe(?:r)? (?:amount|dose)s?|threshold dose|"
    r"(?:mix|combine)(?:s|d|ing)? (?:it )?(?:well )?with (?:mdma|cocaine|cannabis|lsd|alcohol) (?:for|to)|chase the)(?![-\w]))"
)
_HINTS: Final = (
    "redos",
    "re-dos",
    "top up",
    "topping",
    "booster",
    "come-up",
    "comeup",
    "peak",
    "k-hole",
    "khole",
    "bumps of",
    "bump of",
    "line of",
    "lines of",
    "test dose",
    "start low",
    "starting low",
    "start with",
    "starting with",
    "go slow",
    "cook",
    "dry",
    "crush",
    "safe amount",
    "safer amount",
    "safe dose",
    "safer dose",
    "threshold dose",
    "mix",
    "combin",
    "chase",
)


class UseAdvice(Rule):
    """No text helps with use: no redosing, preparing, "safe amounts", lines, bumps or combinations, not even as a wrong option.

    Warnings in a health service's own words are right: do not mix, do not use alone, call for help.
    """

    code = "use-advice"

    def check(self, context: Context) -> Iterable[Finding]:
        for found, place in written(context.authored, _ADVICE, _HINTS):
            yield self.finding(f"`{found[0]}` reads as advice on use", place, "leave it out, or write the warning a health service gives")
