"""Doing something from a page: one sentence about what was done, or why not, shown when the page is drawn again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Final, Literal

import streamlit as st

from course.ui import failure, state
from course.ui.visit import Visit

_DONE: Final = "done_sentence"


@dataclass(frozen=True, slots=True)
class Way:
    """Where to go on from what was done: a page's url, what its link says, the query."""

    page: str
    label: str
    query: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """What was done, to whom, and where to go on."""

    sentence: str
    ways: tuple[Way, ...] = ()


def button(
    label: str, act: Callable[[], str | Told], *, key: str, primary: bool = False, disabled: bool = False, shortcut: str | None = None
) -> None:
    """A button that acts before the page is drawn again. `act` returns the sentence to show ("" for none)."""
    look: Literal["primary", "secondary"] = "primary" if primary else "secondary"
    st.button(plainly(label), key=key, type=look, on_click=_clicked(act), disabled=disabled, shortcut=shortcut)


def submit(label: str, act: Callable[[], str | Told], *, key: str, primary: bool = False) -> None:
    """The button of a form; `act` reads the form's fields from the session."""
    st.form_submit_button(label, key=key, type="primary" if primary else "secondary", on_click=_clicked(act))


def make(label: str, act: Callable[[str], str | Told], *, key: str, in_form: bool = True) -> None:
    """The button that makes something new, once: `act` is given a key of this form, which is the same however often it is pressed,
    and is another one for the form that is drawn when the thing is made. A press that comes again tells again what was made."""
    token = state.once(key)

    def made() -> Told:
        before = state.recall(f"made_{key}")
        if isinstance(before, tuple) and before[0] == token and isinstance(before[1], Told):
            return before[1]
        told = act(token)
        found = Told(told) if isinstance(told, str) else told
        state.spent(key)
        state.remember(f"made_{key}", (token, found))
        return found

    # The key is part of the button: the click on a form that is gone reaches nothing.
    if in_form:
        submit(label, made, key=f"{key}_{token}")
    else:
        button(label, made, key=f"{key}_{token}")


def careful(label: str, question: str, act: Callable[[], str | Told], *, key: str, disabled: bool = False) -> None:
    """A button for what is hard to undo: it asks first, in the page, and `act` runs on the second press."""
    asking = f"sure_{key}"
    if disabled or not state.recall(asking):
        st.button(plainly(label), key=key, on_click=state.remember, args=(asking, True), disabled=disabled)
        return

    def sure() -> str | Told:
        state.forget(asking)
        return act()

    with st.container(key=f"asked_{key}", gap="small"):
        st.html(f'<div class="k-callout" role="alert"><p>{escape(question)}</p></div>')
        with st.container(horizontal=True):
            button(f"Yes: {label[:1].lower()}{label[1:]}", sure, key=f"{key}_yes", primary=True)
            st.button("No, leave it", key=f"{key}_no", on_click=state.forget, args=(asking,))


def tell(told: str | Told) -> None:
    """Say this on the next page that says outcomes."""
    found = Told(told) if isinstance(told, str) else told
    if found.sentence:
        state.remember(_DONE, found)


def outcome(visit: Visit | None = None) -> None:
    """Say once what the last act did, or why it could not, with the ways on when there is a `visit`.

    It stays in sight however far down the page the button stands: the stylesheet holds `st-key-outcome` below the menu. Its
    place is there when it is empty too, so that the rest of the page, and what one looks at, stays where it is.
    """
    with st.container(key="outcome", gap="small"):
        if failure.trouble():
            return
        told = state.take(_DONE)
        if not isinstance(told, Told):
            return
        st.success(plainly(told.sentence))
        if visit is not None and told.ways:
            with st.container(horizontal=True, gap="medium", key="ways_on"):
                for way in told.ways:
                    visit.link(way.page, way.label, **way.query)


def plainly(text: str) -> str:
    """Text with what people typed in it, as Markdown that reads just so: no link, no emphasis, no icon.

    Markdown knows a backslash before the punctuation of ASCII alone; before any other sign it would be shown.
    """
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def field(key: str) -> str:
    """What stands in a text field or a choice."""
    return str(st.session_state.get(key) or "")


def _clicked(act: Callable[[], str | Told]) -> Callable[[], None]:
    @failure.said_later
    def clicked() -> None:
        tell(act())

    return clicked
