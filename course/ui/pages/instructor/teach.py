"""A class: what is assigned and how far it is, and what the class is told. `?c=cohort`."""

from __future__ import annotations

from html import escape

import streamlit as st

from course.access.permissions import Action, may
from course.services.study.wording import counted
from course.services.teach.following import AssignmentLine, CohortView
from course.ui.components import acting, page
from course.ui.components.acting import Told, Way
from course.ui.pages.instructor import around, moments, telling
from course.ui.visit import Visit


def draw(visit: Visit) -> None:
    cohort = around.chosen(visit)
    if not cohort:
        page.begin("read")
        page.masthead("", "Teach", "Here stand the classes that you instruct or lead.")
        page.empty("No class yet.", "Make one on the page Cohorts, or ask whoever runs the course to name you its instructor.")
        return
    with around.refused_as_missing(visit):
        _class(visit, visit.process.classes.cohort(visit.caller.learner, cohort))


def _class(visit: Visit, view: CohortView) -> None:
    page.begin()
    page.masthead(
        f"{view.name}, {counted(view.learners, 'learner')}", "Assignments", meta=moments.zone_note(view.time_zone, visit.process.clock())
    )
    acting.outcome(visit)
    _others(visit, view)
    edits = may(visit.actor, Action.ASSIGNMENT_EDIT, cohort=view.cohort) and not view.archived
    with st.container(horizontal=True, vertical_alignment="center", key="teach_actions"):
        if edits and st.button("New assignment", type="primary", icon=":material/add:", key="new_assignment"):
            visit.go("assign", c=view.cohort)
        around.ways(visit, view.cohort, "teach")
    now = visit.process.clock()
    closed = sum(line.assignment.closes is not None and line.assignment.closes < now for line in view.lines)
    page.section("Assignments", f"{len(view.lines) - closed} open or to come, {closed} closed" if view.lines else "")
    if view.lines:
        page.table(
            ["Assignment", "Due", "Finished", "Median"], [_row(visit, view, line) for line in view.lines], label="Assignments", numeric=(3,)
        )
    else:
        nobody = "" if view.learners else " Nobody is in the class yet: bring learners in under People."
        page.empty("Nothing is assigned yet.", f"An assignment is one or more modules or quizzes, with a time to do them in.{nobody}")
    if may(visit.actor, Action.ANNOUNCEMENT_EDIT, cohort=view.cohort):
        telling.draw(visit, view)
    if edits and may(visit.actor, Action.ASSIGNMENT_DELETE, cohort=view.cohort):
        _withdrawn(visit, view)


def _others(visit: Visit, view: CohortView) -> None:
    others = [v.cohort for v in around.taught(visit) if v.cohort.id != view.cohort and v.cohort.archived_at is None]
    if others:
        with st.container(horizontal=True, gap="medium", key="other_classes"):
            page.fine("Other classes:", width="content")
            for cohort in others:
                visit.link("teach", cohort.name, c=cohort.id)


def _row(visit: Visit, view: CohortView, line: AssignmentLine) -> list[str]:
    one = line.assignment
    now = visit.process.clock()
    due = escape(moments.told(one.due, view.time_zone, now))
    late = f'<span class="k-late">{line.late} late</span>, ' if line.late else ""
    if one.closes is not None and one.closes < now:
        due = f"{late}closed {escape(moments.told(one.closes, view.time_zone, now))}"
    elif one.opens is not None and one.opens > now:
        due = f"{due}<small>opens {escape(moments.told(one.opens, view.time_zone, now))}</small>"
    else:
        due = late + due
    items = ", ".join(line.items)
    link = f'<a href="assignment?c={escape(view.cohort)}&amp;a={escape(one.id)}" target="_self">{escape(one.title)}</a>'
    return [
        f"{link}<small>{escape(items)}</small>" if items != one.title else link,
        due,
        f"<p class='k-done'>{line.finished} of {line.asked}</p>{page.meter(line.finished, line.asked, one.title + ': finished')}",
        "no scores yet" if line.median is None else f"{line.median:.0%}",
    ]


def _withdrawn(visit: Visit, view: CohortView) -> None:
    service, who = visit.process.classes, visit.caller.learner
    gone = service.withdrawn(who, view.cohort)
    if not gone:
        return
    page.section("Withdrawn", "Nobody sees these. Brought back, they are as they were, with their grades.")
    titles = {one.id: one.title for one in gone}

    def back() -> Told:
        one = service.bring_back(who, view.cohort, acting.field("back_which"))
        return Told(f"“{one.title}” is handed out again.", (Way("assignment", "Follow it", {"c": view.cohort, "a": one.id}),))

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox("Assignment", list(titles), format_func=lambda i: titles.get(i, ""), key="back_which", width=320)
        acting.button("Bring it back", back, key="bring_back")
