"""Mastery by objective: what the cohort can, what to teach again, and what no question has asked for."""

from __future__ import annotations

from html import escape
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from course.services.insight.objectives import STATES, LearnerRow, ObjectiveRow, ObjectivesView
from course.services.study.wording import counted, lowered
from course.ui.charts import mastery as charts
from course.ui.charts.figure import show, words
from course.ui.components import numbers, page
from course.ui.components.numbers import percent
from course.ui.pages.lead import filters
from course.ui.tokens import current
from course.ui.visit import Visit

_AT_ONCE: Final = 40


def draw(visit: Visit) -> None:
    chosen = filters.choose(visit, quiz=False, which=False)
    if chosen is None:
        return
    view = visit.process.insight.objectives(visit.caller.learner, chosen[1])
    known = [row for row in view.rows if row.mean_share.value is not None]
    weakest = min(known, key=lambda row: row.mean_share.value or 0.0) if known else None
    title = f"Weakest: {lowered(weakest.text)}" if weakest is not None else "Not enough answers yet"
    page.masthead("Objectives", title, f"{counted(view.learners, 'learner')}; answers in quizzes and notebooks together.", compact=True)
    _table(view)
    _untested(view)
    page.fine(numbers.difficulties(view.calibration.id, view.calibration.on))
    if view.people:
        _heatmap(view.people, view)
    named = (("mastery", "Learner by objective"),) if view.people else ()
    filters.downloads(visit, view.lens, ("objectives", "Objectives"), *named)


def _table(view: ObjectivesView) -> None:
    page.section("By objective", "Learners in each state; the mean is of those with enough evidence.")
    page.table(
        ["Objective", *(state.value.capitalize() for state in STATES), "Expected share right", "Questions asked"],
        [_row(row, view) for row in view.rows],
        label="Mastery by objective",
        numeric=tuple(range(1, len(STATES) + 3)),
    )


def _row(row: ObjectiveRow, view: ObjectivesView) -> list[str]:
    link = urlencode(filters.address(view.lens, o=row.id))
    name = f'<a href="/insight-objective?{escape(link)}" target="_self">{escape(row.number)} {escape(row.text)}</a>'
    done = page.meter(row.states[0], view.learners, f"{row.text}: learners who mastered it")
    counts = (
        numbers.count(
            many, f"Learners of {view.learners} whose state is: {state.value}.", *numbers.reasons(row.mean_share, "state", percent)[:1]
        )
        for state, many in zip(STATES, row.states, strict=True)
    )
    asked = numbers.count(row.asked, f"Questions of the objective that somebody here answered, of {row.questions} that there are.")
    mean = numbers.told(row.mean_share, "mean_share", percent, what="learners")
    return [name + done, *counts, mean, f"{asked}<small>of {row.questions}</small>"]


def _untested(view: ObjectivesView) -> None:
    never = [row for row in view.rows if row.asked == 0]
    if never:
        page.fine("Nobody here has answered a question of: " + "; ".join(f"{row.number} {row.text}" for row in never) + ".")


def _heatmap(people: tuple[LearnerRow, ...], view: ObjectivesView) -> None:
    page.section("Learner by objective", "For teaching, not for ranking: names are in alphabetical order.")
    parts = [people[at : at + _AT_ONCE] for at in range(0, len(people), _AT_ONCE)]
    labels = [f"{part[0].name} to {part[-1].name}" for part in parts]
    at = st.selectbox("Learners", range(len(parts)), format_func=lambda i: labels[i], key="part", width=320) if len(parts) > 1 else 0
    part = parts[at or 0]
    numbers_of = [row.number for row in view.rows]
    title = "M mastered, N nearly, D developing, a dot: not enough evidence"
    show(
        charts.heatmap([row.name for row in part], numbers_of, [row.states for row in part], current()),
        key="mastery",
        title=title,
        head=words(
            title, f"{counted(len(part), 'learner')}. Stronger colour is nearer to mastery. Numbers are those of the objectives above."
        ),
        alt=f"{len(part)} learners by {len(numbers_of)} objectives; the table below has every state.",
        table=(
            ["Learner", *(state.value.capitalize() for state in STATES)],
            [[row.name, *(_numbers(row, number, numbers_of) for number in range(len(STATES)))] for row in part],
        ),
    )


def _numbers(row: LearnerRow, wanted: int, numbers_of: list[str]) -> str:
    """The objectives in which the learner is in this state."""
    return ", ".join(number for number, state in zip(numbers_of, row.states, strict=True) if state == wanted) or "–"
