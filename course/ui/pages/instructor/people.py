"""Who is in a cohort, and what an instructor does with some of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

import streamlit as st

from course.access.permissions import Action, may
from course.access.roles import CohortRole
from course.services.study.wording import counted
from course.storage.stores.cohorts import Cohort, Group, Member
from course.ui.components import acting, page
from course.ui.pages.instructor import links
from course.ui.visit import Visit

FEW: Final = 40
"""Up to so many people need no search."""
MOST: Final = 200
"""Rows that a table shows at once."""
_ROLES: Final = {CohortRole.LEARNER: "Learner", CohortRole.INSTRUCTOR: "Instructor", CohortRole.LEAD: "Lead"}


def draw(visit: Visit, cohort: Cohort) -> None:
    members = visit.process.cohorts.members(visit.caller, cohort.id)
    groups = visit.process.cohorts.groups(visit.caller, cohort.id)
    page.section("People", "Whoever has not come in yet has an invitation to accept.")
    found = _found(members)
    page.table(
        ["Name", "Role", "Groups", "Extra time", "E-mail address", "Came in"],
        [_row(m, groups) for m in found[:MOST]],
        label="People of the cohort",
        numeric=(3,),
    )
    if len(found) > MOST:
        page.fine(f"The first {MOST} of {len(found)}. Write part of a name to find others.")
    if cohort.archived_at is None and may(visit.actor, Action.MEMBER_REMOVE, cohort=cohort.id):
        _acts(visit, cohort, {m.learner: m for m in members})
        _groups(visit, cohort, members, groups)


def _found(members: Sequence[Member]) -> Sequence[Member]:
    """All of a small cohort; in a large one, those whose name or address has what is typed."""
    if len(members) <= FEW:
        return members
    typed = st.text_input("Find", key="find_member", placeholder="Part of a name or address").casefold().strip()
    return [m for m in members if typed in f"{m.name or ''} {m.email or ''}".casefold()]


def _row(m: Member, groups: Sequence[Group]) -> list[str]:
    inside = ", ".join(g.name for g in groups if m.learner in g.members)
    factor = "–" if m.extra_time == 1 else f"{m.extra_time:g}"
    state = "yes" if m.joined else '<span class="k-soon">not yet</span>'
    return [escape(m.name or "No name"), _ROLES[m.role], escape(inside or "–"), factor, escape(m.email or "–"), state]


def _acts(visit: Visit, cohort: Cohort, members: Mapping[str, Member]) -> None:
    page.section("Do something with some of them")
    key = f"chosen_{cohort.id}"
    st.multiselect("People", list(members), format_func=lambda i: members[i].name or "No name" if i in members else "", key=key)
    service = visit.process.cohorts

    def chosen() -> list[str]:
        return [i for i in st.session_state.get(key, []) if i in members]

    def invite() -> str:
        found = service.invite_members(visit.caller, cohort.id, chosen(), mail=visit.process.people.sends_mail)
        links.keep(visit, cohort.id, [(members[i].name or "", members[i].email or "", sent) for i, sent in found.items()])
        return f"{counted(len(found), 'invitation')} made. Earlier ones of the same people stopped working."

    def role() -> str:
        wanted = next(r for r, name in _ROLES.items() if name == acting.field("new_role"))
        for person in chosen():
            service.set_role(visit.caller, cohort.id, person, wanted)
        return f"{counted(len(chosen()), 'person', 'people')} changed."

    def time() -> str:
        for person in chosen():
            service.set_extra_time(visit.caller, cohort.id, person, float(st.session_state["new_factor"]))
        return f"Extra time set for {counted(len(chosen()), 'person', 'people')}, from their next attempt on."

    def remove() -> str:
        return f"{counted(service.remove(visit.caller, cohort.id, chosen()), 'person', 'people')} removed. What they did is kept."

    with st.container(horizontal=True, vertical_alignment="bottom"):
        acting.button("Make invitations", invite, key="act_invite")
        acting.button("Remove from the cohort", remove, key="act_remove")
    links.shown(cohort.id)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox("Role", list(_ROLES.values()), key="new_role", width=220)
        acting.button("Change the role", role, key="act_role")
    if may(visit.actor, Action.MEMBER_EXTRA_TIME, cohort=cohort.id):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.number_input("Factor of every time limit", 1.0, 5.0, 1.25, 0.05, key="new_factor", width=220)
            acting.button("Set extra time", time, key="act_time")
    _transfer(visit, cohort, chosen)


def _transfer(visit: Visit, cohort: Cohort, chosen: object) -> None:
    mine = visit.process.cohorts.mine(visit.caller)
    others = {
        v.cohort.id: v.cohort.name
        for v in mine
        if v.role is CohortRole.INSTRUCTOR and not v.cohort.archived_at and v.cohort.id != cohort.id
    }
    if not others:
        return

    def move() -> str:
        assert callable(chosen)
        n = visit.process.cohorts.transfer(visit.caller, cohort.id, acting.field("move_to"), chosen())
        return f"{counted(n, 'learner')} moved to {others[acting.field('move_to')]}."

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox("Another cohort of yours", list(others), format_func=lambda i: others.get(i, ""), key="move_to", width=220)
        acting.button("Move the learners there", move, key="act_move")


def _groups(visit: Visit, cohort: Cohort, members: Sequence[Member], groups: Sequence[Group]) -> None:
    page.section("Groups", "Parts of the cohort, for assignments of their own.")
    names = {m.learner: m.name or "No name" for m in members}
    by_id = {g.id: g for g in groups}
    chosen = st.selectbox(
        "Group", ["", *by_id], format_func=lambda i: by_id[i].name if i in by_id else "A new group", key=f"group_{cohort.id}"
    )
    group = by_id.get(chosen or "")
    tag = f"{cohort.id}_{group.id if group else 'new'}"
    st.text_input("Name of the group", value=group.name if group else "", key=f"group_name_{tag}", max_chars=120)
    inside = [i for i in group.members if i in names] if group else []
    st.multiselect("Who is in it", list(names), default=inside, format_func=lambda i: names.get(i, ""), key=f"group_people_{tag}")

    def save() -> str:
        people = [i for i in st.session_state.get(f"group_people_{tag}", []) if i in names]
        made = visit.process.cohorts.set_group(
            visit.caller, cohort.id, acting.field(f"group_name_{tag}"), people, group=group.id if group else None
        )
        return f"The group {made.name} has {counted(len(made.members), 'person', 'people')}."

    def drop() -> str:
        if group is not None:
            visit.process.cohorts.drop_group(visit.caller, cohort.id, group.id)
        return "The group is removed; its people stay in the cohort."

    with st.container(horizontal=True):
        acting.button("Save the group", save, key=f"save_{tag}")
        if group is not None:
            acting.button("Remove the group", drop, key=f"drop_{tag}")
