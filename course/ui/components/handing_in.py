"""The last look before an attempt is handed in: what is open, what is flagged."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from course.services.study.views import AttemptView, SlotView
from course.ui import failure, state
from course.ui.components import page, question
from course.ui.visit import Visit


def begun(attempt_id: int) -> str:
    """The state that says the learner is at the last look."""
    return f"handing_in_{attempt_id}"


def draw(visit: Visit, view: AttemptView, go: Callable[[int], None]) -> None:
    """`go` shows the question at a position; one in the list leads back to it."""
    left = [s for s in view.slots if not s.behind]
    rows = [s for s in left if (s.flagged or s.problem or why_open(s)) and (not view.sequential or view.here == s.position)]
    if len(left) < len(view.slots):
        page.fine("The questions before this one are closed.")
    if view.sequential and len(left) > 1:
        page.fine(
            f"{len(left) - 1} more {'question follows' if len(left) == 2 else 'questions follow'}; handed in now, they count as not answered."
        )
    if rows:
        page.fine("These are open or flagged. Open ones count as far as they are answered.")
    elif len(left) < 2 or not view.sequential:
        page.fine("Nothing is left open, nothing is flagged.")
    with st.container(key="handin_list", gap=None):
        for slot in rows:
            line = f"{slot.number}. {question.plain(slot.question.stem)} ({slot.problem or why_open(slot) or 'flagged'})"
            back = (view.id, go, slot.position)
            st.button(line, key=f"open_{slot.position}", type="tertiary", on_click=_reopen, args=back, width="stretch")
    with st.container(horizontal=True, vertical_alignment="center", key="handin_actions"):
        if st.button("Hand in now", type="primary", key="really_hand_in"):
            with failure.said_here():
                visit.study.submit(visit.begin(), view.id, state.once(f"submit_{view.id}"))
                state.forget(begun(view.id))
                visit.go("result", a=str(view.id))
        st.button("Back to the questions", type="tertiary", key="not_yet", on_click=state.forget, args=(begun(view.id),))


def why_open(slot: SlotView) -> str:
    """What is still to do at a question, in words; "" when nothing is."""
    if slot.skipped:
        return ""
    if not slot.answered:
        return "not answered"
    if _parts_left(slot):
        return "parts are open"
    if not slot.done:
        return "not finished" if slot.round is not None else "tries left"
    if slot.asks_certainty and slot.certainty is None:
        return "how sure is open"
    return ""


def _parts_left(slot: SlotView) -> bool:
    """Whether a part of a case has no answer."""
    return slot.telling is not None and isinstance(slot.response, dict) and len(slot.response) < slot.telling.of


def _reopen(attempt_id: int, go: Callable[[int], None], position: int) -> None:
    state.forget(begun(attempt_id))
    go(position)
