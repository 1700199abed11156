"""A drop-down for one item of several."""

from __future__ import annotations

import streamlit as st

from course.questions.base import Json, Pick
from course.ui.components.controls.asking import Asking


def draw(control: Pick, given: Json, asking: Asking) -> None:
    ids = [o.id for o in control.options]
    texts = {o.id: o.text for o in control.options}
    st.selectbox(
        asking.label, ids, index=ids.index(given) if given in ids else None, format_func=texts.__getitem__, placeholder="Choose",
        filter_mode=None, **asking.widget(),
    )  # fmt: skip


def read(control: Pick, asking: Asking) -> Json:
    return st.session_state.get(asking.key)
