"""Rule: a doubtful claim is shown with its doubt."""

from __future__ import annotations

from collections.abc import Iterable

from course.content.rules.base import Context, Rule, cells
from course.diagnostics import Finding
from course.learning.outline import CellKind


class EvidenceCaveat(Rule):
    """An {evidence} cell on a claim that is not of high confidence has a second paragraph: what speaks against it, or what is open."""

    code = "evidence-caveat"

    def check(self, context: Context) -> Iterable[Finding]:
        claims = context.authored.claims
        for _, cell in cells(context.authored):
            claim = claims.get(cell.claim or "")
            if cell.kind is CellKind.EVIDENCE and claim is not None and claim.confidence != "high" and "\n\n" not in cell.body.strip():
                told = f"`{claim.id}` is of {claim.confidence} confidence, and this cell does not say what is open"
                yield self.finding(told, cell.place, "add a paragraph")
