"""A notebook with all its cells open, for lay readers or health professionals, before and after its questions are answered.

Figures away from the cell that was asked for are drawn when they are asked for.
"""

from __future__ import annotations

from html import escape

import streamlit as st

from course.learning.outline import CellKind
from course.services.authoring import PREFIX, Stage, Tried
from course.services.authoring.views import CellNote, ModulePreview
from course.services.study.views import CellView
from course.ui import reading, state
from course.ui.cells import BODIES, draw_cell, frame
from course.ui.components import page
from course.ui.pages.instructor.preview_parts import address, aside, choice, leans_on
from course.ui.pages.instructor.rehearsing import Rehearsing, rehearsing
from course.ui.visit import Visit, query

_STAGES = {Stage.FRESH: "As first met", Stage.RIGHT: "All right", Stage.WRONG: "All wrong"}
_VIEWS = {"lay": "Lay readers", "clinician": "Health professionals"}


def draw(visit: Visit) -> None:
    """Raises NotFound for an unknown module, and to those who may not look."""
    module_id, clinician = query("module"), query("view") == "clinician"
    trying = rehearsing(visit, _tried(visit, module_id), clinician=clinician)
    preview = visit.process.authoring.module(visit.caller.learner, module_id, _tried(visit, module_id), clinician=clinician)
    view = preview.view
    page.begin("read")
    page.masthead(f"Preview of module {view.number}", view.title, view.summary, "Nothing you do here is stored or counts.")
    _choices(preview)
    if view.content_notice:
        page.fine(f"Before the first cell stands: {view.content_notice}")
    reading.keep(view)
    _go_to_the_cell_asked_for(preview)
    for cell in view.cells:
        if cell.cell.kind is CellKind.FIGURE:
            _figure(trying, view.id, cell.number)
        elif BODIES[cell.cell.kind].alone:
            _alone(trying, view.id, cell.number)
        else:
            draw_cell(trying, view, cell)
        _beside(visit, preview.notes[cell.cell.id.removeprefix(PREFIX)])
    _ways(visit, preview)


def _tried(visit: Visit, module_id: str) -> Tried:
    """What was tried in this module since the stage was chosen; choosing another one begins again."""
    name, stage = f"preview_tried_{module_id}", next((s for s in Stage if s == query("state")), Stage.FRESH)
    kept = state.recall(name)
    if isinstance(kept, tuple) and kept[0] == stage:
        return kept[1]  # type: ignore[no-any-return]
    tried = Tried()
    visit.process.authoring.rehearsal(visit.caller.learner, tried).begin(module_id, stage)
    state.remember(name, (stage, tried))
    return tried


def _choices(preview: ModulePreview) -> None:
    with st.container(horizontal=True, gap="medium", key="preview_choices"):
        if preview.has_clinician:
            choice("Shown to", "view", _VIEWS, "lay")
        choice("Questions and predictions", "state", {s.value: words for s, words in _STAGES.items()}, Stage.FRESH.value)


def _go_to_the_cell_asked_for(preview: ModulePreview) -> None:
    """The cell that the address names; each address once, so that a click elsewhere does not lead back."""
    asked, view = query("cell"), preview.view
    number = next((c.number for c in view.cells if c.cell.id == PREFIX + asked), None)
    if asked and number is not None and state.recall("preview_asked") != (view.id, asked):
        state.remember("preview_asked", (view.id, asked))
        reading.go(view.id, number)
        state.scroll_to(frame.key(number))
    elif asked and number is None and asked in preview.notes:
        page.fine("The cell that the address names is for health professionals. Choose their view to see it.")


@st.fragment
def _alone(trying: Rehearsing, module_id: str, number: int) -> None:
    """A cell whose clicks redraw nothing else."""
    view = reading.kept(module_id)
    cell: CellView = view.cells[number - 1]
    draw_cell(trying, view, cell)


@st.fragment
def _figure(trying: Rehearsing, module_id: str, number: int) -> None:
    """A figure, once it is asked for or the reader is near: a page that draws all of them at once takes seconds."""
    view = reading.kept(module_id)
    cell: CellView = view.cells[number - 1]
    name = f"preview_figure_{cell.cell.id}"
    if reading.is_near(module_id, number) or state.recall(name):
        draw_cell(trying, view, cell)
        return
    body = BODIES[cell.cell.kind]
    with frame.cell(number, body.word, cell.state.value, head=body.head(trying, cell) if body.head else ""):
        if cell.cell.figure is not None:
            page.fine(cell.cell.figure.alt)
        st.button("Draw this figure", icon=":material/bar_chart:", type="tertiary", key=name, on_click=state.remember, args=(name, True))


def _beside(visit: Visit, note: CellNote) -> None:
    states = (
        f'<a href="{address(question=note.question)}" target="_self">Every state of the question {escape(note.question)}</a>'
        if note.question
        else f'<a href="{address(quiz=note.quiz)}" target="_self">Preview of the quiz {escape(note.quiz)}</a>'
        if note.quiz
        else ""
    )
    aside((f'<code class="k-place">{escape(str(note.place))}</code>', states, leans_on((), note.claims)), note.findings)


def _ways(visit: Visit, preview: ModulePreview) -> None:
    with st.container(horizontal=True, gap="medium", key="preview_ways"):
        visit.link("preview", "The whole course")
        for other in (preview.view.previous, preview.view.following):
            if other is not None:
                visit.link("preview", other[1], module=other[0])
