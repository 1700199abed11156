"""One part of a case: what is told, what is asked, its inputs."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from course.questions.base import Json, Stage
from course.ui.components import controls, question
from course.ui.components.controls.asking import Asking


def draw(control: Stage, given: Json, asking: Asking) -> None:
    with st.container(key=f"{asking.key}_stage", gap="small"):
        opening(control, control.label)
        controls.draw_all(control.controls, given, _inside(control, asking))


def opening(control: Stage, label: str) -> None:
    """The part's head, what it tells and what it asks."""
    st.html(f'<h3 class="k-step">{escape(label)}</h3>')
    if control.text:
        st.markdown(control.text)
    question.stem(control.stem, level=4)


def read(control: Stage, asking: Asking) -> Json:
    return controls.response(control.controls, _inside(control, asking))


def _inside(control: Stage, asking: Asking) -> Asking:
    return replace(asking, label=f"{control.label}: {question.plain(control.stem)}")
