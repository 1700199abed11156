"""Doing something from a page: one sentence about what was done, or why not, shown when the page is drawn again."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import streamlit as st

from course.ui import failure, state

_DONE: Final = "done_sentence"


def button(
    label: str, act: Callable[[], str], *, key: str, primary: bool = False, disabled: bool = False, shortcut: str | None = None
) -> None:
    """A button that acts before the page is drawn again. `act` returns the sentence to show ("" for none)."""

    @failure.said_later
    def clicked() -> None:
        told = act()
        if told:
            state.remember(_DONE, told)

    st.button(plainly(label), key=key, type="primary" if primary else "secondary", on_click=clicked, disabled=disabled, shortcut=shortcut)


def submit(label: str, act: Callable[[], str], *, key: str) -> None:
    """The button of a form; `act` reads the form's fields from the session."""

    @failure.said_later
    def clicked() -> None:
        told = act()
        if told:
            state.remember(_DONE, told)

    st.form_submit_button(label, key=key, on_click=clicked)


def say_next(told: str) -> None:
    """Let `outcome` say this when a page is drawn next."""
    state.remember(_DONE, told)


def outcome() -> None:
    """Say once what the last act did, or why it could not."""
    if not failure.trouble():
        told = state.take(_DONE)
        if told:
            st.success(plainly(str(told)))


def plainly(text: str) -> str:
    """Text with what people typed in it, as Markdown that reads just so: no link, no emphasis, no icon."""
    return re.sub(r"([^\w\s]|_)", r"\\\1", text)


def field(key: str) -> str:
    """What stands in a text field or a choice."""
    return str(st.session_state.get(key) or "")
