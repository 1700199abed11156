"""A case in a quiz, told stage by stage: a later one is not in the browser before the learner goes on to it.

Each answer is saved as it is given; how far the story has been told is kept for the session, and follows from the answers
when the page is opened anew. Questions that are no cases have one stage.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from course.questions.base import Control, Json, Stage
from course.ui import state
from course.ui.components import browser, controls


def is_case(asked: Sequence[Control]) -> bool:
    return all(isinstance(control, Stage) for control in asked)


def told(asked: Sequence[Control], given: Json, name: str) -> Sequence[Control]:
    """The inputs to draw now: all, or the stages that were gone on to or have an answer. `name`: where the session keeps it."""
    if not is_case(asked):
        return asked
    answered = [n for n, control in enumerate(asked, 1) if isinstance(given, dict) and control.name in given]
    kept = state.recall(name)
    return asked[: max([1, kept if isinstance(kept, int) else 1, *answered])]


def find_place() -> None:
    """Bring the stage that was gone on to into view, with the focus."""
    browser.go_to(*state.scroll_target())


def go_on(shown: Sequence[Control], of: int, asking: controls.Asking, name: str) -> None:
    """The button that tells the next stage, once the last one shown has an answer."""
    if state.take(_problem(name)):
        st.warning("Answer this part first.")
    number = len(shown) + 1
    st.button(f"Go on to part {number} of {of}", key=f"{asking.key}_go_on", on_click=_go_on, args=(shown, asking, name))


def _go_on(shown: Sequence[Control], asking: controls.Asking, name: str) -> None:
    given = controls.response(shown, asking)
    if isinstance(given, dict) and shown[-1].name in given:
        state.remember(name, len(shown) + 1)
        state.scroll_to(f"{asking.key}_{len(shown)}_stage")
    else:
        state.remember(_problem(name), True)


def _problem(name: str) -> str:
    return f"{name}_open"
