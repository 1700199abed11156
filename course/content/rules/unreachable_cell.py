"""Rule: every cell can be reached."""

from __future__ import annotations

from collections.abc import Iterable

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding
from course.learning.outline import CellKind


class UnreachableCell(Rule):
    """No cell stands after the module's checkpoint, and what a lay reader is sent to is no cell for clinicians.

    The checkpoint ends a notebook. A wrong answer sends the learner to the cell that its misconception names; a cell of
    `audience: clinician` is not there for most of them.
    """

    code = "unreachable-cell"

    def check(self, context: Context) -> Iterable[Finding]:
        authored = context.authored
        hidden: set[str] = set()
        for module in authored.modules:
            hidden.update(f"{module.id}#{cell.id}" for cell in module.cells if cell.clinician)
            ends = [number for number, cell in enumerate(module.cells) if cell.kind is CellKind.CHECKPOINT]
            for cell in module.cells[ends[0] + 1 :] if ends else ():
                yield self.finding(f"`{cell.id}` stands after the checkpoint, which ends the module", cell.place, "move it up")
        for misconception in authored.misconceptions.values():
            if misconception.cell in hidden:
                told = f"`{misconception.cell}` is for clinicians, so a lay reader cannot be sent there"
                yield self.finding(told, misconception.place)
