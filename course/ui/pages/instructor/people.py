"""Who is in a cohort, and what an instructor does with some of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Final

import streamlit as st

from course.access.permissions import Action, may
from course.access.roles import Actor, CohortRole
from course.errors import Refused
from course.services.study.wording import counted
from course.storage.stores.cohorts import Cohort, Group, Member
from course.ui.components import acting, page
from course.ui.components.acting import Told, Way
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
    page.section("People", "Whoever has not come in yet has still to accept an invitation.")
    if not any(m.role is CohortRole.LEARNER for m in members):
        page.empty("No learners yet.", "Bring them in under Inviting (by name, a link or a code), or from a file under Roster.")
    found = _found(members)
    page.table(
        ["Name", "Role", "Groups", "Extra time", "E-mail address", "Came in"],
        [_row(visit.actor, m, groups) for m in found[:MOST]],
        label="People of the cohort",
        numeric=(3,),
    )
    if len(found) > MOST:
        page.fine(f"The first {MOST} of {len(found)}. Write part of a name to find others.")
    if cohort.archived_at is None and may(visit.actor, Action.MEMBER_REMOVE, cohort=cohort.id):
        _acts(visit, cohort, {m.learner: m for m in members}, groups)
        _groups(visit, cohort, members, groups)


def _found(members: Sequence[Member]) -> Sequence[Member]:
    """All of a small cohort; in a large one, those whose name or address has what is typed."""
    if len(members) <= FEW:
        return members
    typed = st.text_input("Find", key="find_member", placeholder="Part of a name or address").casefold().strip()
    return [m for m in members if typed in f"{m.name or ''} {m.email or ''}".casefold()]


def _row(actor: Actor, m: Member, groups: Sequence[Group]) -> list[str]:
    inside = ", ".join(g.name for g in groups if m.learner in g.members)
    factor = "–" if m.extra_time == 1 else f"{m.extra_time:g}"
    state = "yes" if m.joined else '<span class="k-soon">not yet</span>'
    name = escape(m.name or "No name")
    if m.role is CohortRole.LEARNER and may(actor, Action.LEARNER_VIEW, cohort=m.cohort):
        name = f'<a href="learner?c={escape(m.cohort)}&amp;l={escape(m.learner)}" target="_self">{name}</a>'
    return [name, _ROLES[m.role], escape(inside or "–"), factor, escape(m.email or "–"), state]


def _acts(visit: Visit, cohort: Cohort, members: Mapping[str, Member], groups: Sequence[Group]) -> None:
    page.section("Do something with some of them", "Choose them first; then one of the actions below.")
    key = f"chosen_{cohort.id}"
    parts = _parts(members, groups)

    def fill() -> None:
        st.session_state[key] = parts.get(acting.field("chosen_part"), [])

    left, right = st.columns([1, 2])
    left.selectbox("Choose at once", list(parts), index=None, placeholder="Nobody", key="chosen_part", on_change=fill)
    right.multiselect("People", list(members), format_func=lambda i: members[i].name or "No name" if i in members else "", key=key)
    service = visit.process.cohorts
    names = [members[i].name or "No name" for i in st.session_state.get(key, []) if i in members]
    whom = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")

    def chosen() -> list[str]:
        found = [i for i in st.session_state.get(key, []) if i in members]
        if not found:
            raise Refused("Choose at least one person.")
        return found

    def invite() -> str:
        found = service.invite_members(visit.caller, cohort.id, chosen(), mail=visit.process.people.sends_mail)
        links.keep(visit, cohort.id, [(members[i].name or "", members[i].email or "", sent) for i, sent in found.items()])
        return f"{counted(len(found), 'invitation')} made, for {whom}. Earlier ones of the same people stopped working."

    def role() -> str:
        wanted = next(r for r, name in _ROLES.items() if name == acting.field("new_role"))
        many = service.set_role(visit.caller, cohort.id, chosen(), wanted)
        return f"{whom}: {_ROLES[wanted].lower()} from now on." if many else f"{whom}: {_ROLES[wanted].lower()} already."

    def time() -> str:
        done = service.set_extra_time(visit.caller, cohort.id, chosen(), float(st.session_state["new_factor"]))
        limits = "as long as everybody's" if done.extra_time == 1 else f"{done.extra_time:g} times as long"
        running = (
            f" {counted(done.running, 'attempt')} under way {'ends' if done.running == 1 else 'end'} later now." if done.running else ""
        )
        return f"Time limits of {whom} are {limits}.{running}"

    def remove() -> str:
        many = service.remove(visit.caller, cohort.id, chosen())
        return f"{counted(many, 'person', 'people')} removed: {whom}. What they did is kept."

    with st.container(horizontal=True, vertical_alignment="bottom"):
        acting.button("Make invitations", invite, key="act_invite")
    links.shown(cohort.id)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox("Role", list(_ROLES.values()), key="new_role", width=220)
        acting.button("Change the role", role, key="act_role")
    if may(visit.actor, Action.MEMBER_EXTRA_TIME, cohort=cohort.id):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.number_input("Factor of every time limit", 1.0, 5.0, 1.25, 0.05, key="new_factor", width=220, format="%g")
            acting.button("Set extra time", time, key="act_time")
        page.fine("It holds in every cohort. Whoever is in a timed quiz now gets the longer time at once; less never shortens it.")
    _transfer(visit, cohort, chosen, [members[i] for i in st.session_state.get(key, []) if i in members], whom)
    question = f"Remove {whom} from {cohort.name}? They see nothing of it any more. What they did is kept; an invitation or a roster brings them back."
    acting.careful("Remove from the cohort", question, remove, key="act_remove", disabled=not names)


def _parts(members: Mapping[str, Member], groups: Sequence[Group]) -> Mapping[str, list[str]]:
    """Those who can be chosen together."""
    learners = [i for i, m in members.items() if m.role is CohortRole.LEARNER]
    found = {
        "All learners": learners,
        "Not come in yet": [i for i, m in members.items() if not m.joined],
        **{f"Group {g.name}": [i for i in g.members if i in members] for g in groups},
        "Learners in no group": [i for i in learners if not any(i in g.members for g in groups)] if groups else [],
    }
    return {name: people for name, people in found.items() if people}


def _transfer(visit: Visit, cohort: Cohort, chosen: Callable[[], list[str]], picked: Sequence[Member], whom: str) -> None:
    mine = visit.process.cohorts.mine(visit.caller)
    others = {
        v.cohort.id: v.cohort.name
        for v in mine
        if v.role is CohortRole.INSTRUCTOR and not v.cohort.archived_at and v.cohort.id != cohort.id
    }
    if not others:
        page.fine("Learners can be moved into another cohort that you instruct. There is none now.")
        return

    def move() -> Told:
        to = acting.field("move_to")
        n = visit.process.cohorts.transfer(visit.caller, cohort.id, to, chosen())
        if not n:
            raise Refused("Only learners can be moved. Choose at least one.")
        return Told(f"{counted(n, 'learner')} moved to {others[to]}: {whom}.{_uninvited(picked)}", (Way("cohort", others[to], {"c": to}),))

    to = st.selectbox("Another cohort of yours", list(others), format_func=lambda i: others.get(i, ""), key="move_to", width=320)
    question = (
        f"Move {whom} from {cohort.name} to {others.get(to or '', '')}? What they did comes along and counts for what is assigned there. They leave "
        f"their groups, and see nothing of {cohort.name} any more.{_uninvited(picked)}"
    )
    acting.careful("Move the learners there", question, move, key="act_move", disabled=not picked)


def _uninvited(picked: Sequence[Member]) -> str:
    """Whose way in does not come along."""
    waiting = sum(not m.joined for m in picked)
    return (
        f" Invitations stop working: make new ones there for {counted(waiting, 'person', 'people')} who had not come in." if waiting else ""
    )


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
        return f"The group {group.name if group else ''} is removed; its people stay in the cohort."

    with st.container(horizontal=True):
        acting.button("Save the group", save, key=f"save_{tag}")
    if group is not None:
        question = f"Remove the group {group.name}? What is assigned to it alone goes to nobody then. Its people stay in the cohort."
        acting.careful("Remove the group", question, drop, key=f"drop_{tag}")
