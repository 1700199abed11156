"""Put items in order with buttons: each row moves up or down, so keyboard and touch need no drag.

Where each change is saved, the order shown at first is nobody's answer: it counts once something was moved, or once it was
kept on purpose. Where a button sends the answer, the order shown is the answer.
"""

from __future__ import annotations

import streamlit as st

from course.questions.base import Arrange, Json
from course.ui.components.controls.asking import Asking


def draw(control: Arrange, given: Json, asking: Asking) -> None:
    ids = [o.id for o in control.items]
    known = isinstance(given, list) and sorted(map(str, given)) == sorted(ids)
    if _button_key(asking, 1, 0) not in st.session_state:  # drawn afresh: nothing of an earlier time counts
        st.session_state[asking.key] = list(given) if known else ids
        st.session_state[_chosen(asking)] = known
    order = st.session_state[asking.key]
    texts = {o.id: o.text for o in control.items}
    with st.container(key=f"{asking.key}_rows", gap=None):
        for place, item in enumerate(order):
            with st.container(key=f"arrange_{asking.key}_{place}", horizontal=True, vertical_alignment="center", gap="small", wrap=False):
                st.markdown(f"{place + 1}. {texts[item]}", width="stretch")
                _button(asking, order, place, -1, texts[item])
                _button(asking, order, place, 1, texts[item])
    if asking.changed is not None and not st.session_state[_chosen(asking)]:
        st.button("This order is my answer", key=f"{asking.key}_keep", on_click=_choose, args=(asking, order))


def read(control: Arrange, asking: Asking) -> Json:
    counts = asking.changed is None or st.session_state.get(_chosen(asking))
    return list(st.session_state.get(asking.key, ())) if counts else None


def _button(asking: Asking, order: list[str], place: int, step: int, text: str) -> None:
    """An arrow to see; its name is read out in full, since several stand on the page (the stylesheet hides the words)."""
    way = "up" if step < 0 else "down"
    st.button(
        f"Move {way}: {text}", icon=f":material/arrow_{way}ward:", key=_button_key(asking, step, place), type="tertiary",
        disabled=not 0 <= place + step < len(order), on_click=_move, args=(asking, order, place, step),
    )  # fmt: skip


def _button_key(asking: Asking, step: int, place: int) -> str:
    return f"{asking.key}_{'up' if step < 0 else 'down'}_{place}"


def _chosen(asking: Asking) -> str:
    return f"{asking.key}_chosen"


def _move(asking: Asking, order: list[str], place: int, step: int) -> None:
    moved = list(order)
    moved[place], moved[place + step] = moved[place + step], moved[place]
    _choose(asking, moved)


def _choose(asking: Asking, order: list[str]) -> None:
    st.session_state[asking.key] = order
    st.session_state[_chosen(asking)] = True
    asking.tell()
