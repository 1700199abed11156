"""A line of text."""

from __future__ import annotations

from typing import Final

import streamlit as st

from course.questions.base import Json, TextEntry
from course.ui.components.controls.asking import Asking

_LONGEST: Final = 500
"""Characters that are looked at when the answer is graded."""


def draw(control: TextEntry, given: Json, asking: Asking) -> None:
    with st.container(key=f"{asking.key}_line", width=480):
        st.text_input(
            asking.label if control.name else "Your answer", value=given if isinstance(given, str) else "", max_chars=_LONGEST,
            autocomplete="off", **asking.widget(),
        )  # fmt: skip


def read(control: TextEntry, asking: Asking) -> Json:
    return (st.session_state.get(asking.key) or "").strip() or None
