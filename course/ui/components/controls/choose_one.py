"""Radio buttons."""

from __future__ import annotations

import streamlit as st

from course.questions.base import ChooseOne, Json
from course.ui.components.controls.asking import Asking


def draw(control: ChooseOne, given: Json, asking: Asking) -> None:
    ids = [o.id for o in control.options]
    texts = {o.id: o.text for o in control.options}
    st.radio(
        asking.label, ids, index=ids.index(given) if given in ids else None, format_func=texts.__getitem__, label_visibility="collapsed",
        width="stretch", **asking.widget(),
    )  # fmt: skip


def read(control: ChooseOne, asking: Asking) -> Json:
    return st.session_state.get(asking.key)
