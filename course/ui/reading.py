"""Where in a module the reader is; the module as it was last read, kept between the reruns of single parts, which do not read it
again; and how each part of the page was drawn, so that a click redraws only those that look different now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import streamlit as st

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
    """What was read last. Nothing is when this browser has become another visitor since the page was drawn: then it is drawn anew."""
    found = state.recall(_name(module_id))
    if found is None:
        st.rerun()
    return cast(ModuleView, found)


def again(visit: Visit, learner: str, module_id: str) -> None:
    """Read it again after something of it was stored."""
    changed(visit.notebook.module(learner, module_id, clinician=visit.clinician))


def changed(view: ModuleView) -> None:
    """What was read after something of it was stored."""
    keep(view)
    state.remember(_changed(view.id), True)


def has_changed(module_id: str) -> bool:
    """Whether something was stored since this was last asked."""
    return bool(state.take(_changed(module_id)))


def begin_drawing(module_id: str, cells: Sequence[str]) -> None:
    """The whole page is drawn now, with these cells."""
    state.remember(_looks(module_id), {"": tuple(cells)})


def drawn(module_id: str, part: str, look: object) -> None:
    """This part of the page was drawn to look like this."""
    cast(dict[str, object], state.recall(_looks(module_id), {}))[part] = look


def to_redraw(module_id: str, cells: Sequence[str], looks: Mapping[str, object]) -> tuple[str, ...] | None:
    """The parts that were drawn otherwise than they look now; None when the page was drawn with other cells: it is to be drawn whole."""
    before = cast(dict[str, object], state.recall(_looks(module_id), {}))
    if before.get("") != tuple(cells):
        return None
    return tuple(part for part, look in looks.items() if before.get(part) != look)


def _place(module_id: str) -> str:
    return f"here_{module_id}"


def _name(module_id: str) -> str:
    return f"module_{module_id}"


def _looks(module_id: str) -> str:
    return f"module_looks_{module_id}"


def _changed(module_id: str) -> str:
    return f"module_changed_{module_id}"
