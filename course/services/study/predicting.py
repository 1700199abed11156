"""A prediction committed before a simulation runs. Of it nothing is kept but that it was made."""

from __future__ import annotations

from course.errors import NotFound
from course.learning.events import EventKind, Spot
from course.learning.progress import done_of
from course.services.study.desk import Desk, LearnerId, known, the_cell
from course.services.study.standing import note_completions, standing
from course.services.study.views import OpenedView
from course.storage.stores.events import Event


def predict(desk: Desk, learner: LearnerId, module_id: str, cell_id: str) -> OpenedView:
    """Note that the learner committed a prediction in this cell; the first time only.

    Raises NotFound for a cell in which nothing is predicted, or whose prediction is a question's answer.
    """
    catalogue, now = desk.catalogue(), desk.clock()
    module, cell = the_cell(catalogue, module_id, cell_id)
    if cell.simulation is None or cell.simulation.asked is None:
        raise NotFound("In this cell nothing is predicted.")
    outline = catalogue.outline.module(module.id)
    assert outline is not None, "the outline is made from the same modules"
    with desk.uow.write() as tx:
        known(tx, learner)
        done: frozenset[str] = frozenset()
        if Spot(module.id, cell.id) not in tx.events.visits(learner).answered:
            tx.events.append([Event(learner, now, EventKind.CELL_ANSWERED, module.id, cell.id)])
            done = note_completions(tx, catalogue, learner, now)
        return OpenedView(*done_of(standing(tx, catalogue, learner, now).facts, outline), module_done_now=module.id in done)
