"""Learners who may need study support, each with the reasons in words. Thresholds can be changed; they live in the address."""

from __future__ import annotations

from html import escape
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from course.access.permissions import Action, may
from course.analytics.study_support import THRESHOLDS, SupportGroup, Thresholds
from course.errors import Refused
from course.services.insight.support import SupportRow, thresholds_of
from course.ui import failure
from course.ui.components import closed, numbers, page
from course.ui.components.numbers import percent
from course.ui.pages.lead import filters
from course.ui.visit import Visit, query

NEVER: Final = "From graded questions, attempts, assigned work and days since the last visit alone. Reflections, help pages, surveys and anything about a person's own use are never used."
"""Stands on the page whatever it lists."""


def draw(visit: Visit) -> None:
    chosen = filters.choose(visit, quiz=False, which=False)
    if chosen is None:
        return
    if not may(visit.actor, Action.INSIGHT_PEOPLE, cohort=chosen[1].cohort):
        closed.draw(visit)
        return
    try:
        thresholds = thresholds_of(
            _whole("days", THRESHOLDS.silent_days), _whole("answers", THRESHOLDS.fewest_answers),
            _whole("below", round(100 * THRESHOLDS.struggling_below)) / 100, _whole("above", round(100 * THRESHOLDS.excelling_from)) / 100,
        )  # fmt: skip
    except Refused as refusal:
        failure.say(refusal)
        thresholds = THRESHOLDS
    view = visit.process.insight.support(visit.caller.learner, chosen[1], thresholds)
    first = [row for row in view.rows if row.finding.group in (SupportGroup.STRUGGLING, SupportGroup.SILENT)]
    page.masthead("Study support", f"{len(first)} of {len(view.rows)} may need study support", NEVER, compact=True)
    page.facts((str(view.count(group)), group.value) for group in SupportGroup)
    _thresholds(thresholds)
    page.section("May need study support", "Where to look first. It is no judgement of a person.")
    _table(first, view.lens.cohort, "Nobody stands out today.")
    page.section("Everybody else")
    _table([row for row in view.rows if row not in first], view.lens.cohort, "Nobody.")
    filters.downloads(visit, view.lens, ("support", "Study support"))


def _table(rows: list[SupportRow], cohort: str, nobody: str) -> None:
    if not rows:
        page.fine(nobody)
        return
    page.table(
        ["Learner", "Group", "Why", "First tries right", "Last here"],
        [_row(row, cohort) for row in rows],
        label="Learners",
        numeric=(3, 4),
    )


def _row(row: SupportRow, cohort: str) -> list[str]:
    record = row.record
    share = (
        numbers.how(percent(record.points), (numbers.definition_of("struggling"), f"Mean share of the points in {record.answers} first tries at graded questions."))
        if record.answers
        else "–"
    )  # fmt: skip
    days = "never" if record.days_silent is None else "today" if record.days_silent == 0 else f"{record.days_silent} days ago"
    link = escape(urlencode({"c": cohort, "l": row.learner}))
    name = f'<a href="/learner?{link}" target="_self">{escape(row.name)}</a>'
    return [name, row.finding.group.value, "".join(f"<p>{escape(r)}</p>" for r in row.finding.reasons), share, days]


def _thresholds(thresholds: Thresholds) -> None:
    with st.expander("Thresholds", type="compact"), st.container(horizontal=True, vertical_alignment="bottom"):
        filters.number("Silent after days", "days", thresholds.silent_days, 1, 365)
        filters.number("Answers needed", "answers", thresholds.fewest_answers, 1, 500)
        filters.number("Struggling below, %", "below", round(100 * thresholds.struggling_below), 0, 99)
        filters.number("Excelling from, %", "above", round(100 * thresholds.excelling_from), 1, 100)


def _whole(name: str, default: int) -> int:
    text = query(name)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 3 else default
