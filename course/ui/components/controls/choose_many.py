"""Check boxes, one an option."""

from __future__ import annotations

import streamlit as st

from course.questions.base import ChooseMany, Json
from course.ui.components.controls.asking import Asking


def draw(control: ChooseMany, given: Json, asking: Asking) -> None:
    ticked = given if isinstance(given, list) else []
    with st.container(key=f"{asking.key}_boxes", gap=None):
        st.html('<p class="k-fine">Choose all that apply.</p>')
        for option in control.options:
            st.checkbox(
                option.text,
                value=option.id in ticked,
                key=f"{asking.key}_{option.id}",
                on_change=asking.on_change,
                wrap=True,
                width="stretch",
            )


def read(control: ChooseMany, asking: Asking) -> Json:
    return [o.id for o in control.options if st.session_state.get(f"{asking.key}_{o.id}")]
