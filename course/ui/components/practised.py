"""A question asked in a notebook: inputs, one button, then the answer as text with what it teaches."""

from __future__ import annotations

from html import escape

import streamlit as st

from course.errors import CourseError
from course.services.study.views import CellView, ModuleView, PracticeView, QuestionView
from course.ui import failure, reading, state
from course.ui.components import controls, decided, page, question
from course.ui.visit import Visit


def head(visit: Visit, cell: CellView) -> str:
    """Notice and stem; "" when there is more to them than one heading."""
    if cell.practice is None:
        return ""
    here = _here(cell, cell.practice)
    stem = "" if "\n\n" in here.stem.strip() else question.stem_markup(here.stem)
    return f'<p class="k-fine">{escape(here.notice)}</p>{stem}' if stem and here.notice else stem


def ask(visit: Visit, view: ModuleView, cell: CellView, button: str, drawn: str = "") -> None:
    """One question with its button. Trying out answers reruns nothing or only the inputs; checking one redraws its cell.

    `drawn`: what already stands above; the stem follows when that is "".
    """
    asked = cell.practice
    if asked is None:
        page.fine("This question could not be loaded.")
        return
    here, folder = _here(cell, asked), visit.folder(asked.question.folder)
    if not drawn:
        if here.notice:
            page.fine(here.notice)
        question.stem(here.stem)
    decided.notices([asked.notice] if asked.notice else ())
    if _is_done(cell, asked):
        _reviewed(visit, cell, asked)
        return
    question.picture(here, folder, given=asked.response)
    if asked.changed:
        page.fine("This question has changed since you answered it.")
    asking = controls.Asking(f"q_{cell.cell.id}", question.plain(here.stem), folder=folder)
    ungraded = asked.response if asked.review is None else None  # a text that nobody grades here stays, to be worked on
    controls.draw_to_try(here.controls, ungraded, asking)
    if ungraded is not None:
        page.fine("Kept. Nobody grades it here; compare it with what this module says, and change it as you like.")
    st.button(
        button,
        type="primary",
        key=f"check_{cell.cell.id}",
        on_click=_check,
        args=(visit, view, cell, here, asking, asked.tries),
    )
    told_problem(cell)


def _reviewed(visit: Visit, cell: CellView, asked: PracticeView) -> None:
    question.picture(asked.question, visit.folder(asked.question.folder), given=asked.response, answered=True)
    controls.draw_told(asked.question.controls)
    if asked.review is not None:
        question.reviewed(asked.review, visit.catalogue)
    visit.link("problem", "Report a problem with this question", q=asked.question.id)
    st.button(
        "Answer again",
        type="tertiary",
        icon=":material/replay:",
        key=f"again_{cell.cell.id}",
        on_click=state.remember,
        args=(retry(cell), True),
    )


def _check(visit: Visit, view: ModuleView, cell: CellView, here: QuestionView, asking: controls.Asking, seen: int) -> None:
    """Before anything is drawn, so that the cell is drawn once, with the answer in it."""
    given = controls.response(here.controls, asking)
    if given in (None, [], {}):
        state.remember(problem(cell), "Choose or write an answer first.")
        return
    try:
        learner = visit.begin()
        done = visit.notebook.answer_cell(learner, view.id, cell.cell.id, given, seen, clinician=visit.clinician)
        if done.module is None:
            state.remember(problem(cell), done.problem)
            return
        state.forget(retry(cell))
        reading.changed(done.module)
    except CourseError as refusal:
        state.remember(problem(cell), failure.sentence(refusal))


def _here(cell: CellView, asked: PracticeView) -> QuestionView:
    """What is asked now: what was answered while that is looked back at, else the next try."""
    return asked.question if _is_done(cell, asked) else asked.again


def _is_done(cell: CellView, asked: PracticeView) -> bool:
    return asked.review is not None and not state.recall(retry(cell))


def told_problem(cell: CellView) -> None:
    """Say why the last answer was not taken, once."""
    if found := state.take(problem(cell)):
        st.warning(str(found))


def retry(cell: CellView) -> str:
    """Where the page remembers that the question is worked again."""
    return f"retry_{cell.cell.id}"


def problem(cell: CellView) -> str:
    """Where the page remembers why the last answer was not taken."""
    return f"problem_{cell.cell.id}"
