"""The form of an assignment, with what chosen learners will see. `?c=cohort`, and `&a=assignment` to change one."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from html import escape
from typing import Final

import streamlit as st

from course.access.assignments import Assignment, Late, LateKind, Target, timing
from course.services.study.wording import counted
from course.services.teach.handing_out import Choices, Previewed
from course.ui import failure
from course.ui.components import acting, page
from course.ui.components.acting import Told, Way
from course.ui.pages.instructor import around, moments
from course.ui.visit import Visit, query

_LATE: Final = {
    LateKind.ACCEPTED: "Taken, at no cost",
    LateKind.PENALTY: "Taken, with a penalty for each begun day",
    LateKind.REFUSED: "Not taken",
}
_TIMES: Final = {"opens": ("Opens", "The opening"), "due": ("Due", "The due date"), "closes": ("Closes", "The close")}


def draw(visit: Visit) -> None:
    cohort, named = around.chosen(visit), query("a")
    with around.refused_as_missing(visit):
        service, who = visit.process.classes, visit.caller.learner
        choices = service.choices(who, cohort)
        before = service.assignment(who, cohort, named) if named else None
        page.begin("read")
        page.masthead(choices.cohort_name, "Change the assignment" if before else "New assignment")
        with st.container(horizontal=True, gap="medium", key="assign_ways"):
            if before:
                visit.link("assignment", before.title, c=cohort, a=before.id)
            visit.link("teach", "All assignments", c=cohort)
        if choices.archived:
            page.empty(
                "This class is archived.", "Nothing can be assigned in it. Its settings, under People, take it back from the archive."
            )
            return
        _form(visit, choices, before or Assignment("", cohort, "", ()), secrets.token_hex(16))


@st.fragment
def _form(visit: Visit, choices: Choices, one: Assignment, key: str) -> None:
    """Not a form of Streamlit's: what does not fit together is said while it is filled in. `key` is of this form: pressing again
    while it is being saved makes nothing more."""
    items = {**{i: i.id for i in one.items}, **choices.items}
    targets = {**dict.fromkeys(one.targets, "somebody who left"), **choices.targets}
    chosen = st.multiselect("Modules and quizzes, in order", list(items), default=list(one.items), format_func=items.__getitem__)
    own = items[chosen[0]] if len(chosen) == 1 else ""
    title = st.text_input("Title", value=one.title, max_chars=120, placeholder=own or "Week 1", key=f"assign_title_{one.id}")
    in_order = st.checkbox("Each opens when the one before it is done", value=one.in_order) if len(chosen) > 1 else False
    to = st.multiselect("For", list(targets), default=list(one.targets), format_func=targets.__getitem__)
    page.section("When", moments.zone_note(choices.time_zone, visit.process.clock()))
    page.fine("A field left empty is no limit. What was begun before the close runs to its own end.")
    _ask_times(one, choices.time_zone)
    late = _late(one)
    with failure.said_here():
        opens, due, closes = (moments.given(f"assign_{name}_{one.id}", choices.time_zone, what) for name, (_, what) in _TIMES.items())
        timed = replace(one, opens=opens, due=due, closes=closes, late=late)
        said = timing(timed) or _notes(timed, visit.process.clock())
        if said:
            page.flags(said)
        attempts, pass_mark, weight = _rules(one)
        ruled = replace(timed, attempts=attempts, pass_mark=pass_mark, weight=weight, in_order=in_order)
        _finish(visit, choices, replace(ruled, title=title or own, items=tuple(chosen), targets=tuple(to)), one, key)


def _ask_times(one: Assignment, zone: str) -> None:
    with st.container(horizontal=True, key="assign_times"):
        for name, (label, _) in _TIMES.items():
            moments.ask(label, zone, getattr(one, name), key=f"assign_{name}_{one.id}")


def _late(one: Assignment) -> Late:
    kind = st.selectbox("Work after the due date", list(_LATE), index=list(_LATE).index(one.late.kind), format_func=_LATE.__getitem__)
    if kind is not LateKind.PENALTY:
        return Late(kind)
    left, right = st.columns(2)
    per_day = left.number_input("Penalty a day, in %", 0, 100, round(100 * one.late.per_day) or 10, 1)
    floor = right.number_input("At least this much of a score stays, in %", 0, 100, round(100 * one.late.floor), 1)
    return Late(kind, per_day / 100, floor / 100)


def _rules(one: Assignment) -> tuple[int | None, float | None, float]:
    """Attempts, pass mark as a share, weight."""
    page.section("Rules", "An empty field: as the quiz has it.")
    left, middle, right = st.columns(3)
    attempts = left.number_input("Attempts", 1, 100, one.attempts, 1)
    percent = None if one.pass_mark is None else round(100 * one.pass_mark, 1)
    pass_mark = middle.number_input("Pass mark, in %", 0.0, 100.0, percent, 5.0, format="%g")
    weight = right.number_input("Weight in the grade", 0.0, 1000.0, one.weight, 0.5, format="%g", help="With 0 it does not count.")
    return attempts, None if pass_mark is None else pass_mark / 100, weight


def _finish(visit: Visit, choices: Choices, draft: Assignment, seen: Assignment, key: str) -> None:
    page.section("What learners will see", "Choose some, and look before you save.")
    people = st.multiselect("Learners", list(choices.learners), format_func=choices.learners.__getitem__, max_selections=20)
    with st.container(horizontal=True, vertical_alignment="center", key="assign_actions"):
        save = st.button("Save the changes" if draft.id else "Assign it", type="primary", key="assign_save")
        look = st.button("Show what they will see", key="assign_look")
    if look:
        _preview(visit.process.classes.preview(visit.caller.learner, draft, people or list(choices.learners)[:3]))
    if save:
        _save(visit, choices, draft, seen, key)


def _notes(draft: Assignment, now: datetime) -> Sequence[str]:
    """What is allowed and may still be a slip."""
    if draft.closes is not None and draft.closes <= now:
        return ("It is closed already: nobody can begin it.",)
    if draft.due is not None and draft.due <= now:
        return ("The due date has passed: everybody is late.",)
    return ()


def _save(visit: Visit, choices: Choices, draft: Assignment, seen: Assignment, key: str) -> None:
    service, who = visit.process.classes, visit.caller.learner
    if draft.id:
        service.save(who, draft, seen)
        said, one = f"“{draft.title}” is changed.", draft.id
    else:
        one = service.assign(who, draft, key)
        said = f"“{draft.title}” is assigned to {_whom(choices, draft.targets)}."
    query = {"c": draft.cohort, "a": one}
    acting.tell(
        Told(
            f"{said} {_when(draft, choices.time_zone, visit.process.clock())}",
            (Way("assignment", "Follow it", query), Way("assign", "Assign another", {"c": draft.cohort})),
        )
    )
    visit.go("teach", c=draft.cohort)


def _whom(choices: Choices, targets: Sequence[Target]) -> str:
    """ "everybody (30 learners)", "Group Monday, Ann (12 learners)"."""
    names = [choices.targets.get(t, "somebody who left") for t in targets]
    reached = frozenset[str]().union(*(choices.reach.get(t, frozenset()) for t in targets))
    told = "everybody" if names == ["Everybody"] else ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
    return f"{told} ({counted(len(reached), 'learner')})"


def _when(draft: Assignment, zone: str, now: datetime) -> str:
    told = [
        f"{word} {moments.told(at, zone, now)}"
        for word, at in (("opens", draft.opens), ("is due", draft.due), ("closes", draft.closes))
        if at
    ]
    return f"It {', '.join(told)} ({zone})." if told else "It has no dates and is open now."


def _preview(shown: tuple[Previewed, ...]) -> None:
    if not shown:
        page.empty("Nobody to show it for.", "The class has no learners yet. Invite them, or import a roster, under People.")
    for one in shown:
        items = "".join(f"<li>{escape(i.title)}{f'<small>{escape(i.locked)}</small>' if i.locked else ''}</li>" for i in one.view.items)
        words = "".join(f"<p>{escape(w)}</p>" for w in one.view.words)
        st.html(
            f'<div class="k-callout" role="note"><p><b>{escape(one.name)}</b> <small class="k-fine">{escape(one.zone)}</small></p>{words}'
            f'<ul class="k-list">{items}</ul></div>'
        )
