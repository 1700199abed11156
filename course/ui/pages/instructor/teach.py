"""A class: what is assigned and how far it is, and what the class is told. `?c=cohort`."""

from __future__ import annotations

from html import escape

import streamlit as st

from course.access.permissions import Action, may
from course.services.study.wording import counted
from course.services.teach.following import AssignmentLine, CohortView
from course.ui.components import acting, markup, page
from course.ui.components.acting import Told, Way
from course.ui.pages.instructor import around, moments
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
        _announcements(visit, view)
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


def _announcements(visit: Visit, view: CohortView) -> None:
    page.section("Announcements", "Shown on the learners’ start page.")
    service, who = visit.process.classes, visit.caller.learner
    for one in service.announced(who, view.cohort):
        with st.container(key=f"announcement_{one.id}", gap="xxsmall"):
            over = one.until is not None and one.until <= visit.process.clock()
            until = f", until {moments.told(one.until, view.time_zone)}" if one.until is not None else ""
            until += "; over: learners do not see it any more" if over else ""
            st.html(
                f'<div class="k-callout"><p><b>{escape(one.title)}</b></p>{markup.typed(one.body)}'
                f'<p class="k-fine">Since {escape(moments.told(one.at, view.time_zone))}{escape(until)}</p></div>'
            )

            def take_down(number: int = one.id) -> str:
                service.take_down(who, view.cohort, number)
                return "The announcement is taken down."

            acting.careful(
                "Take it down",
                f"Take “{one.title}” from the learners’ start page? It cannot be put up again.",
                take_down,
                key=f"take_down_{one.id}",
            )
    if view.archived:
        return
    with st.form("announce", border=False):
        st.text_input("Title", key="announce_title", max_chars=120)
        st.text_area("Text", key="announce_body", max_chars=4000, help="Markdown: *emphasis*, lists, links.")
        moments.ask("Until", view.time_zone, key="announce_until", hint="Empty: until you take it down.")

        def announce() -> str:
            until = moments.given("announce_until", view.time_zone, "The last moment")
            service.announce(who, view.cohort, acting.field("announce_title"), acting.field("announce_body"), until)
            title = acting.field("announce_title")
            st.session_state.update({"announce_title": "", "announce_body": "", "announce_until": None})
            end = f"until {moments.told(until, view.time_zone)}" if until else "until you take it down"
            return f"“{title}” stands on the start page of {counted(view.learners, 'learner')}, {end}."

        acting.submit("Announce it", announce, key="announce_now")


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
