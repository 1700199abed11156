"""The form of an assignment, with what chosen learners will see. `?c=cohort`, and `&a=assignment` to change one."""

from __future__ import annotations

from html import escape
from typing import Final

import streamlit as st

from course.access.assignments import Assignment, Late, LateKind
from course.errors import Refused
from course.services.teach.handing_out import Choices, Previewed
from course.ui import failure
from course.ui.components import page
from course.ui.pages.instructor import around, moments
from course.ui.visit import Visit, query

_LATE: Final = {
    LateKind.ACCEPTED: "Taken, at no cost",
    LateKind.PENALTY: "Taken, with a penalty for each begun day",
    LateKind.REFUSED: "Not taken",
}


def draw(visit: Visit) -> None:
    cohort, named = around.chosen(visit), query("a")
    with around.refused_as_missing(visit):
        service, who = visit.process.classes, visit.caller.learner
        choices = service.choices(who, cohort)
        before = service.assignment(who, cohort, named) if named else None
        page.begin("read")
        page.masthead("", "Change the assignment" if before else "New assignment", meta=f"Times are those of {choices.time_zone}.")
        _form(visit, cohort, choices, before)


def _form(visit: Visit, cohort: str, choices: Choices, before: Assignment | None) -> None:
    one = before or Assignment("", cohort, "", ())
    items = {**{i: i.id for i in one.items}, **choices.items}
    targets = {**dict.fromkeys(one.targets, "somebody who left"), **choices.targets}
    zone = choices.time_zone
    with st.form("assignment", border=False):
        title = st.text_input("Title", value=one.title, max_chars=120, placeholder="Week 1")
        chosen = st.multiselect("Modules and quizzes, in order", list(items), default=list(one.items), format_func=items.__getitem__)
        in_order = st.checkbox("Each opens when the one before it is done", value=one.in_order)
        to = st.multiselect("For", list(targets), default=list(one.targets), format_func=targets.__getitem__)
        page.section("When", "An empty field: no such limit. What was begun before the close runs to its end.")
        opens = st.text_input("Opens", value=moments.to_type(one.opens, zone), placeholder=moments.FORM)
        due = st.text_input("Due", value=moments.to_type(one.due, zone), placeholder=moments.FORM)
        closes = st.text_input("Closes", value=moments.to_type(one.closes, zone), placeholder=moments.FORM)
        late = st.selectbox("Work after the due date", list(_LATE), index=list(_LATE).index(one.late.kind), format_func=_LATE.__getitem__)
        left, right = st.columns(2)
        per_day = left.number_input("Penalty a day, in %", 0, 100, round(100 * one.late.per_day), 1)
        floor = right.number_input("At least this much of a score stays, in %", 0, 100, round(100 * one.late.floor), 1)
        page.section("Rules", "An empty field: as the quiz has it.")
        left, middle, right = st.columns(3)
        attempts = left.text_input("Attempts", value="" if one.attempts is None else str(one.attempts))
        pass_mark = middle.text_input("Pass mark, in %", value="" if one.pass_mark is None else f"{100 * one.pass_mark:g}")
        weight = right.number_input("Weight in the grade", 0.0, 1000.0, one.weight, 0.5)
        page.section("What learners will see", "Choose some, and look before you save.")
        people = st.multiselect("Learners", list(choices.learners), format_func=choices.learners.__getitem__, max_selections=20)
        with st.container(horizontal=True, vertical_alignment="center", key="assign_actions"):
            save = st.form_submit_button("Save the changes" if before else "Assign it", type="primary")
            look = st.form_submit_button("Show what they will see")
    if not save and not look:
        return
    with failure.said_here():
        draft = Assignment(
            id=one.id,
            cohort=cohort,
            title=title,
            items=tuple(chosen),
            targets=tuple(to),
            opens=moments.typed(opens, zone, "The opening"),
            due=moments.typed(due, zone, "The due date"),
            closes=moments.typed(closes, zone, "The close"),
            late=Late(late, per_day / 100, floor / 100) if late is LateKind.PENALTY else Late(late),
            attempts=_whole(attempts, "The number of attempts"),
            pass_mark=_share(pass_mark, "The pass mark"),
            weight=weight,
            in_order=in_order,
        )
        if look:
            _preview(visit.process.classes.preview(visit.caller.learner, draft, people or list(choices.learners)[:3]))
        else:
            _save(visit, draft)


def _save(visit: Visit, draft: Assignment) -> None:
    service, who = visit.process.classes, visit.caller.learner
    if draft.id:
        service.save(who, draft)
    else:
        service.assign(who, draft)
    visit.go("teach", c=draft.cohort)


def _preview(shown: tuple[Previewed, ...]) -> None:
    if not shown:
        page.empty("Nobody to show it for.", "The class has no learners yet.")
    for one in shown:
        items = "".join(f"<li>{escape(i.title)}{f'<small>{escape(i.locked)}</small>' if i.locked else ''}</li>" for i in one.view.items)
        words = "".join(f"<p>{escape(w)}</p>" for w in one.view.words)
        st.html(
            f'<div class="k-callout" role="note"><p><b>{escape(one.name)}</b> <small class="k-fine">{escape(one.zone)}</small></p>{words}'
            f'<ul class="k-list">{items}</ul></div>'
        )


def _whole(text: str, what: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not text.isascii() or not text.isdigit():
        raise Refused(f"{what} is `{text[:20]}`; write a whole number, or nothing.")
    return int(text[:6])


def _share(text: str, what: str) -> float | None:
    text = text.strip().rstrip("%").strip().replace(",", ".")
    if not text:
        return None
    try:
        return float(text) / 100
    except ValueError:
        raise Refused(f"{what} is `{text[:20]}`; write a number from 0 to 100, or nothing.") from None
