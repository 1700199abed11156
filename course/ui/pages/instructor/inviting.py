"""Bringing people into a cohort: by name, by a link, by a code read out in a room."""

from __future__ import annotations

from html import escape
from typing import Final

import streamlit as st

from course.access.roles import CohortRole
from course.services.study.wording import counted
from course.storage.stores.cohorts import Cohort
from course.storage.stores.invitations import Invitation, InvitationKind
from course.ui import state
from course.ui.components import acting, page
from course.ui.pages.instructor import links
from course.ui.visit import Visit

_ROLES: Final = {"Learner": CohortRole.LEARNER, "Instructor": CohortRole.INSTRUCTOR, "Lead": CohortRole.LEAD}


def draw(visit: Visit, cohort: Cohort) -> None:
    if cohort.archived_at is None:
        _everybody(visit, cohort)
        _by_name(visit, cohort)
        _by_code(visit, cohort)
        _by_link(visit, cohort)
    _open(visit, cohort)


def _everybody(visit: Visit, cohort: Cohort) -> None:
    waiting = [m for m in visit.process.cohorts.members(visit.caller, cohort.id) if not m.joined]
    if not waiting:
        return
    page.section("Everybody who has not come in yet", f"{counted(len(waiting), 'person', 'people')} of the roster.")
    service, people = visit.process.cohorts, visit.process.people

    def invite() -> str:
        found = service.invite_members(visit.caller, cohort.id, [m.learner for m in waiting], mail=people.sends_mail)
        names = {m.learner: (m.name or "", m.email or "") for m in waiting}
        links.keep(visit, f"{cohort.id}_all", [(*names[i], sent) for i, sent in found.items()])
        return f"{counted(len(found), 'invitation')} made. Earlier ones of the same people stopped working."

    label = f"Make {counted(len(waiting), 'invitation')}" + (" and mail them" if people.sends_mail else "")
    acting.button(label, invite, key="invite_all", primary=True)
    links.shown(f"{cohort.id}_all")


def _by_name(visit: Visit, cohort: Cohort) -> None:
    page.section("One person", "They are in the cohort at once, and come in with a link of their own.")
    with st.form("by_name", border=False, clear_on_submit=True):
        st.text_input("Name", key="by_name_name", max_chars=80)
        st.text_input("E-mail address", key="by_name_email", max_chars=254, placeholder="Optional")
        st.selectbox("Role", list(_ROLES), key="by_name_role")
        service, people = visit.process.cohorts, visit.process.people

        def add(key: str) -> str:
            role, name, email = _ROLES[acting.field("by_name_role")], acting.field("by_name_name"), acting.field("by_name_email")
            made = service.add(visit.caller, cohort.id, name=name, email=email, role=role, key=key)
            sent = service.invite_members(visit.caller, cohort.id, [made.learner], mail=people.sends_mail)
            links.keep(visit, f"{cohort.id}_name", [(name, email, sent[made.learner])])
            return f"{name} is in the cohort."

        acting.make("Add and make a link", add, key=f"add_person_{cohort.id}")
    links.shown(f"{cohort.id}_name")


def _by_code(visit: Visit, cohort: Cohort) -> None:
    page.section("A code", "Whoever types it becomes a learner, for 14 days. A new one ends the earlier one.")

    def make() -> str:
        state.remember(f"code_{cohort.id}", visit.process.cohorts.join_code(visit.caller, cohort.id).token)
        return "A new code is made."

    acting.button("Make a code", make, key="make_code")
    code = state.recall(f"code_{cohort.id}")
    if code:
        st.html(f'<p class="k-phone">{escape(str(code))}</p>')
        page.fine(f"Learners open {visit.process.settings.base_url}/join/code and type it. It is shown now and never again.")


def _by_link(visit: Visit, cohort: Cohort) -> None:
    page.section("A link", "For learners: as many as you say. For an instructor or a lead: one.")
    with st.form("by_link", border=False):
        st.selectbox("Role", list(_ROLES), key="by_link_role")
        st.number_input("For how many people", 1, 5000, 1, key="by_link_uses")
        st.number_input("For how many days", 1, 365, 30, key="by_link_days")

        def make(_key: str) -> str:
            role = _ROLES[acting.field("by_link_role")]
            uses, days = int(st.session_state["by_link_uses"]), int(st.session_state["by_link_days"])
            sent = visit.process.cohorts.invite_link(visit.caller, cohort.id, role, days=days, uses=uses)
            links.keep(visit, f"{cohort.id}_link", [("", "", sent)])
            return "A link is made."

        acting.make("Make the link", make, key=f"make_link_{cohort.id}")
    links.shown(f"{cohort.id}_link")


def _open(visit: Visit, cohort: Cohort) -> None:
    page.section("Still open", "Links and codes that work.")
    found = visit.process.cohorts.invitations(visit.caller, cohort.id)
    if not found:
        page.empty("None.", "Links and codes that can still be used are listed here, and can be withdrawn.")
        return
    names = {m.learner: m.name or "somebody" for m in visit.process.cohorts.members(visit.caller, cohort.id)}
    labels = {i.id: _label(i, names) for i in found}
    page.table(
        ["For", "Role", "Used", "Ends"],
        [[escape(labels[i.id]), i.role, f"{i.uses} of {i.max_uses or 'any'}", _day(visit, i)] for i in found],
        label="Invitations that work",
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox("Invitation", list(labels), format_func=lambda i: f"{labels.get(i, '')} ({i})", key="withdraw_which", width=320)

        def withdraw() -> str:
            visit.process.cohorts.withdraw(visit.caller, cohort.id, int(st.session_state["withdraw_which"]))
            return "It does not work any more."

        acting.button("Withdraw it", withdraw, key="withdraw")
    page.fine(f"{counted(len(found), 'invitation')} in all.")


def _label(one: Invitation, names: dict[str, str]) -> str:
    if one.learner is not None:
        return names.get(one.learner, "somebody")
    return "A code" if one.kind is InvitationKind.CODE else "Anybody with the link"


def _day(visit: Visit, one: Invitation) -> str:
    at = visit.local(one.expires_at)
    return f"{at.day} {at:%B %Y}"
