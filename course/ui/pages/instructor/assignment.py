"""One assignment: who has not started, is at work, finished or is late; reminders, extensions, exemptions. `?c=cohort&a=assignment`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Final

import streamlit as st

from course.access.permissions import Action, may
from course.errors import Refused
from course.services.study.wording import counted
from course.services.teach.class_book import EXEMPT, FINISHED, IN_PROGRESS, NOT_STARTED, STATE_WORDS
from course.services.teach.following import Follower, FollowView
from course.ui import failure, state
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
_WITHDRAWN: Final = "assignment_withdrawn"


def draw(visit: Visit) -> None:
    cohort = around.chosen(visit)
    if state.take(_WITHDRAWN):
        visit.go("teach", c=cohort)
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
        f"{word} {moments.told(at, view.time_zone, visit.process.clock())}"
        for word, at in (("opens", one.opens), ("due", one.due), ("closes", one.closes))
        if at is not None
    ]
    meta = ", ".join(times) or "no dates"
    page.masthead(
        view.cohort_name, one.title, ", ".join(line.items) if list(line.items) != [one.title] else "", meta=f"{meta} ({view.time_zone})"
    )
    acting.outcome(visit)
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
        "–" if one.share is None or (one.state == EXEMPT and one.finished_at is None) else f"{one.share:.0%}",
    ]


def _nudge(visit: Visit, view: FollowView) -> None:
    page.section("Remind", "Nothing is sent from here: copy the text, or open it in your mail program, everybody in blind copy.")
    groups = {
        name: [f.learner for f in view.followers if f.state != EXEMPT and keep(f)] for name, keep in _SHOWN.items() if name != "Finished"
    }
    wanted = st.selectbox("Whom", list(groups), index=1, key="nudge_whom")
    if not groups[wanted]:
        page.fine("Nobody to remind.")
        return
    page.fine(f"For {counted(len(groups[wanted]), 'learner')}.")
    with failure.said_here():
        found = visit.process.classes.nudge(
            visit.caller.learner, view.cohort, view.line.assignment.id, groups[wanted], visit.process.settings.base_url
        )
        notes = [
            *([f"To {counted(found.unopened, 'learner')} of them it is not open yet."] if found.unopened else []),
            *([f"For {counted(found.shut, 'learner')} of them it is closed: give an extension first, below."] if found.shut else []),
        ]
        if notes:
            page.flags(notes)
        st.code(found.body, language=None, wrap_lines=True)
        many = len(found.mails)
        links = (
            f'<p><a href="{escape(mail)}">Open it in your mail program{f", message {n} of {many}" if many > 1 else ""}</a></p>'
            for n, mail in enumerate(found.mails, 1)
        )
        if many:
            st.html("".join(links))
        if found.addresses:
            st.code(", ".join(found.addresses), language=None, wrap_lines=True)
        if found.without_address:
            page.fine(f"No address is known of {counted(found.without_address, 'learner')}.")


def _allowances(visit: Visit, view: FollowView) -> None:
    page.section(
        "Extensions and exemptions", "For one or many. A due date that moves takes the close along. An earlier extension is replaced."
    )
    if not view.followers:
        page.empty("It goes to nobody.", "Once it goes to learners, each of them can be given other times here.")
        return
    names = {f.learner: f.name for f in view.followers}
    extended, exempt_now = any(f.extended for f in view.followers), any(f.state == EXEMPT for f in view.followers)
    service, who, cohort, one = visit.process.classes, visit.caller.learner, view.cohort, view.line.assignment
    parts = _parts(view)

    def fill() -> None:
        st.session_state["allow_who"] = parts.get(acting.field("allow_part"), [])

    st.selectbox("Choose at once", list(parts), index=None, placeholder="Nobody", key="allow_part", on_change=fill)
    with st.form("allowances", border=False):
        st.multiselect("Learners", list(names), format_func=names.__getitem__, key="allow_who")
        with st.container(horizontal=True, key="allow_times"):
            zone = view.time_zone
            moments.ask("New due date", zone, key="allow_due", hint=f"In {zone}. Now: {moments.told(one.due, zone)}.")
            moments.ask("New close", zone, key="allow_closes", hint=f"Only to later. Now: {moments.told(one.closes, zone)}.")
            st.number_input("More attempts", 0, 20, 0, 1, key="allow_attempts", width=150)

        def chosen() -> list[str]:
            return list(st.session_state.get("allow_who", ()))

        def extend() -> str:
            due = moments.given("allow_due", view.time_zone, "The new due date")
            closes = moments.given("allow_closes", view.time_zone, "The new close")
            more = int(st.session_state.get("allow_attempts") or 0) or None
            if due is None and closes is None and more is None:
                raise Refused("Choose a new due date, a new close, or more attempts.")
            many = service.extend(who, cohort, one.id, chosen(), due=due, closes=closes, attempts=more)
            given = ", ".join(
                filter(
                    None,
                    (
                        f"due {moments.told(due, view.time_zone, visit.process.clock())}" if due else "",
                        f"closes {moments.told(closes, view.time_zone, visit.process.clock())}" if closes else "",
                        f"{counted(more, 'more attempt')}" if more else "",
                    ),
                )
            )
            return (
                f"{counted(many, 'extension')} given to {_some(names, chosen())}: {given}." if many else "They have this extension already."
            )

        def take_back() -> str:
            many = service.extend(who, cohort, one.id, chosen())
            return f"{counted(many, 'extension')} taken back: {_some(names, chosen())}." if many else "None of them has an extension."

        def exempt(yes: bool) -> str:
            many = service.exempt(who, cohort, one.id, chosen(), yes)
            if not many:
                return "They are exempt already." if yes else "None of them is exempt."
            told = "does not count any more for" if yes else "counts again for"
            return f"It {told} {counted(many, 'learner')}: {_some(names, chosen())}."

        with st.container(horizontal=True, key="allow_actions"):
            acting.submit("Give the extension", extend, key="allow_extend", primary=True)
            acting.submit("Exempt them", lambda: exempt(True), key="allow_exempt")
            if extended:
                acting.submit("Take extensions back", take_back, key="allow_back")
            if exempt_now:
                acting.submit("Let it count again", lambda: exempt(False), key="allow_count")


def _parts(view: FollowView) -> Mapping[str, list[str]]:
    """Those who can be chosen together: by how they stand, and by group."""
    standing = {name: [f.learner for f in view.followers if keep(f)] for name, keep in _SHOWN.items()}
    groups = {
        f"Group {g}": [f.learner for f in view.followers if g in f.groups] for g in sorted({g for f in view.followers for g in f.groups})
    }
    return {name: people for name, people in {**standing, **groups}.items() if people}


def _some(names: Mapping[str, str], chosen: Sequence[str]) -> str:
    """The first names of many."""
    told = [names[i] for i in chosen if i in names]
    return ", ".join(told[:3]) + (f" and {len(told) - 3} more" if len(told) > 3 else "")


def _withdraw(visit: Visit, view: FollowView) -> None:
    page.section("Withdraw it", "Learners see it no more and it leaves the gradebook. What they did is kept, and it can be brought back.")
    service, one = visit.process.classes, view.line.assignment

    def withdraw() -> str:
        service.withdraw(visit.caller.learner, view.cohort, one.id)
        state.remember(_WITHDRAWN, True)
        return f"“{one.title}” is withdrawn. It can be brought back, below the announcements."

    many = counted(len(view.followers), "learner")
    acting.careful("Withdraw it", f"Withdraw “{one.title}” for {many}? It leaves their list and the gradebook.", withdraw, key="withdraw")
