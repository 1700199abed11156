"""The module's quiz: what it is, how it went, and the way to it."""

from __future__ import annotations

from html import escape

import streamlit as st

from course.services.study.views import CellView, ModuleView
from course.ui.components import page
from course.ui.visit import Visit


def head(visit: Visit, cell: CellView) -> str:
    quiz = cell.checkpoint
    if quiz is None:
        return ""
    words = quiz.best or f"{quiz.questions} questions on this module. Answers are saved as you give them; you can stop and come back."
    return f'<h2 class="k-celltitle">{escape(quiz.title)}</h2><p class="k-desc">{escape(words)}</p>'


def draw(visit: Visit, view: ModuleView, cell: CellView) -> None:
    quiz = cell.checkpoint
    if quiz is None:
        page.fine("The checkpoint of this module cannot be shown at the moment. What you have done is kept; please come back later.")
        return
    if st.button("Go on with the checkpoint" if quiz.running else "Go to the checkpoint", key="to_checkpoint", type="primary"):
        visit.go("quiz", q=quiz.quiz)
