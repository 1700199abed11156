"""A question asked in place: inputs, one button, then the answer as text with what it teaches."""

from __future__ import annotations

import streamlit as st

from course.questions.base import Json
from course.services.study.views import CellView, ModuleView
from course.ui import failure, state
from course.ui.components import controls, page, question
from course.ui.visit import Visit


@st.fragment
def draw(visit: Visit, view: ModuleView, cell: CellView) -> None:
    """One question with its button. Trying out answers reruns only this cell; checking one redraws where the reader stands."""
    asked = cell.practice
    if asked is None:
        page.fine("This question could not be loaded.")
        return
    retry, folder = f"retry_{cell.cell.id}", visit.folder(asked.question.folder)
    done = asked.review is not None and not state.recall(retry)
    here = asked.question if done else asked.again
    if here.notice:
        page.fine(here.notice)
    question.stem(here.stem)
    question.picture(here, folder, given=asked.response, answered=done)
    if asked.review is not None and done:
        controls.draw_told(here.controls)
        question.reviewed(asked.review, visit.catalogue)
        st.button(
            "Answer again",
            type="tertiary",
            icon=":material/replay:",
            key=f"again_{cell.cell.id}",
            on_click=state.remember,
            args=(retry, True),
        )
        return
    if asked.changed:
        page.fine("This question has changed since you answered it.")
    asking = controls.Asking(f"q_{cell.cell.id}", question.plain(here.stem), folder=folder)
    ungraded = asked.response if asked.review is None else None  # a text that nobody grades here stays, to be worked on
    controls.draw_all(here.controls, ungraded, asking)
    if ungraded is not None:
        page.fine("Kept. Nobody grades it here; compare it with what this module says, and change it as you like.")
    if st.button("Check the answer", type="primary", key=f"check_{cell.cell.id}"):
        _check(visit, view, cell, controls.response(here.controls, asking), asked.tries)


def _check(visit: Visit, view: ModuleView, cell: CellView, given: Json, seen: int) -> None:
    if given in (None, [], {}):
        st.warning("Choose or write an answer first.")
        return
    with failure.said_here():
        done = visit.study.answer_practice(visit.begin(), view.id, cell.cell.id, given, seen)
        if done.problem:
            st.warning(done.problem)
            return
        state.forget(f"retry_{cell.cell.id}")
        st.rerun()
