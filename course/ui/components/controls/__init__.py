"""One file a Control kind: draw it with Streamlit, read its value back. Questions describe their inputs; this draws them.

Adding a kind is a file with `draw` and `read`, and a line in `DRAWN`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any, Final

import streamlit as st

from course.questions.base import Arrange, ChooseMany, ChooseOne, Control, Json, NumberEntry, Pick
from course.ui.components.controls import arrange, choose_many, choose_one, number_entry, pick
from course.ui.components.controls.asking import Asking

__all__ = ["DRAWN", "Asking", "draw_all", "needs_confirming", "response"]

DRAWN: Final[Mapping[type[Control], ModuleType]] = {
    ChooseOne: choose_one,
    ChooseMany: choose_many,
    Pick: pick,
    NumberEntry: number_entry,
    Arrange: arrange,
}


def draw_all(controls: Sequence[Control], given: Json, asking: Asking) -> None:
    """Draw every input of a question, filled with what was given before (None: nothing)."""
    with st.container(key=f"{asking.key}_inputs", gap="small"):
        for index, control in enumerate(controls):
            part = given.get(control.name) if control.name and isinstance(given, dict) else given if not control.name else None
            DRAWN[type(control)].draw(control, part, asking.part(index, control))


def response(controls: Sequence[Control], asking: Asking) -> Json:
    """The response as the inputs hold it now: one value, or a mapping of those that are filled. None: nothing yet."""
    values = [(c, DRAWN[type(c)].read(c, asking.part(i, c))) for i, c in enumerate(controls)]
    if len(values) == 1 and not values[0][0].name:
        return values[0][1]
    filled: dict[str, Any] = {c.name: v for c, v in values if v not in (None, "", [])}
    return filled or None


def needs_confirming(controls: Sequence[Control]) -> bool:
    """Whether what the inputs show at first could already be meant as the answer (an order), so that a button must say so."""
    return any(isinstance(c, Arrange) for c in controls)
