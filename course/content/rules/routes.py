"""Rule: ways of taking a drug stand in clinicians' cells alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from course.content.clinical import ROUTE
from course.content.rules.base import Context, Rule, Waits, for_clinicians, written
from course.diagnostics import Finding

_HINTS: Final = (
    "snort", "insufflat", "sniff", "inject", "intravenous", "intramusc", "subcutan", "sublingual", "rectal", "booty", "boof", "smok", "swallow",
    "by mouth", "by needle", "the nose",
)  # fmt: skip


class Routes(Rule):
    """How a drug gets into the body ("injected", "snorted", "by mouth") stands only in cells of `audience: clinician`.

    In the lay view such words read as instruction. Where a route is no instruction, such as the name of a licensed
    product or a study's arm, silence the rule there and say so.
    """

    code = "routes"
    waits = Waits.FILE

    def check(self, context: Context) -> Iterable[Finding]:
        exempt = for_clinicians(context.authored)
        for found, place in written(context.authored, ROUTE, _HINTS):
            if not exempt.covers(place):
                hint = "move it to a cell of `audience: clinician`, or say it without the route"
                yield self.finding(f"`{found[0]}` is a way of taking a drug, and lay readers would see it", place, hint)
