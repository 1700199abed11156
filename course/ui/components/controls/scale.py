"""Steps from one end to the other: side by side where they fit, below each other on a phone or with long words."""

from __future__ import annotations

from typing import Final

import streamlit as st

from course.questions.base import Json, Scale
from course.ui.components.controls.asking import Asking

_MOST_ABREAST: Final = 5
_LONGEST_ABREAST: Final = 20


def draw(control: Scale, given: Json, asking: Asking) -> None:
    ids = [o.id for o in control.options]
    texts = {o.id: o.text for o in control.options}
    abreast = len(ids) <= _MOST_ABREAST and max(map(len, texts.values())) <= _LONGEST_ABREAST
    with st.container(key=f"{asking.key}_{'scale' if abreast else 'steps'}"):
        st.radio(
            asking.label, ids, index=ids.index(given) if given in ids else None, format_func=texts.__getitem__,
            label_visibility="collapsed", horizontal=abreast, width="stretch", **asking.widget(),
        )  # fmt: skip


def read(control: Scale, asking: Asking) -> Json:
    return st.session_state.get(asking.key)
