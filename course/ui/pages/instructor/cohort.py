"""One cohort: who is in it, coming in, its roster, and what it is called. Each part is a file beside this one. `?c=cohort&part=roster`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

from course.access.permissions import Action, may
from course.access.roles import CohortRole
from course.errors import NotAllowed, NotFound
from course.services.study.wording import counted
from course.storage.stores.cohorts import Cohort
from course.ui import state
from course.ui.components import acting, closed, page
from course.ui.pages.instructor import inviting, people, renaming, roster
from course.ui.visit import Visit, query

PARTS: Final[tuple[tuple[str, Action, Callable[[Visit, Cohort], None]], ...]] = (
    ("People", Action.MEMBER_LIST, people.draw),
    ("Inviting", Action.MEMBER_INVITE, inviting.draw),
    ("Roster", Action.MEMBER_IMPORT, roster.draw),
    ("Settings", Action.COHORT_EDIT, renaming.draw),
)


def draw(visit: Visit) -> None:
    cohort_id = query("c")
    try:
        cohort = visit.process.cohorts.one(visit.caller, cohort_id)
        members = visit.process.cohorts.members(visit.caller, cohort_id)
    except (NotFound, NotAllowed) as refusal:
        closed.refused(visit, refusal)
        return
    page.begin()
    learners = sum(m.role is CohortRole.LEARNER for m in members)
    page.masthead(
        "Cohort, archived" if cohort.archived_at else "Cohort", cohort.name, meta=f"{counted(learners, 'learner')}, {cohort.time_zone}"
    )
    with st.container(horizontal=True, gap="medium"):
        visit.link("cohorts", "All cohorts")
        if may(visit.actor, Action.ASSIGNMENT_FOLLOW, cohort=cohort_id):
            visit.link("teach", "Assignments", c=cohort_id)
            visit.link("gradebook", "Gradebook", c=cohort_id)
        if may(visit.actor, Action.AUDIT_VIEW, cohort=cohort_id):
            visit.link("audit", "Who changed what", c=cohort_id)
    parts = {name: body for name, action, body in PARTS if may(visit.actor, action, cohort=cohort_id)}
    names = list(parts)
    chosen = _part(cohort_id, names)
    acting.outcome(visit)
    parts[chosen](visit, cohort)


def _part(cohort_id: str, names: Sequence[str]) -> str:
    """The part that is chosen, kept in the address: a reload comes back to it, and so does the way back."""
    key, last = f"part_{cohort_id}", f"part_told_{cohort_id}"
    asked = next((name for name in names if name.lower() == query("part")), names[0])
    if asked != state.recall(last, asked):
        st.session_state[key] = asked
    st.session_state.setdefault(key, asked)
    chosen = st.segmented_control("Show", names, required=True, label_visibility="collapsed", key=key) or names[0]
    if chosen != asked:
        st.query_params["part"] = chosen.lower()
    state.remember(last, chosen)
    return chosen
