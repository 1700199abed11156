"""Text to read."""

from __future__ import annotations

import streamlit as st

from course.services.study.views import CellView, ModuleView
from course.ui.components.prose import prose
from course.ui.visit import Visit


def draw(visit: Visit, view: ModuleView, cell: CellView) -> None:
    st.markdown(prose(cell.cell.body, visit.catalogue))
