"""Text to read."""

from __future__ import annotations

import streamlit as st

from course.services.study.views import CellView, ModuleView
from course.ui.components.markup import block
from course.ui.components.prose import is_rich, prose
from course.ui.visit import Visit


def markup(visit: Visit, cell: CellView) -> str:
    """Paragraphs and lists; "" for anything richer."""
    if is_rich(cell.cell.body):
        return ""
    return f'<div class="k-prose">{block(prose(cell.cell.body, visit.catalogue))}</div>'


def draw(visit: Visit, view: ModuleView, cell: CellView) -> None:
    st.markdown(prose(cell.cell.body, visit.catalogue))
