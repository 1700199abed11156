"""Text to read."""

from __future__ import annotations

import re
from typing import Final

import streamlit as st

from course.services.study.views import CellView, ModuleView
from course.ui.components.markup import block
from course.ui.components.prose import prose
from course.ui.visit import Visit

_RICH: Final = re.compile(r"\$|^ {0,3}(?:\||#|>|```|~~~)|~~|:[a-z][a-z-]*\[", re.M)
"""Formulas, tables, headings, quotations, code and Streamlit's own marks: what `st.markdown` draws and plain markup does not."""


def markup(visit: Visit, cell: CellView) -> str:
    """Paragraphs and lists; "" for anything richer."""
    if _RICH.search(cell.cell.body):
        return ""
    return f'<div class="k-prose">{block(prose(cell.cell.body, visit.catalogue))}</div>'


def draw(visit: Visit, view: ModuleView, cell: CellView) -> None:
    st.markdown(prose(cell.cell.body, visit.catalogue))
