"""A chart with its finding, what is plotted, its sources and its table."""

from __future__ import annotations

from html import escape

from course.content.model import Cell
from course.services.study.views import CellView, ModuleView
from course.ui.cells.evidence import sure
from course.ui.charts import evidence as charts
from course.ui.charts.figure import show, words
from course.ui.components.prose import Same
from course.ui.tokens import current
from course.ui.visit import Visit


def head(visit: Visit, cell_view: CellView) -> str:
    cell = cell_view.cell
    return words(cell.title or cell.figure.title, cell.caption, level=2) if cell.figure else ""


def draw(visit: Visit, view: ModuleView, cell_view: CellView) -> None:
    cell, catalogue = cell_view.cell, visit.catalogue
    table = cell.figure
    if table is None:
        return
    refs = catalogue.course.references
    sources = ", ".join(
        f'<a href="references?key={escape(key)}" target="_blank">{escape(refs[key].short)}</a>' for key in table.cites if key in refs
    )
    claim = catalogue.course.claims.get(table.claim or "")
    parts = [sources, sure(claim.confidence) if claim else "", "hollow: checked in part only" if _hollow(cell) else ""]
    show(
        charts.draw(Same(table), current()),
        key=cell.id.replace("-", "_"),
        title=cell.title or table.title,
        alt=table.alt,
        table=charts.rows_as_text(table),
        source=" · ".join(filter(None, parts)) + (f"<br>{escape(table.caution)}" if table.caution and not cell.caption else ""),
    )


def _hollow(cell: Cell) -> bool:
    return cell.figure is not None and any(row.get("status") == "partly-checked" for row in cell.figure.rows)
