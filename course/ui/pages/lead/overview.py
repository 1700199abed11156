"""The cohort at a glance: who finishes what, how the scores lie, scores and activity over time."""

from __future__ import annotations

from html import escape
from urllib.parse import quote, urlencode

import streamlit as st

from course.access.permissions import Action, may
from course.services.insight.overview import Overview, QuizScores
from course.services.study.wording import counted
from course.ui.charts import cohort as charts
from course.ui.charts.figure import show, words
from course.ui.components import numbers, page
from course.ui.components.numbers import percent
from course.ui.pages.lead import filters
from course.ui.tokens import current
from course.ui.visit import Visit


def draw(visit: Visit) -> None:
    chosen = filters.choose(visit)
    if chosen is None:
        return
    view = visit.process.insight.overview(visit.caller.learner, chosen[1])
    page.masthead("Overview", view.title, f"{counted(view.learners, 'learner')}. {filters.in_words(view.lens)}", compact=True)
    with st.grid(2, min_column_width=380, gap="xlarge", key="overview_grid") as grid:
        with grid.cell():
            _scores(view.quiz)
        with grid.cell():
            _completion(view)
        with grid.cell():
            _over_time(view.quiz)
        with grid.cell():
            _activity(view)
    filters.downloads(
        visit, view.lens, ("scores", "Scores"), ("completion", "Completion"), ("weeks", "Scores over time"), ("activity", "Activity")
    )
    if may(visit.actor, Action.INSIGHT_EXPORT, cohort=view.cohort):
        asked = escape(urlencode(filters.address(view.lens)))
        page.small_print(
            f'<a href="/download/insight/{quote(view.cohort)}/report?{asked}" target="_blank" rel="noreferrer">Report to print, without names</a>, '
            f'<a href="/download/insight/{quote(view.cohort)}/report.pdf?{asked}" download>as a PDF</a>'
        )


def _scores(quiz: QuizScores | None) -> None:
    page.section("Scores")
    if quiz is None or not quiz.distribution.n:
        page.empty("No scores yet.", "When somebody hands in a quiz, its scores are drawn here.")
        return
    found = quiz.distribution
    _numbers(quiz)
    if not found.counts:
        page.fine(found.mean.reason)
        return
    title = f"Half have {numbers.shown(found.median, percent)} or more in {quiz.title}"
    edges = list(zip(found.edges, found.edges[1:], strict=False))
    show(
        charts.distribution(found, quiz.pass_mark, current()),
        key="distribution",
        title=title,
        head=words(
            title,
            f"{counted(found.n, 'person', 'people')} by share of the points{_colours(quiz)}. Below, twenty dots: each stands for a twentieth of them.",
        ),
        alt=f"{found.n} results; mean {numbers.shown(found.mean, percent)}, median {numbers.shown(found.median, percent)}.",
        table=(["Score", "People"], [[f"{a:.0%} to {b:.0%}", str(n)] for (a, b), n in zip(edges, found.counts, strict=True)]),
    )


def _colours(quiz: QuizScores) -> str:
    return "" if quiz.pass_mark is None else ", those below the pass mark in the other colour"


def _numbers(quiz: QuizScores) -> None:
    found = quiz.distribution
    passed = "The quiz has no pass mark." if quiz.pass_mark is None else f"Share of results of {quiz.pass_mark:.0%} or more."
    rows = [
        ["Mean", numbers.how(numbers.shown(found.mean, percent), (*_said("Mean share of the points, with the t interval.", found.n), found.mean.reason), small=numbers.interval(found.mean, percent))],
        ["Passed", numbers.how(numbers.shown(found.passed, percent), (*_said(f"{passed} Wilson's interval.", found.passed.n), found.passed.reason), small=numbers.interval(found.passed, percent))],
        ["Handed in", numbers.count(quiz.attempts, f"Attempts handed in, by {counted(quiz.learners, 'learner')}; {found.n} of them graded and chosen by the filter.")],
    ]  # fmt: skip
    page.table(["Number", quiz.title], rows, label=f"Scores in {quiz.title}", numeric=(1,))


def _said(what: str, n: int) -> tuple[str, ...]:
    return what, f"From {counted(n, 'result')}."


def _completion(view: Overview) -> None:
    page.section("Completion")
    if not any(step.begun or step.completed for step in view.steps):
        page.empty("Nobody has begun yet.", "When somebody opens the first cell of a module, it is counted here.")
        return
    stuck = max(view.steps, key=lambda s: s.begun - s.completed)
    waiting = stuck.begun - stuck.completed
    title = f"{waiting} have begun “{stuck.title}” and not completed it" if waiting > 0 else "Everybody completed what they began"
    show(
        charts.funnel([(s.title, s.begun, s.completed) for s in view.steps], view.learners, stuck.title if waiting > 0 else "", current()),
        key="completion",
        title=title,
        head=words(title, f"Of {counted(view.learners, 'learner')}: completed in full colour, begun in grey. Modules are open in any order; dates do not filter this."),
        alt="; ".join(f"{s.title}: {s.completed} completed, {s.begun} begun" for s in view.steps) + ".",
        table=(["Module", "Begun", "Completed", "Learners"], [[s.title, str(s.begun), str(s.completed), str(view.learners)] for s in view.steps]),
    )  # fmt: skip


def _over_time(quiz: QuizScores | None) -> None:
    page.section("Scores over time")
    if quiz is None or not any(w.mean.value is not None for w in quiz.weeks):
        page.empty("Not enough results yet.", "A week with five results or more becomes a point here.")
        return
    last = [w for w in quiz.weeks if w.mean.value is not None][-1]
    title = f"{numbers.shown(last.mean, percent)} on average in the week of {last.begins.day} {last.begins:%B}"
    show(
        charts.weeks([(w.begins, w.n, w.mean) for w in quiz.weeks], current()),
        key="weeks",
        title=title,
        head=words(title, f"Mean share of the points in {quiz.title}, weeks from the first result on, with 95% intervals, {counted(sum(w.n for w in quiz.weeks), 'result')} in all. Different people hand in each week."),
        alt="; ".join(f"week of {w.begins}: {numbers.shown(w.mean, percent)} from {w.n}" for w in quiz.weeks) + ".",
        table=(
            ["Week from", "Results", "Mean", "95% interval"],
            [[str(w.begins), str(w.n), numbers.shown(w.mean, percent), numbers.interval(w.mean, percent) or "–"] for w in quiz.weeks],
        ),
    )  # fmt: skip


def _activity(view: Overview) -> None:
    page.section("Activity")
    if not view.by_week:
        page.empty("Nothing handed in yet.", "Attempts at every quiz are counted here by week.")
        return
    begins, most = max(view.by_week, key=lambda w: w[1])
    title = f"Most was handed in in the week of {begins.day} {begins:%B}: {most}"
    show(
        charts.activity(view.by_week, current()),
        key="activity",
        title=title,
        head=words(
            title,
            f"{counted(sum(n for _, n in view.by_week), 'attempt')} handed in by week, at every quiz; weeks begin on Monday, days in UTC.",
        ),
        alt="; ".join(f"week of {day}: {n}" for day, n in view.by_week) + ".",
        table=(["Week from", "Attempts"], [[str(day), str(n)] for day, n in view.by_week]),
    )
