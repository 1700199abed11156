"""What a person marks in a cohort: the queue with its filters, how far it is, and how the marks lie. `?c=cohort`."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from course.access.permissions import Action, cohorts_for, may
from course.services.study.wording import counted
from course.services.teach.marking_views import MarkingQueue, MarkState, Waits, Wanted
from course.ui.components import acting, page
from course.ui.pages.instructor import around, moments
from course.ui.visit import Visit, query

MOST_LISTED: Final = 200
FILTERS: Final = ("quiz", "assignment", "question", "state")
"""Kept in the address, so that they hold while one answer after the other is marked."""
_MARKS: Final = {MarkState.TO_MARK: "unseen", MarkState.SECOND: "now", MarkState.DIFFER: "review", MarkState.DONE: "done"}


def draw(visit: Visit) -> None:
    cohort = chosen(visit)
    with around.refused_as_missing(visit):
        view = visit.process.grading.queue(visit.caller.learner, cohort, wanted())
        page.begin()
        eyebrow = f"{view.cohort_name}, {'names are hidden' if view.anonymous else 'names are shown'}"
        page.masthead(eyebrow, "Marking", "What a person marks: oldest first, one answer at a time.")
        acting.outcome()
        _others(visit, cohort)
        around.ways(visit, cohort, "marking")
        _standing(view)
        _filters(view)
        _start(visit, view)
        _answers(view)
        _distribution(view)
        if may(visit.actor, Action.COHORT_EDIT, cohort=cohort) and not view.archived:
            _settings(visit, view)


def chosen(visit: Visit) -> str:
    """The cohort of the address, else the first in which the reader marks; "" for none."""
    mine = set(cohorts_for(visit.actor, Action.ESSAY_MARK))
    return query("c") or next((v.cohort.id for v in around.taught(visit) if v.cohort.id in mine), "")


def wanted() -> Wanted:
    """The filters of the address; a state that does not exist is none."""
    state = query("state")
    known = MarkState(state) if state in list(MarkState) else None
    return Wanted(query("quiz"), query("assignment"), query("question"), known)


def address(view: MarkingQueue, one: Waits) -> dict[str, str]:
    """The query of the page on which this answer is marked, under the filters of now."""
    kept = {name: query(name) for name in FILTERS if query(name)}
    return {"c": view.cohort, "a": str(one.attempt), "n": str(one.position), **kept}


def _others(visit: Visit, cohort: str) -> None:
    mine = set(cohorts_for(visit.actor, Action.ESSAY_MARK)) - {cohort}
    others = [v.cohort for v in around.taught(visit) if v.cohort.id in mine and v.cohort.archived_at is None]
    if others:
        with st.container(horizontal=True, gap="medium", key="other_classes"):
            page.fine("Other classes:", width="content")
            for one in others:
                visit.link("marking", one.name, c=one.id)


def _standing(view: MarkingQueue) -> None:
    if not view.total:
        return
    count = {state: sum(a.state is state for a in view.answers) for state in MarkState}
    pairs = [(f"{view.marked} of {view.total}", "marked")]
    if wanted().state is None:
        pairs += [
            (str(count[state]), words)
            for state, words in (
                (MarkState.TO_MARK, "to mark"),
                (MarkState.SECOND, "need a second mark"),
                (MarkState.DIFFER, "marks differ"),
            )
        ]
    page.facts(pairs)


def _filters(view: MarkingQueue) -> None:
    page.section("Answers")
    if not view.quizzes:
        return
    offered: tuple[tuple[str, str, Mapping[str, str]], ...] = (
        ("state", "State", {state.value: state.value for state in MarkState}),
        ("assignment", "Assignment", view.assignments),
        ("quiz", "Quiz", view.quizzes),
        ("question", "Question", {question: question for question in view.questions}),
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="marking_filters"):
        for name, label, found in offered:
            if found:
                _filter(name, label, found)


def _filter(name: str, label: str, found: Mapping[str, str]) -> None:
    names, key = ["", *found], f"marking_{name}"

    def changed() -> None:
        value = acting.field(key)
        if value:
            st.query_params[name] = value
        else:
            st.query_params.pop(name, None)

    now = query(name)
    st.selectbox(
        label, names, index=names.index(now) if now in names else 0, format_func=lambda n: found.get(n, "All"), key=key, on_change=changed,
        width=210,
    )  # fmt: skip


def _start(visit: Visit, view: MarkingQueue) -> None:
    first = view.after((0, 0))
    if first is None or view.archived:
        return
    many = sum(a.open_to_me for a in view.answers)
    if st.button(f"Mark the first of {many}" if many > 1 else "Mark it", type="primary", key="mark_first"):
        visit.go("mark", **address(view, first))


def _answers(view: MarkingQueue) -> None:
    if not view.answers:
        if view.total:
            page.empty("None.", "No answer stands so now. Choose another state above.")
        else:
            page.empty("Nothing to mark.", "What learners of this class hand in and a person must mark stands here, the oldest first.")
        return
    page.table(
        ["Answer", "Quiz", "Handed in", "State"],
        [_row(view, one) for one in view.answers[:MOST_LISTED]],
        label="Answers that a person marks",
    )
    if len(view.answers) > MOST_LISTED:
        page.fine(f"The first {MOST_LISTED} of {len(view.answers)}; the others follow as these are marked.")


def _row(view: MarkingQueue, one: Waits) -> list[str]:
    name = one.name or f"Answer {one.attempt}.{one.position}"
    link = f'<a href="mark?{escape(urlencode(address(view, one)))}" target="_self">{escape(name)}</a>'
    by = [f"marked by {', '.join(one.graders)}" if one.graders else "", "you have begun" if one.draft else ""]
    by += [f"{', '.join(one.begun)} {'has' if len(one.begun) == 1 else 'have'} begun" if one.begun else ""]
    told = "; ".join(filter(None, by))
    share = f", {one.share:.0%}" if one.share is not None else ""
    return [
        link,
        f"{escape(one.quiz_title)}<small>{escape(one.question)}</small>",
        escape(moments.told(one.handed_in, view.time_zone)),
        f"{page.mark(_MARKS[one.state], spoken=False)} {one.state.value}{share}" + (f"<small>{escape(told)}</small>" if told else ""),
    ]


def _distribution(view: MarkingQueue) -> None:
    if not view.shares:
        return
    mean = sum(view.shares) / len(view.shares)
    page.section("Marks so far", f"{counted(len(view.shares), 'final mark')}, mean {mean:.0%} of the points.")
    page.table(
        ["Of the points", "Answers"],
        [[escape(words), f"{count} {page.meter(count, len(view.shares), words)}"] for words, count in view.counts()],
        label="How the marks lie",
    )


def _settings(visit: Visit, view: MarkingQueue) -> None:
    page.section("Names", "For everybody who marks in this class. Who changed what is in the audit.")

    def turn() -> str:
        visit.process.grading.set_anonymous(visit.caller.learner, view.cohort, not view.anonymous)
        return "Graders see names now." if view.anonymous else "Names are hidden from graders now."

    acting.button("Show names to graders" if view.anonymous else "Hide names from graders", turn, key="marking_names")
