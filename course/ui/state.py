"""The one place that names session state. It holds only what may be lost: where to scroll, which view is open.

Answers, progress and attempts live in the database.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

import streamlit as st

from course.services.people import Visitor

_VISITOR = "visitor_token"
_STAMP = "goto_stamp"
_TARGET = "goto_target"
_HANDED = "handed_over"
_SAME_CLICK = timedelta(seconds=1)


def belongs_to(visitor: Visitor) -> None:
    """Forget everything when the cookie's person is another one: a resumed websocket must not carry a stranger's state."""
    known = st.session_state.get(_VISITOR, visitor.token)
    if known != visitor.token:
        for name in list(st.session_state):
            del st.session_state[name]
    st.session_state[_VISITOR] = visitor.token


def scroll_to(target: str) -> None:
    """Ask the next run to scroll to the container with this key."""
    st.session_state[_TARGET] = target
    st.session_state[_STAMP] = st.session_state.get(_STAMP, 0) + 1


def scroll_target() -> tuple[str, int]:
    """The container to scroll to and the stamp of the wish (0: none)."""
    return st.session_state.get(_TARGET, ""), st.session_state.get(_STAMP, 0)


def once(name: str) -> str:
    """A key for one action, made on first use and kept until `spent`: submitting twice with it is one submission."""
    return str(st.session_state.setdefault(f"once_{name}", secrets.token_hex(16)))


def spent(name: str) -> None:
    st.session_state.pop(f"once_{name}", None)


def hand_over(value: object, now: datetime) -> None:
    """Spare the drawing of this very click a second look at what its callback has just read."""
    st.session_state[_HANDED] = (now, value)


def handed_over(now: datetime) -> object:
    """What the callback of this click read, once; None when it read nothing, or when the drawing was put off meanwhile."""
    at, value = st.session_state.pop(_HANDED, (None, None))
    return value if at is not None and timedelta() <= now - at < _SAME_CLICK else None


def remember(name: str, value: object) -> None:
    st.session_state[f"kept_{name}"] = value


def recall(name: str, default: object = None) -> object:
    return st.session_state.get(f"kept_{name}", default)


def forget(name: str) -> None:
    st.session_state.pop(f"kept_{name}", None)


def take(name: str) -> object:
    """What was remembered, and forgotten now."""
    return st.session_state.pop(f"kept_{name}", None)
