"""The cohorts somebody teaches or leads; an admin sees every one."""

from __future__ import annotations

from html import escape

import streamlit as st

from course.access.permissions import Action, may
from course.access.roles import CohortRole
from course.services.people.cohorts import CohortView
from course.services.study.wording import counted
from course.ui.components import acting, page
from course.ui.components.acting import Told, Way
from course.ui.visit import Visit


def draw(visit: Visit) -> None:
    page.begin()
    everybodys = may(visit.actor, Action.SITE_COHORTS)
    views = [v for v in visit.process.cohorts.mine(visit.caller, everybodys=everybodys) if v.role is not CohortRole.LEARNER]
    page.masthead("", "Cohorts", "Classes of learners. Each has its own people, dates and results.")
    acting.outcome(visit)
    _list(visit, [v for v in views if v.cohort.archived_at is None], "Cohorts", "None yet.")
    archived = [v for v in views if v.cohort.archived_at is not None]
    if archived:
        _list(visit, archived, "Archived", "")
    if may(visit.actor, Action.COHORT_CREATE):
        _create(visit)
    else:
        page.fine("Cohorts are made by people with the role of a teacher. Whoever runs the site gives it.")


def _list(visit: Visit, views: list[CohortView], title: str, nothing: str) -> None:
    page.section(title)
    if not views:
        page.empty(nothing, "A cohort appears here when you make one, or when somebody invites you to instruct or lead theirs.")
        return
    page.table(
        ["Cohort", "Learners", "You are", "Time zone"],
        [
            [
                f'<a href="cohort?c={escape(v.cohort.id)}" target="_self">{escape(v.cohort.name)}</a>',
                counted(v.sizes.get(CohortRole.LEARNER, 0), "learner"),
                v.role.value if v.role else "looking in as an admin",
                escape(v.cohort.time_zone),
            ]
            for v in views
        ],
        label=title,
    )


def _create(visit: Visit) -> None:
    page.section("A new cohort", "You instruct it. Learners come in by invitation, by a code, or from a roster.")
    with st.form("new_cohort", border=False, clear_on_submit=True):
        st.text_input("Name", key="new_cohort_name", max_chars=120, placeholder="Nursing, second year, group B")

        def create(key: str) -> Told:
            made = visit.process.cohorts.create(visit.caller, acting.field("new_cohort_name"), zone=st.context.timezone or "UTC", key=key)
            ways = (Way("cohort", "Bring people in", {"c": made.id, "part": "inviting"}), Way("teach", "Assign something", {"c": made.id}))
            return Told(f"{made.name} is made, in the time zone {made.time_zone}. You instruct it.", ways)

        acting.make("Make the cohort", create, key="create_cohort")
