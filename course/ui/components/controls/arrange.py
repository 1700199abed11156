"""Put items in order with buttons: each row moves up or down, so keyboard and touch need no drag."""

from __future__ import annotations

import streamlit as st

from course.questions.base import Arrange, Json
from course.ui.components.controls.asking import Asking


def draw(control: Arrange, given: Json, asking: Asking) -> None:
    ids = [o.id for o in control.items]
    order = st.session_state.setdefault(asking.key, list(given) if isinstance(given, list) and sorted(given) == sorted(ids) else ids)
    texts = {o.id: o.text for o in control.items}
    with st.container(key=f"{asking.key}_rows", gap=None):
        for place, item in enumerate(order):
            with st.container(key=f"arrange_{asking.key}_{place}", horizontal=True, vertical_alignment="center", gap="small", wrap=False):
                st.markdown(f"{place + 1}. {texts[item]}", width="stretch")
                _button(asking, order, place, -1, texts[item])
                _button(asking, order, place, 1, texts[item])


def read(control: Arrange, asking: Asking) -> Json:
    return list(st.session_state.get(asking.key) or [])


def _button(asking: Asking, order: list[str], place: int, step: int, text: str) -> None:
    up = step < 0
    st.button(
        "Up" if up else "Down", icon=f":material/arrow_{'up' if up else 'down'}ward:", key=f"{asking.key}_{'up' if up else 'down'}_{place}", type="tertiary",
        help=f"Move {'up' if up else 'down'}: {text}", disabled=not 0 <= place + step < len(order), on_click=_move,
        args=(asking, order, place, step),
    )  # fmt: skip


def _move(asking: Asking, order: list[str], place: int, step: int) -> None:
    moved = list(order)
    moved[place], moved[place + step] = moved[place + step], moved[place]
    st.session_state[asking.key] = moved
    if asking.changed is not None:
        asking.changed()
