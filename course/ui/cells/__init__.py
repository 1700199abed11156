"""The kinds of cell: one file a kind (or a family of kinds), and a line each in `BODIES`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from course.learning.outline import CellKind
from course.learning.progress import CellState
from course.questions.base import State
from course.services.study.views import CellView, ModuleView
from course.ui.cells import callout, case, checkpoint, evidence, figure, frame, prose, question, reflection, simulation
from course.ui.cells.body import CellBody
from course.ui.visit import Visit

BODIES: Final[Mapping[CellKind, CellBody]] = {
    CellKind.READ: CellBody("Read", prose.draw, markup=prose.markup),
    CellKind.FIGURE: CellBody("Figure", figure.draw, titled=False, head=figure.head),
    CellKind.SIMULATION: CellBody("Predict", simulation.draw, titled=False, head=simulation.head, nearby=True, alone=True),
    CellKind.QUESTION: CellBody("Check", question.draw, titled=False, head=question.head, alone=True),
    CellKind.CASE: CellBody("Case", case.draw, titled=False, head=question.head, alone=True),
    CellKind.EVIDENCE: CellBody("Evidence", titled=False, markup=evidence.markup),
    CellKind.NOTE: CellBody("Note", markup=callout.markup),
    CellKind.WARNING: CellBody("Take care", markup=callout.markup),
    CellKind.SUPPORT: CellBody("Help", markup=callout.markup),
    CellKind.REFLECTION: CellBody("Reflect", reflection.draw, head=reflection.head),
    CellKind.CHECKPOINT: CellBody("Checkpoint", checkpoint.draw, titled=False, head=checkpoint.head),
}


def looks(cell: CellView) -> str:
    """The state as it is shown: what is stored as wrong is not called wrong beside a verdict of "partly right"."""
    review = cell.practice.review if cell.practice else None
    partly = cell.state is CellState.WRONG and review is not None and review.state is State.PARTIAL
    return "partial" if partly else cell.state.value


def draw_cell(visit: Visit, view: ModuleView, cell: CellView) -> None:
    """One cell in its frame."""
    body = BODIES[cell.cell.kind]
    title = cell.cell.title if body.titled else ""
    state = looks(cell)
    written = body.markup(visit, cell) if body.markup else ""
    if written:
        frame.written(cell.number, body.word, state, title, written, new=cell.new)
    elif body.draw:
        head = body.head(visit, cell) if body.head else ""
        with frame.cell(cell.number, body.word, state, title, head, new=cell.new):
            body.draw(visit, view, cell)
