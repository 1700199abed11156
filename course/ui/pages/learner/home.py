"""The start page: for a guest what the course is; for a learner where they stand and what comes next."""

from __future__ import annotations

from datetime import date, datetime
from html import escape

import streamlit as st

from course.access.roles import CohortRole
from course.learning.continuing import StepKind
from course.learning.policy import Kind
from course.learning.progress import ModuleState
from course.services.study.views import ByHandView, HomeView, ModuleCard, StepView, TestView
from course.services.study.wording import counted
from course.ui.components import markup, page
from course.ui.pages.learner import due
from course.ui.visit import Visit

MARKS = {
    ModuleState.NOT_STARTED: "unseen",
    ModuleState.STARTED: "now",
    ModuleState.CELLS_DONE: "now",
    ModuleState.DONE: "done",
}


def draw(visit: Visit) -> None:
    page.begin()
    view = visit.study.home(visit.learner, visit.now().tzinfo)
    course = visit.catalogue.course
    today = visit.now()
    if view.started:
        page.masthead(_day(today), f"Good to see you again, {view.name}" if view.name else "Good to see you again")
    else:
        page.masthead("A course in five notebooks", course.title, course.summary)
    for told in view.announcements:
        st.html(
            f'<div class="k-callout" role="note"><p><b>{escape(told.title)}</b> <span class="k-fine">{escape(told.cohort)}</span></p>{markup.typed(told.body)}</div>'
        )
    _by_hand(visit, view)
    _step(visit, view.next_step, view)
    if view.due:
        due.draw(visit, view.due)
    elif visit.who.signed_in and not view.started:
        _waits(visit)
    with st.container(key="home_cols"):
        left, right = st.columns([1.75, 1], gap="xlarge")
    with left:
        page.section("Modules", "In any order. Each ends with a checkpoint.")
        with st.container(key="modlist", gap=None):
            for card in view.modules:
                _module_row(visit, card)
    with right:
        if view.started:
            _tests(visit, view)
            _scores(visit, view)
            _activity(view, today.date())
            _surveys(visit)
        else:
            _for_whom(visit)
            _tests(visit, view)
    page.fine(
        "Education, not a diagnosis, not medical advice and no reason to stop or start a treatment. A quiz score is not a screening result. "
        "No clinician has signed this course off yet."
    )


def _by_hand(visit: Visit, view: HomeView) -> None:
    """What a person has marked, and what waits for one; each leads to its result."""
    if not view.by_hand:
        return

    def told(one: ByHandView) -> str:
        link = f'<a href="result?a={one.attempt}" target="_self">{escape(one.title)}</a>'
        if one.marked_at is None:
            return f"{link}: handed in, to be marked by a person."
        at = visit.local(one.marked_at)
        return f"{link} was marked by a person on {at.day} {at:%B}."

    lines = "".join(f"<p>{told(one)}</p>" for one in view.by_hand)
    st.html(f'<div class="k-callout" role="note">{lines}</div>')


def _step(visit: Visit, step: StepView, view: HomeView) -> None:
    """The one raised block: where to go next, and why."""
    with st.container(key="continue", gap="small"):
        if not view.started:
            _begin(visit, view, known=visit.who.signed_in)
            return
        going_on = view.continue_at
        eyebrow = going_on.eyebrow if going_on and step.place == going_on.place else "Next"
        st.html(f'<p class="k-eyebrow">{escape(eyebrow)}</p><h2>{escape(step.title)}</h2><p class="k-desc">{escape(step.reason)}</p>')
        with st.container(horizontal=True, vertical_alignment="center"):
            if st.button(VERBS[step.kind], type="primary", key="go"):
                _go(visit, step)
            if step.quiz is not None and going_on is not None and st.button("Keep reading", type="tertiary", key="go_read"):
                visit.go("module", m=going_on.place.module, cell=going_on.place.cell)


def _begin(visit: Visit, view: HomeView, *, known: bool) -> None:
    """Where to start; `known`: somebody with an account."""
    minutes = sum(card.minutes for card in view.modules)
    first = view.modules[0]
    st.html(
        f'<p class="k-eyebrow">{"Begin here" if known else "No account, no form"}</p><h2>Start with what ketamine does</h2><p class="k-desc">Module 1 takes about {first.minutes} '
        f"minutes, all five about {minutes}. You can stop at any cell; {'your account' if known else 'this browser'} finds your place again.</p>"
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Start module 1", type="primary", key="go"):
            visit.go("module", m=first.id)
        if view.pretest is not None and st.button("Test yourself first", type="tertiary", key="go_pretest"):
            visit.go("quiz", q=view.pretest.quiz)


VERBS = {
    StepKind.FINISH_ATTEMPT: "Go on with your attempt",
    StepKind.PRETEST: "Take the opening test",
    StepKind.READ: "Continue",
    StepKind.CHECKPOINT: "Take the checkpoint",
    StepKind.RETRY_CHECKPOINT: "Try the checkpoint again",
    StepKind.NEW_CELLS: "See what is new",
    StepKind.POSTTEST: "Take the closing test",
    StepKind.FOLLOWUP: "Take the follow-up",
    StepKind.ALL_DONE: "See your progress",
}


def _go(visit: Visit, step: StepView) -> None:
    if step.quiz is not None:
        visit.go("quiz", q=step.quiz)
    elif step.place is not None:
        visit.go("module", m=step.place.module, cell=step.place.cell)
    else:
        visit.go("progress")


def _waits(visit: Visit) -> None:
    """For somebody new in a class that has handed out nothing yet: that they are in it."""
    classes = [v.cohort.name for v in visit.process.cohorts.mine(visit.caller) if v.role is CohortRole.LEARNER and not v.cohort.archived_at]
    if classes:
        page.section("Due", f"You are in {', '.join(classes)}. What your instructors assign stands here.")


def _module_row(visit: Visit, card: ModuleCard) -> None:
    with st.container(key=f"modrow_{card.number}", horizontal=True, gap="medium", vertical_alignment="top", wrap=False):
        st.html(f'<p class="k-num">{card.number}</p>', width=34)
        with st.container(width="stretch", gap="xxsmall"):
            visit.link("module", card.title, m=card.id)
            words = card.words + (f" · {card.new_cells} new" if card.new_cells else "")
            st.html(
                f'<p class="k-desc">{escape(card.summary)}</p><div class="k-modstate"><p class="k-done">{page.mark(MARKS[card.state], spoken=False)}'
                f"{escape(words)}</p>{page.meter(card.done, card.total, card.title + ': cells done')}</div>"
            )


def _for_whom(visit: Visit) -> None:
    course = visit.catalogue.course
    page.section("For whom")
    st.html(f'<p class="k-desc">{escape(course.audience)}</p>')
    page.section("What to expect")
    sources = sum(1 for key in course.references if visit.catalogue.leaning.get(key))
    st.html(
        '<ul class="k-list">'
        "<li>Read, predict, answer<small>Short cells, questions with reasons, a checkpoint a module.</small></li>"
        f"<li>Every statement traced<small>{sources} sources; contested points are called contested.</small></li>"
        "<li>Yours alone<small>No account, no tracking. Download or erase what is stored at any time.</small></li></ul>"
    )
    visit.link("about", "What the course is, and is not")


def _tests(visit: Visit, view: HomeView) -> None:
    shown = [t for t in (view.pretest, view.posttest, *view.followups) if t is not None]
    if not shown:
        return
    page.section("Before and after", "The same ten questions stand in each of these tests.")
    with st.container(key="tests", gap="xxsmall"):
        for test in shown:
            visit.link("quiz", test.title, q=test.quiz)
            st.html(f'<p class="k-fine">{escape(_test_words(visit, test))}</p>')


def _test_words(visit: Visit, test: TestView) -> str:
    if test.running is not None:
        return "Begun, not handed in."
    if test.taken:
        return f"Taken: {test.fraction:.0%}." if test.fraction is not None else "Taken."
    if test.opens_at is not None:
        return f"Opens on {_day(visit.local(test.opens_at))}."
    return f"{counted(test.questions, 'question')}, not taken yet." if test.may_begin else "Not open now."


def _scores(visit: Visit, view: HomeView) -> None:
    page.section("Scores over time")
    if not view.scores:
        page.empty("No results yet.", "Each checkpoint you hand in appears here with its score.")
        return
    rows = "".join(
        f"<li><span>{escape(p.title)}<br><small>{_day(visit.local(p.at))}{'' if p.passed is None else ', passed' if p.passed else ', not passed'}</small></span>"
        f'<span class="n">{p.fraction:.0%}</span>{page.meter(round(100 * max(0.0, p.fraction)), 100, p.title)}</li>'
        for p in view.scores[-5:][::-1]
    )
    st.html(f'<ul class="k-scores">{rows}</ul>')


def _activity(view: HomeView, today: date) -> None:
    weeks: dict[date, float] = {}
    for day, minutes in view.by_day:
        monday = date.fromordinal(day.toordinal() - day.weekday())
        weeks[monday] = weeks.get(monday, 0.0) + minutes
    page.section("Activity", "Minutes a week. Only you see this.")
    recent = list(weeks.items())[-12:]
    top = max((m for _, m in recent), default=0.0) or 1.0
    spoken = ", ".join(f"week of {d.day} {d:%B}: {round(m)}" for d, m in recent if m)
    bars = "".join(
        f'<i{" class=on" if i == len(recent) - 1 else ""} style="height:{100 * m / top:.0f}%"></i>' for i, (_, m) in enumerate(recent)
    )
    week = counted(view.minutes_this_week, "minute")
    first = f"{recent[0][0].day} {recent[0][0]:%b}" if recent else ""
    st.html(
        f'<p class="k-figtitle">{week} this week</p>'
        f'<div class="k-cols" role="img" aria-label="Minutes a week. {escape(spoken or "None yet")}.">{bars}</div>'
        f'<div class="k-colfoot"><span>{first}</span><span>this week</span></div>'
    )


def _surveys(visit: Visit) -> None:
    found = [q for q in visit.catalogue.course.quizzes.values() if q.policy.kind is Kind.SURVEY and q.module is None]
    if found:
        page.section("Your view", "Not graded.")
    for quiz in found:
        visit.link("quiz", quiz.title, q=quiz.id)


def _day(at: datetime) -> str:
    return f"{at:%A} {at.day} {at:%B}"
