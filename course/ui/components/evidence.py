"""Cells that show content and ask nothing: prose, figures, evidence, call-outs."""

from __future__ import annotations

from html import escape

import streamlit as st

from course.content.model import Catalogue, Cell
from course.learning.outline import CellKind
from course.ui.charts import evidence as charts
from course.ui.charts.figure import show
from course.ui.components import cells
from course.ui.components.markup import block, inline
from course.ui.components.prose import Same, prose
from course.ui.tokens import current


def body(cell: Cell, catalogue: Catalogue) -> None:
    """Draw what stands under the cell's title."""
    match cell.kind:
        case CellKind.FIGURE:
            figure(cell, catalogue)
        case CellKind.EVIDENCE:
            evidence(cell, catalogue)
        case CellKind.NOTE | CellKind.WARNING | CellKind.SUPPORT:
            callout(cell, catalogue)
        case _:
            st.markdown(prose(cell.body, catalogue))


def figure(cell: Cell, catalogue: Catalogue) -> None:
    """A chart with its finding, what is plotted, its sources and its table."""
    table = cell.figure
    if table is None:
        return
    refs = catalogue.course.references
    sources = ", ".join(
        f'<a href="references?key={escape(key)}" target="_blank">{escape(refs[key].short)}</a>' for key in table.cites if key in refs
    )
    claim = catalogue.course.claims.get(table.claim or "")
    parts = [sources, f"{claim.confidence} confidence" if claim else "", "hollow: checked in part only" if _hollow(cell) else ""]
    show(
        charts.draw(Same(table), current()),
        key=cell.id.replace("-", "_"),
        title=cell.title or table.title,
        sub=cell.caption,
        alt=table.alt,
        table=charts.rows_as_text(table),
        source=" · ".join(filter(None, parts)) + (f"<br>{escape(table.caution)}" if table.caution and not cell.caption else ""),
        level=2,
    )


def evidence(cell: Cell, catalogue: Catalogue) -> None:
    """A claim with how sure the field is: the first paragraph is the statement, the rest the caveat."""
    statement, _, rest = cell.body.strip().partition("\n\n")
    claim = catalogue.course.claims.get(cell.claim or "")
    confidence = claim.confidence if claim else "moderate"
    cite = f"Claim {claim.id}" + (f", as of {claim.as_of:%B %Y}" if claim and claim.as_of else "") if claim else ""
    cells.evidence(confidence, inline(prose(statement, catalogue)), block(prose(rest, catalogue)), escape(cite))


def callout(cell: Cell, catalogue: Catalogue) -> None:
    """Note, warning or support: a rule in the margin."""
    st.html(f'<div role="note" class="k-callout k-{cell.kind.value}">{block(prose(cell.body, catalogue))}</div>')


def _hollow(cell: Cell) -> bool:
    return cell.figure is not None and any(row.get("status") == "partly-checked" for row in cell.figure.rows)
