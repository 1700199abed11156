"""Note, warning and support: text beside a rule in the margin."""

from __future__ import annotations

from course.services.study.views import CellView
from course.ui.components.markup import block
from course.ui.components.prose import prose
from course.ui.visit import Visit


def markup(visit: Visit, cell: CellView) -> str:
    return f'<div role="note" class="k-callout k-{cell.cell.kind.value}">{block(prose(cell.cell.body, visit.catalogue))}</div>'
