"""Several paragraphs, with who can read them said above and the words counted below."""

from __future__ import annotations

from typing import Final

import streamlit as st

from course.questions.base import Json, LongText
from course.ui.components import browser
from course.ui.components.controls.asking import Asking

NOTICE: Final = (
    "This text is stored with your answers: you can read it, and so can the people who teach and grade this course. "
    "Write about the course, not about your own use or somebody else’s. If any of it is close to home, "
    "the Help button at the top of the page says where to find somebody to talk to."
)


def draw(control: LongText, given: Json, asking: Asking) -> None:
    text = given if isinstance(given, str) else ""
    with st.container(key=f"{asking.key}_text", gap="xsmall"):
        st.html(f'<div class="k-callout k-support k-whoreads" role="note"><p>{NOTICE}</p></div>')
        st.text_area(asking.label if control.name else "Your answer", value=text, height=220, **asking.widget())
        browser.count_words(f"{asking.key}_text", len((st.session_state.get(asking.key) or text).split()), aim(control))


def read(control: LongText, asking: Asking) -> Json:
    return (st.session_state.get(asking.key) or "").strip() or None


def aim(control: LongText) -> str:
    """How much to write, in words; "" when it does not matter."""
    match control.least, control.most:
        case 0, 0:
            return ""
        case least, 0:
            return f"write {least} or more"
        case 0, most:
            return f"write {most} or fewer"
        case least, most:
            return f"write {least} to {most}"
