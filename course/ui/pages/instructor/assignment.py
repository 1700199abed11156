"""One assignment: who has not started, is at work, finished or is late; reminders, extensions, exemptions. `?c=cohort&a=assignment`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Final

import streamlit as st

from course.access.permissions import Action, may
from course.services.study.wording import counted
from course.services.teach.class_book import EXEMPT, FINISHED, IN_PROGRESS, NOT_STARTED, STATE_WORDS
from course.services.teach.following import Follower, FollowView
from course.ui import failure
from course.ui.components import acting, page
from course.ui.pages.instructor import around, moments
from course.ui.visit import Visit, query

_MARKS: Final = {NOT_STARTED: "unseen", IN_PROGRESS: "now", FINISHED: "done", EXEMPT: "seen"}
_SHOWN: Final[Mapping[str, Callable[[Follower], bool]]] = {
    "Everybody": lambda f: True,
    "Not started": lambda f: f.state == NOT_STARTED,
    "In progress": lambda f: f.state == IN_PROGRESS,
    "Finished": lambda f: f.state == FINISHED,
    "Late": lambda f: f.late,
}
MOST_LISTED: Final = 200


def draw(visit: Visit) -> None:
    cohort = around.chosen(visit)
    with around.refused_as_missing(visit):
        view = visit.process.classes.follow(visit.caller.learner, cohort, query("a"))
        page.begin()
        _head(visit, view)
        _followers(view)
        live = not visit.process.cohorts.one(visit.caller, cohort).archived_at
        if may(visit.actor, Action.NUDGE_SEND, cohort=cohort):
            _nudge(visit, view)
        if live and may(visit.actor, Action.EXTENSION_EDIT, cohort=cohort):
            _allowances(visit, view)
        if live and may(visit.actor, Action.ASSIGNMENT_DELETE, cohort=cohort):
            _withdraw(visit, view)


def _head(visit: Visit, view: FollowView) -> None:
    one, line = view.line.assignment, view.line
    times = [
        f"{word} {moments.told(at, view.time_zone)}"
        for word, at in (("opens", one.opens), ("due", one.due), ("closes", one.closes))
        if at is not None
    ]
    meta = ", ".join(times) or "no dates"
    page.masthead(
        view.cohort_name, one.title, ", ".join(line.items) if list(line.items) != [one.title] else "", meta=f"{meta} ({view.time_zone})"
    )
    acting.outcome()
    with st.container(horizontal=True, gap="medium", key="assignment_ways"):
        if may(visit.actor, Action.ASSIGNMENT_EDIT, cohort=view.cohort):
            visit.link("assign", "Change it", a=one.id, c=view.cohort)
        visit.link("teach", "All assignments", c=view.cohort)
        visit.link("gradebook", "Gradebook", c=view.cohort)
    page.facts(
        [
            (str(line.not_started), "not started"),
            (str(line.in_progress), "in progress"),
            (str(line.finished), "finished"),
            (str(line.late), "late"),
        ]
    )


def _followers(view: FollowView) -> None:
    page.section("Learners", f"{counted(len(view.followers), 'learner')} it goes to, {view.line.exempt} of them exempt.")
    if not view.followers:
        page.empty("It goes to nobody.", "Choose a group or learners, or the whole class, under Change it.")
        return
    wanted = st.segmented_control("Show", list(_SHOWN), default="Everybody", required=True, key="follow_show", label_visibility="collapsed")
    found = [f for f in view.followers if _SHOWN[wanted or "Everybody"](f)]
    if not found:
        page.empty("Nobody.", f"No learner is “{(wanted or '').lower()}” now.")
        return
    page.table(
        ["Learner", "State", "Finished", "Score"],
        [_row(view, f) for f in found[:MOST_LISTED]],
        label="Learners at this assignment",
        numeric=(3,),
    )
    if len(found) > MOST_LISTED:
        page.fine(f"The first {MOST_LISTED} of {len(found)}. The gradebook has everybody, page by page.")


def _row(view: FollowView, one: Follower) -> list[str]:
    differs = ", ".join(
        filter(
            None,
            (
                f"extension to {moments.told(one.due, view.time_zone)}" if one.extended else "",
                f"time limits x {one.extra_time:g}" if one.extra_time > 1 else "",
            ),
        )
    )
    link = f'<a href="learner?c={escape(view.cohort)}&amp;l={escape(one.learner)}" target="_self">{escape(one.name)}</a>'
    late = ' <span class="k-late">late</span>' if one.late else ""
    return [
        f"{link}<small>{escape(differs)}</small>" if differs else link,
        f"{page.mark(_MARKS[one.state], spoken=False)} {STATE_WORDS[one.state]}{late}",
        escape(moments.told(one.finished_at, view.time_zone)) if one.finished_at is not None else "–",
        "–" if one.share is None else f"{one.share:.0%}",
    ]


def _nudge(visit: Visit, view: FollowView) -> None:
    page.section("Remind", "Nothing is sent from here: copy the text, or open it in your mail program, everybody in blind copy.")
    groups = {
        name: [f.learner for f in view.followers if f.state != EXEMPT and keep(f)] for name, keep in _SHOWN.items() if name != "Finished"
    }
    wanted = st.selectbox("Whom", list(groups), index=1, format_func=lambda n: f"{n} ({len(groups[n])})", key="nudge_whom")
    if not groups[wanted]:
        page.fine("Nobody to remind.")
        return
    with failure.said_here():
        found = visit.process.classes.nudge(
            visit.caller.learner, view.cohort, view.line.assignment.id, groups[wanted], visit.process.settings.base_url
        )
        st.code(found.body, language=None, wrap_lines=True)
        if found.mail and len(found.mail) < 1900:
            st.html(f'<p><a href="{escape(found.mail)}">Open it in your mail program</a></p>')
        if found.addresses:
            st.code(", ".join(found.addresses), language=None, wrap_lines=True)
        if found.without_address:
            page.fine(f"No address is known of {counted(found.without_address, 'learner')}.")


def _allowances(visit: Visit, view: FollowView) -> None:
    page.section(
        "Extensions and exemptions", "For one or many. A due date that moves takes the close along. Earlier extensions are replaced."
    )
    names = {f.learner: f.name for f in view.followers}
    service, who, cohort, one = visit.process.classes, visit.caller.learner, view.cohort, view.line.assignment
    with st.form("allowances", border=False):
        st.multiselect("Learners", list(names), format_func=names.__getitem__, key="allow_who")
        left, right = st.columns(2)
        left.text_input("New due date", key="allow_due", placeholder=moments.FORM)
        right.number_input("More attempts", 0, 20, 0, 1, key="allow_attempts")

        def chosen() -> list[str]:
            return list(st.session_state.get("allow_who", ()))

        def extend() -> str:
            due = moments.typed(acting.field("allow_due"), view.time_zone, "The new due date")
            more = int(st.session_state.get("allow_attempts") or 0) or None
            many = service.extend(who, cohort, one.id, chosen(), due=due, attempts=more)
            return f"{counted(many, 'extension')} {'given' if due or more else 'taken back'}."

        def exempt(yes: bool) -> str:
            many = service.exempt(who, cohort, one.id, chosen(), yes)
            return f"It does not count for {counted(many, 'learner')} now." if yes else f"It counts for {counted(many, 'learner')} again."

        with st.container(horizontal=True, key="allow_actions"):
            acting.submit("Give the extension", extend, key="allow_extend")
            acting.submit("Exempt them", lambda: exempt(True), key="allow_exempt")
            acting.submit("Let it count again", lambda: exempt(False), key="allow_count")
    page.fine("Without a date and without attempts, “Give the extension” takes earlier ones back.")


def _withdraw(visit: Visit, view: FollowView) -> None:
    page.section("Withdraw it", "Learners see it no more and it leaves the gradebook. What they did is kept.")
    sure = st.checkbox("Withdraw this assignment for everybody", key="withdraw_sure")
    if st.button("Withdraw it", key="withdraw", disabled=not sure):
        with failure.said_here():
            visit.process.classes.withdraw(visit.caller.learner, view.cohort, view.line.assignment.id)
            visit.go("teach", c=view.cohort)
