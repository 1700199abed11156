"""One file a Control kind: draw it with Streamlit, read its value back. Questions describe their inputs; this draws them.

Adding a kind is a file with `draw` and `read`, and a line in `DRAWN`. A kind that holds other controls draws and reads them
through `draw_all`, `parts` and `response`, at any depth.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import ModuleType
from typing import Final

import streamlit as st

from course.questions.base import (
    Arrange,
    ChooseMany,
    ChooseOne,
    Control,
    Json,
    LongText,
    NumberEntry,
    Passage,
    Pick,
    PickPoint,
    Scale,
    Slider,
    Stage,
    TextEntry,
    is_blank,
)
from course.ui.components.controls import (
    arrange,
    choose_many,
    choose_one,
    long_text,
    number_entry,
    passage,
    pick,
    pick_point,
    scale,
    slider,
    stage,
    text_entry,
)
from course.ui.components.controls.asking import Asking
from course.ui.components.controls.told import draw_told

__all__ = ["DRAWN", "Asking", "are_live", "draw_all", "draw_to_try", "draw_told", "parts", "response"]

DRAWN: Final[Mapping[type[Control], ModuleType]] = {
    ChooseOne: choose_one,
    ChooseMany: choose_many,
    Pick: pick,
    NumberEntry: number_entry,
    Arrange: arrange,
    TextEntry: text_entry,
    LongText: long_text,
    Slider: slider,
    Scale: scale,
    PickPoint: pick_point,
    Passage: passage,
    Stage: stage,
}


_LIVE: Final = (Arrange, PickPoint, Slider)


def draw_all(controls: Sequence[Control], given: Json, asking: Asking) -> None:
    """Draw every input of a question, filled with what was given before (None: nothing)."""
    with st.container(key=f"{asking.key}_inputs", gap="small"):
        for control, inner in parts(controls, asking):
            value = given.get(control.name) if control.name and isinstance(given, dict) else given if not control.name else None
            DRAWN[type(control)].draw(control, value, inner)


def draw_to_try(controls: Sequence[Control], given: Json, asking: Asking) -> None:
    """As `draw_all`, where a button sends the answer: a change that is drawn by the server redraws the inputs alone."""
    inputs = _alone if are_live(controls) else draw_all
    inputs(controls, given, asking)


_alone = st.fragment(draw_all)


def are_live(controls: Sequence[Control]) -> bool:
    """Whether a change to one of them is drawn by the server at once, even where a button sends the answer."""
    return any(
        isinstance(c, _LIVE) or are_live(c.controls if isinstance(c, Stage) else c.gaps if isinstance(c, Passage) else ()) for c in controls
    )


def response(controls: Sequence[Control], asking: Asking) -> Json:
    """The response as the inputs hold it now: one value, or a mapping of those that are filled. None: nothing yet."""
    values = [(control, DRAWN[type(control)].read(control, inner)) for control, inner in parts(controls, asking)]
    if len(values) == 1 and not values[0][0].name:
        return None if is_blank(values[0][1]) else values[0][1]
    return {control.name: value for control, value in values if not is_blank(value)} or None


def parts(controls: Sequence[Control], asking: Asking) -> Iterator[tuple[Control, Asking]]:
    """Each control with how it is asked."""
    return ((control, asking.part(index, control)) for index, control in enumerate(controls))
