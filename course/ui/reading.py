"""Where in a module the reader is; and the module as it was last read, kept between the reruns of a single cell, which do not read it again."""

from __future__ import annotations

from typing import cast

from course.services.study.views import ModuleView
from course.ui import state
from course.ui.visit import Visit


def place(module_id: str) -> int:
    """The number of the cell the reader is at in this session; 0 when they have not been in this module."""
    found = state.recall(_place(module_id))
    return found if isinstance(found, int) else 0


def go(module_id: str, number: int) -> None:
    """The reader is at this cell now."""
    state.remember(_place(module_id), number)


def is_near(module_id: str, number: int) -> bool:
    """Whether the reader is at this cell or beside it."""
    return abs(place(module_id) - number) <= 1


def keep(view: ModuleView) -> None:
    """What the page has just read."""
    state.remember(_name(view.id), view)


def kept(module_id: str) -> ModuleView:
    """What was read last; `keep` came before, in the run that drew the page."""
    return cast(ModuleView, state.recall(_name(module_id)))


def again(visit: Visit, learner: str, module_id: str) -> None:
    """Read it again after something of it was stored."""
    keep(visit.notebook.module(learner, module_id, clinician=visit.clinician))
    state.remember(_changed(module_id), True)


def has_changed(module_id: str) -> bool:
    """Whether `again` read it since this was last asked."""
    return bool(state.take(_changed(module_id)))


def _place(module_id: str) -> str:
    return f"here_{module_id}"


def _name(module_id: str) -> str:
    return f"module_{module_id}"


def _changed(module_id: str) -> str:
    return f"module_changed_{module_id}"
