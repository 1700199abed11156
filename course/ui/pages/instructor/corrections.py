"""A question graded again or withdrawn: first who moves from what to what, then for good, with a reason. `?c=cohort`, or for everybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Final

import streamlit as st

from course.access.permissions import Action, cohorts_for, may
from course.errors import CourseError
from course.services.study.wording import counted
from course.services.teach.correcting import Choices, Served
from course.services.teach.reporting import total
from course.services.teach.views import AttemptChange, ChangeReport, Effect
from course.ui import failure, state
from course.ui.components import acting, page
from course.ui.pages.instructor import around
from course.ui.visit import Visit, query

MOST_LISTED: Final = 200
EVERYBODY: Final = "everybody"
_ORDER: Final = (Effect.LOSES, Effect.GAINS, Effect.STAYS)


def draw(visit: Visit) -> None:
    cohort = _chosen(visit)
    with around.refused_as_missing(visit):
        view = visit.process.grading.choices(visit.caller.learner, cohort)
        page.begin()
        page.masthead(
            view.place,
            "Corrections",
            "When a question was wrong: look at what a correction changes, then store it. Learners read the reason.",
        )
        acting.outcome()
        _places(visit, cohort)
        if cohort is not None:
            around.ways(visit, cohort, "corrections")
        if not view.questions:
            page.empty("Nothing was asked yet.", "Questions that somebody was asked can be graded again here.")
            return
        question = _question(view)
        if view.regrades:
            _regrade(visit, cohort, view, question)
        if view.voids:
            _void(visit, view, question)
            _withdrawn(visit, view)


def _chosen(visit: Visit) -> str | None:
    """The cohort of the address, else the first in which the reader corrects, else (None) everybody."""
    named = query("c")
    if named:
        return None if named == EVERYBODY else named
    if may(visit.actor, Action.QUESTION_VOID):
        return None
    mine = set(cohorts_for(visit.actor, Action.QUESTION_REGRADE))
    return next((v.cohort.id for v in around.taught(visit) if v.cohort.id in mine), None)


def _places(visit: Visit, cohort: str | None) -> None:
    mine = set(cohorts_for(visit.actor, Action.QUESTION_REGRADE)) - {cohort}
    others = [v.cohort for v in around.taught(visit) if v.cohort.id in mine and v.cohort.archived_at is None]
    everybody = cohort is not None and may(visit.actor, Action.QUESTION_VOID)
    if others or everybody:
        with st.container(horizontal=True, gap="medium", key="other_classes"):
            page.fine("Elsewhere:")
            if everybody:
                visit.link("corrections", "Everybody", c=EVERYBODY)
            for one in others:
                visit.link("corrections", one.name, c=one.id)


def _question(view: Choices) -> str:
    names = list(view.questions)
    named = query("q")

    def told(one: str) -> str:
        return f"{one}: {view.questions[one]}" if view.questions[one] else f"{one} (not in the course any more)"

    return st.selectbox("Question", names, index=names.index(named) if named in names else 0, format_func=told, key="correct_question")


def _regrade(visit: Visit, cohort: str | None, view: Choices, question: str) -> None:
    whom = "the learners of this class" if cohort is not None else "everybody"
    page.section("Grade it again", f"Every answer of {whom} in quizzes and notebooks. What learners did is not changed.")
    versions = visit.process.grading.served(visit.caller.learner, cohort, question)
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    by = left.selectbox("Grade by the question", versions, format_func=lambda one: _version(visit, one), key=f"correct_by_{question}")
    spare = right.checkbox("Leave the result of whoever would lose", key="correct_spare")

    def tried(*, apply: bool, why: str = "") -> ChangeReport:
        return visit.process.grading.regrade(
            visit.caller.learner, cohort, question, version=None if by.current else by.version, spare=spare, apply=apply, why=why
        )

    _act("regrade", f"{cohort}/{question}/{by.version}/{spare}", "Grade it again", tried, view.names)


def _void(visit: Visit, view: Choices, question: str) -> None:
    page.section("Withdraw it", "For everybody: it counts as not presented, in every attempt and every version asked so far.")

    def tried(*, apply: bool, why: str = "") -> ChangeReport:
        return visit.process.grading.void(visit.caller.learner, question, apply=apply, why=why)

    if any(v.question == question for v in view.withdrawn):
        page.fine("This question is withdrawn. It can be taken back below.")
        return
    _act("void", question, "Withdraw it", tried, view.names)


def _withdrawn(visit: Visit, view: Choices) -> None:
    if not view.withdrawn:
        return
    page.section("Withdrawn now", "A question that counts again is graded as it was.")
    page.table(
        ["Question", "Since", "By", "Reason"],
        [[escape(v.question), _day(visit, v.at), escape(v.by), escape(v.why)] for v in view.withdrawn],
        label="Withdrawn questions",
    )
    chosen = st.selectbox("Take back", sorted({v.question for v in view.withdrawn}), key="correct_undo")

    def tried(*, apply: bool, why: str = "") -> ChangeReport:
        return visit.process.grading.void(visit.caller.learner, chosen, undo=True, apply=apply, why=why)

    _act("undo", chosen, "Let it count again", tried, view.names)


def _act(name: str, what: str, label: str, tried: Callable[..., ChangeReport], names: Mapping[str, str]) -> None:
    """A dry run when it is asked for, and the form that stores it. Choosing something else puts the dry run away."""
    if st.button("Show what changes", key=f"{name}_try"):
        state.remember(f"dry_{name}", what)
    if state.recall(f"dry_{name}") != what:
        return
    try:
        report = tried(apply=False)
    except CourseError as refusal:
        failure.say(refusal)
        return
    _told(report, names)
    if not (report.attempts or report.practice) and name == "regrade":
        return
    with st.form(f"{name}_form", border=False):
        st.text_input("Reason, which learners read", key=f"{name}_why", max_chars=500, help="Do not write the key.")

        def store() -> str:
            done = tried(apply=True, why=acting.field(f"{name}_why"))
            state.forget(f"dry_{name}")
            return f"Stored: {counted(len(done.attempts), 'attempt')} and {counted(len(done.practice), 'answer')} in notebooks."

        acting.submit(label, store, key=f"{name}_store")


def _told(report: ChangeReport, names: Mapping[str, str]) -> None:
    if not (report.attempts or report.practice or report.left or report.open):
        page.fine("Nothing changes: every answer counts so already, or nobody here was asked it.")
        return
    lost = sum(one.before.passed is True and one.after.passed is False for one in report.attempts)
    won = sum(one.before.passed is False and one.after.passed is True for one in report.attempts)
    page.facts([(str(report.count(e)), {Effect.LOSES: "lose", Effect.GAINS: "gain", Effect.STAYS: "stay"}[e]) for e in _ORDER])
    told = [f"{counted(lost, 'pass', 'passes')} lost, {won} won." if lost or won else "No pass is lost or won."]
    if report.practice:
        told.append(f"{counted(len(report.practice), 'answer')} in notebooks graded again.")
    if report.nothing_counts:
        told.append(f"Nothing counts any more in {counted(report.nothing_counts, 'attempt')}; an attempt without points counts as done.")
    if report.open:
        told.append(f"{counted(report.open, 'attempt')} with it still open.")
    told += [f"Left as it is, {count} times: {why}." for why, count in _left(report)]
    page.fine(" ".join(told))
    rows = sorted(
        (one for one in report.attempts if one.effect is not Effect.STAYS or one.before != one.after),
        key=lambda one: _ORDER.index(one.effect),
    )
    if rows:
        page.table(
            ["Learner", "Quiz", "Points", "Passed"], [_row(one, names) for one in rows[:MOST_LISTED]], label="Who moves from what to what"
        )
        if len(rows) > MOST_LISTED:
            page.fine(f"The first {MOST_LISTED} of {len(rows)}; the counts are of all.")
    else:
        page.fine("No result in a quiz changes.")


def _left(report: ChangeReport) -> Sequence[tuple[str, int]]:
    reasons = sorted({one.why for one in report.left})
    return [(why, sum(one.why == why for one in report.left)) for why in reasons]


def _row(one: AttemptChange, names: Mapping[str, str]) -> list[str]:
    def passed(found: bool | None) -> str:
        return "–" if found is None else "yes" if found else "no"

    effect = {Effect.LOSES: "loses", Effect.GAINS: "gains"}.get(one.effect, "")
    change = passed(one.after.passed)
    if one.before.passed != one.after.passed:
        change = f"<b>{passed(one.before.passed)} to {change}</b>"
    return [
        escape(names.get(one.person) or f"learner {one.learner}"),
        f"{escape(one.quiz)}, attempt {one.number}",
        f"{total(one.before)} to {total(one.after)}" + (f"<small>{effect}</small>" if effect else ""),
        change,
    ]


def _version(visit: Visit, one: Served) -> str:
    return "as it stands in the course now" if one.current else f"as it was first asked on {_day(visit, one.first_at)} ({one.version[:8]})"


def _day(visit: Visit, at: datetime) -> str:
    there = visit.local(at)
    return f"{there.day} {there:%b %Y}"
