"""A number between two ends. Where the slider stands at first is nobody's answer: it counts once moved, or once kept on purpose."""

from __future__ import annotations

import math
from html import escape

import streamlit as st

from course.questions.base import Json, Slider
from course.ui.components.controls.asking import Asking

_MOST_STEPS = 1000
_STEPS = 200


def draw(control: Slider, given: Json, asking: Asking) -> None:
    step, decimals = grid(control.low, control.high)
    number = float if decimals else int
    known = _lies_within(given, control)
    if asking.key not in st.session_state:  # drawn afresh: nothing of an earlier time counts
        st.session_state[_chosen(asking)] = known
    middle = control.low + step * round((control.high - control.low) / step / 2)
    name = asking.label if control.name else control.label
    with st.container(key=f"{asking.key}_slide", gap="xsmall"):
        st.slider(
            f"{name}, in {control.unit}" if control.unit else name, min_value=number(control.low), max_value=number(control.high),
            value=number(given if known else middle), step=number(step), format=_format(control, decimals), key=asking.key,
            on_change=_choose, args=(asking,),
        )  # fmt: skip
        value = read(control, asking)
        if value is None:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.html('<p class="k-fine">No prediction yet: move the slider, or keep it where it stands.</p>', width="content")
                st.button("This is my prediction", key=f"{asking.key}_keep", on_click=_choose, args=(asking,))
        else:
            st.html(f'<p class="k-fine" role="status">Your prediction: {escape(f"{value:.{decimals}f} {control.unit}".strip())}</p>')


def read(control: Slider, asking: Asking) -> Json:
    return st.session_state.get(asking.key) if st.session_state.get(_chosen(asking)) else None


def grid(low: float, high: float) -> tuple[float, int]:
    """How far apart the slider's places are, and the decimals they need: whole numbers where there are few enough of them."""
    span = high - low
    if float(low).is_integer() and float(high).is_integer() and 20 <= span <= _MOST_STEPS:
        return 1, 0
    rough = span / _STEPS
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * nice for nice in (1, 2, 5, 10) if size * nice >= rough * (1 - 1e-9))
    whole = float(low).is_integer() and float(high).is_integer() and step.is_integer()
    return step, 0 if whole else max(1, -math.floor(math.log10(step) + 1e-9))


def _chosen(asking: Asking) -> str:
    return f"{asking.key}_chosen"


def _choose(asking: Asking) -> None:
    st.session_state[_chosen(asking)] = True
    asking.tell()


def _lies_within(given: Json, control: Slider) -> bool:
    return isinstance(given, int | float) and not isinstance(given, bool) and control.low <= given <= control.high


def _format(control: Slider, decimals: int) -> str:
    return f"%.{decimals}f {control.unit.replace('%', '%%')}".strip()
