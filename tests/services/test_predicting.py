"""A prediction committed before a simulation runs: it is an answer, and nothing of it is kept but that."""

from __future__ import annotations

import pytest

from course.errors import NotFound
from course.learning.events import EventKind
from course.learning.outline import CellKind
from course.learning.progress import CellState, ModuleState
from course.services.study.views import ModuleView
from course.simulation.placing import Asked, Kind, Placed
from course.storage.unit_of_work import UnitOfWork
from tests.factories import catalogue, cell, module
from tests.people import ANN
from tests.services.classroom import Classroom

ASKED = Placed("tolerance", {}, (), Asked(Kind.NUMBER, "last"))
OPEN = Placed("tolerance", {}, (), None)


@pytest.fixture
def room(uow: UnitOfWork) -> Classroom:
    cells = [
        cell("read"),
        cell("guess", CellKind.SIMULATION, simulation=ASKED),
        cell("extra", CellKind.SIMULATION, simulation=ASKED, optional=True),
        cell("shown", CellKind.SIMULATION, simulation=OPEN),
    ]
    return Classroom(uow, catalogue([module("first", cells)], []))


def predict(room: Classroom, which: str = "guess") -> ModuleView:
    return room.study.predict(ANN.id, "first", which, clinician=False)


def state_of(room: Classroom, which: str) -> tuple[bool, CellState]:
    view = room.study.module(ANN.id, "first", clinician=False)
    return next((c.done, c.state) for c in view.cells if c.cell.id == which)


def test_opening_the_cell_is_not_enough(room: Classroom) -> None:
    room.open(ANN.id, "first", "guess")
    assert state_of(room, "guess") == (False, CellState.SEEN) or not state_of(room, "guess")[0]


def test_committing_a_prediction_does_the_cell(room: Classroom) -> None:
    opened = predict(room)
    assert (opened.done, opened.total, opened.state) == (1, 3, ModuleState.STARTED)
    assert state_of(room, "guess") == (True, CellState.SEEN)


def test_predicting_again_adds_nothing(room: Classroom) -> None:
    for _ in range(3):
        predict(room)
        room.wait(minutes=2)
    with room.uow.read() as tx:
        assert len(tx.events.moments(ANN.id)) == 1


def test_nothing_of_the_prediction_is_kept(room: Classroom) -> None:
    predict(room)
    with room.uow.read() as tx:
        event = tx.events.last_in_a_cell(ANN.id)
        assert event is not None
        assert (event.kind, event.module, event.cell, event.data) == (EventKind.CELL_ANSWERED, "first", "guess", None)
        assert tx.practice.firsts(ANN.id) == {}


def test_the_module_is_done_with_its_last_prediction(room: Classroom) -> None:
    room.open(ANN.id, "first", "read", "shown")
    assert predict(room).state is ModuleState.DONE
    assert predict(room) == room.study.module(ANN.id, "first", clinician=False)
    with room.uow.read() as tx:
        assert len(tx.events.completions(ANN.id)) == 1


def test_a_simulation_that_asks_nothing_is_done_when_opened(room: Classroom) -> None:
    room.open(ANN.id, "first", "shown")
    assert state_of(room, "shown")[0]


@pytest.mark.parametrize("where", ["read", "shown", "nowhere"])
def test_elsewhere_nothing_is_predicted(room: Classroom, where: str) -> None:
    with pytest.raises(NotFound):
        predict(room, where)


def test_an_erased_profile_predicts_no_more(room: Classroom) -> None:
    with pytest.raises(NotFound, match="profile"):
        room.study.predict("e0000000-0000-4000-8000-00000000000e", "first", "guess", clinician=False)
