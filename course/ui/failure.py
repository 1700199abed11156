"""What a page shows when something could not be done: the sentence, and the rest of the page. When its script broke: an id, no trace."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Final, ParamSpec

import streamlit as st

from course.errors import CourseError
from course.ui import state

P = ParamSpec("P")
log = logging.getLogger("course")
_TROUBLE: Final = "trouble"


@contextmanager
def said_here() -> Iterator[None]:
    """Say a refusal where the page is being drawn, and go on drawing."""
    try:
        yield
    except CourseError as failure:
        say(failure)


def say(failure: CourseError) -> None:
    """The sentence of a refusal."""
    st.error(sentence(failure))


def said_later(act: Callable[P, None]) -> Callable[P, None]:
    """A callback whose refusal the page says with `trouble` when it is drawn next: raised, it would take the page away."""

    @wraps(act)
    def tried(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            act(*args, **kwargs)
        except CourseError as failure:
            state.remember(_TROUBLE, sentence(failure))

    return tried


def trouble() -> bool:
    """Say what the last callback could not do, once. False: there was nothing."""
    told = state.take(_TROUBLE)
    if told:
        st.error(str(told))
    return bool(told)


def on_script_error(failure: Exception) -> bool:
    """Show a sentence instead of Streamlit's trace. Known failures speak for themselves; others get an id for the log."""
    if isinstance(failure, CourseError):
        say(failure)
        return True
    error_id = secrets.token_hex(4)
    log.error("failure %s", error_id, exc_info=failure)
    st.error(
        f"Something broke on our side. What was shown as saved is saved. Reload the page to try again; if it happens again, give this number: {error_id}."
    )
    return True


def sentence(failure: CourseError) -> str:
    """What went wrong and what was kept."""
    return " ".join(filter(None, (failure.message, failure.kept)))
