"""What stands beside a question that is asked in its own way: how sure, tries and hints, rounds."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from course.learning.rounds import RoundState
from course.questions.base import State
from course.services.study.views import RoundView, TriesView
from course.ui.charts.calibration import NAMES
from course.ui.components import page, question
from course.ui.components.markup import inline


def sure(key: str, stated: int | None, changed: Callable[[], None]) -> None:
    """Three steps of certainty; `changed` is called when one is chosen."""
    with st.container(key="sure", gap="xxsmall"):
        st.segmented_control(
            "How sure are you?", list(NAMES), format_func=NAMES.__getitem__, default=stated, key=key, on_change=changed, width="stretch",
            help="Shows you afterwards where confidence and knowledge part. It never changes your score.",
        )  # fmt: skip


def chosen(key: str) -> int | None:
    """The certainty that stands in the control now."""
    found = st.session_state.get(key)
    return int(found) if found is not None else None


def were(stated: int | None) -> str:
    """ " You were certain.", "" when nothing was stated."""
    return f" You were {NAMES[stated].lower()}." if stated is not None else ""


def tried(tries: TriesView | None, state: State | None) -> str:
    """The verdict on a try that others may follow; "" where there is none."""
    return "" if tries is None or state is None else f"Try {tries.used}: {question.LEADS[state].lower()}"


def hints(tries: TriesView) -> None:
    """The hints that were taken."""
    if tries.hints:
        items = "".join(f"<p><b>Hint {number}.</b> {inline(text)}</p>" for number, text in enumerate(tries.hints, 1))
        st.html(f'<div class="k-callout" role="status">{items}</div>')


def tries_left(tries: TriesView) -> None:
    """How many tries are left and what a right answer earns now."""
    number = f"Try {tries.used + 1} of {tries.used + tries.left}."
    worth = "" if tries.worth is None else f" A right answer earns {_percent(tries.worth)} of the points."
    page.fine(number + worth)


def take_hint(tries: TriesView, key: str, taken: Callable[[], None]) -> None:
    """The button for the next hint, with its price."""
    if tries.hint_costs is not None:
        price = f"costs {_percent(tries.hint_costs)}" if tries.hint_costs else "free"
        word = "another hint" if tries.hints else "a hint"
        st.button(f"Take {word} ({price})", key=key, type="tertiary", icon=":material/lightbulb:", on_click=taken)


def rounds(found: RoundView, key: str, again: Callable[[], None]) -> None:
    """Where the rounds of a question stand, and the button for the next one."""
    told = _told(found)
    if told:
        st.html(f'<p class="k-fine" role="status">{escape(told)}</p>')
    if found.may_go_on:
        st.button("Ask me again", key=key, type="primary", on_click=again)


def _told(found: RoundView) -> str:
    so_far = _so_far(found.right, min(found.number, found.of))
    match found.state:
        case RoundState.MASTERED:
            return f"Mastered: {so_far}."
        case RoundState.EXHAUSTED:
            return f"This was round {found.number}, the last one: {so_far}; {found.needed} are needed."
        case RoundState.RECORDED | RoundState.PASSED_OVER:
            return ""
        case RoundState.ASKING if found.number == 1:
            return f"Round 1. The question comes back until {found.needed} of the last {found.of} answers were right."
        case RoundState.ASKING:
            return f"Round {found.number}. {_so_far(found.right, min(found.number - 1, found.of)).capitalize()}; {found.needed} are needed."
        case _:
            return f"Round {found.number}: {so_far}; {found.needed} are needed."


def _so_far(right: int, last: int) -> str:
    if last == 1:
        return "one right so far" if right else "none right so far"
    return f"{right} of the last {last} right"


def _percent(share: float) -> str:
    return f"{round(100 * share, 1):g}%"
