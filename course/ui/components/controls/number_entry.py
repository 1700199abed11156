"""A number as typed, with its unit in the label."""

from __future__ import annotations

import streamlit as st

from course.questions.base import Json, NumberEntry
from course.ui.components.controls.asking import Asking


def draw(control: NumberEntry, given: Json, asking: Asking) -> None:
    shown = f"{given.get('value')} {given.get('unit')}" if isinstance(given, dict) else "" if given is None else str(given)
    name = asking.label if control.name else "Your number"
    st.text_input(
        f"{name}, in {control.unit}" if control.unit else name, value=shown, max_chars=60, autocomplete="off",
        placeholder="for example 25 or 2.5", width=320, **asking.widget(),
    )  # fmt: skip


def read(control: NumberEntry, asking: Asking) -> Json:
    return (st.session_state.get(asking.key) or "").strip() or None
