"""A question asked in place. A case is worked stage by stage here too."""

from __future__ import annotations

from course.services.study.views import CellView, ModuleView
from course.ui.cells import case
from course.ui.components import practised, staged
from course.ui.visit import Visit

head = practised.head


def draw(visit: Visit, view: ModuleView, cell: CellView) -> None:
    if cell.practice is not None and staged.stages(cell.practice.again.controls):
        case.draw(visit, view, cell)
    else:
        practised.ask(visit, view, cell, "Check the answer", head(visit, cell))
