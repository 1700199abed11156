"""Rule: amounts of a drug stand in clinicians' cells alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from course.content.clinical import AMOUNT
from course.content.rules.base import Context, Rule, Waits, for_clinicians, written
from course.diagnostics import Finding

_HINTS: Final = ("mg", "gram", "mcg", "µg", "μg", "0g", "5g", " g ", " g.", " g,", "\u00a0g", "unit: g")


class ClinicalDose(Rule):
    """Amounts such as "50 mg", "0.5 mg/kg" or "2 g" stand only in cells of `audience: clinician`, and in what only those show.

    Lay readers get relative curves: an amount reads as advice. Concentrations in blood ("ng/mL") are no amounts.
    """

    code = "clinical-dose"
    waits = Waits.FILE

    def check(self, context: Context) -> Iterable[Finding]:
        exempt = for_clinicians(context.authored)
        for found, place in written(context.authored, AMOUNT, _HINTS):
            if not exempt.covers(place):
                hint = "move it to a cell of `audience: clinician`, or say it without the amount"
                yield self.finding(f"`{found[0]}` is an amount, and lay readers would see it", place, hint)
