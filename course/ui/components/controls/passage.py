"""Text with numbered gaps; its inputs stand below it in the same order, each labelled with its number."""

from __future__ import annotations

import re

import streamlit as st

from course.questions.base import Control, Json, Passage, Pick
from course.ui.components import controls
from course.ui.components.controls.asking import Asking
from course.ui.components.controls.told import with_gaps


def draw(control: Passage, given: Json, asking: Asking) -> None:
    """Where each change is kept at once, the text shows what stands in its gaps."""
    filled = given if isinstance(given, dict) else {}
    words = {gap.name: _words(gap, filled.get(gap.name)) for gap in control.gaps} if asking.changed is not None else {}
    with st.container(key=f"{asking.key}_passage", gap="small"):
        st.markdown(with_gaps(control, words))
        with st.container(key=f"{asking.key}_gaps", gap="small", width=480):
            for gap, inner in controls.parts(control.gaps, asking):
                controls.DRAWN[type(gap)].draw(gap, filled.get(gap.name), inner)


def read(control: Passage, asking: Asking) -> Json:
    return controls.response(control.gaps, asking)


def literal(typed: str) -> str:
    """What was typed, so that Markdown shows it letter by letter."""
    return re.sub(r"([^\w\s]|_)", r"\\\1", " ".join(typed.split())[:60])


def _words(gap: Control, value: Json) -> str:
    if isinstance(gap, Pick):
        return next((o.text for o in gap.options if o.id == value), "")
    return literal(value) if isinstance(value, str) else ""
