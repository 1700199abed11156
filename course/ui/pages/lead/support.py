"""Learners who may need study support, each with the reasons in words. Thresholds can be changed; they are the cohort's."""

from __future__ import annotations

from html import escape
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from course.access.permissions import Action, may
from course.analytics.study_support import THRESHOLDS, SupportGroup, Thresholds
from course.services.insight.support import SupportRow, SupportView
from course.ui.components import acting, closed, numbers, page
from course.ui.components.numbers import percent
from course.ui.pages.lead import filters
from course.ui.visit import Visit

NEVER: Final = "From graded questions, attempts, assigned work and days since the last visit alone. Reflections, help pages, surveys and anything about a person's own use are never used."
"""Stands on the page whatever it lists."""
FIELDS: Final = (
    ("silent_days", "Silent after days away", False),
    ("overdue", "Silent from pieces overdue", False),
    ("failed_attempts", "Struggling from failed attempts in a row", False),
    ("fewest_answers", "Answers needed to say anything", False),
    ("struggling_below", "Struggling likely below, percent", True),
    ("excelling_from", "Excelling likely from, percent", True),
    ("excelling_done", "Excelling from work done, percent", True),
)
"""Threshold, label, whether it is a share."""


def draw(visit: Visit) -> None:
    chosen = filters.choose(visit, quiz=False, which=False, days=False)
    if chosen is None:
        return
    if not may(visit.actor, Action.INSIGHT_PEOPLE, cohort=chosen[1].cohort):
        closed.draw(visit)
        return
    view = visit.process.insight.support(visit.caller.learner, chosen[1])
    first = [row for row in view.rows if row.finding.group in (SupportGroup.STRUGGLING, SupportGroup.SILENT)]
    title = f"{len(first)} of {len(view.rows)} may need study support" if view.rows else "Nobody is here to look after yet"
    page.masthead("Study support", title, NEVER, compact=True)
    page.facts((str(view.count(group)), group.value) for group in SupportGroup)
    acting.outcome()
    _thresholds(visit, view)
    page.section(
        "May need study support",
        "Where to look first. It is no judgement of a person. “Likely”: the 80 % interval of the share lies there whole.",
    )
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


def _thresholds(visit: Visit, view: SupportView) -> None:
    held = view.thresholds
    if not view.may_change:
        return
    service, who, cohort = visit.process.insight, visit.caller.learner, view.lens.cohort

    def keep() -> str:
        values = {name: float(st.session_state[_key(cohort, name)]) / (100 if share else 1) for name, _, share in FIELDS}
        service.keep_thresholds(who, cohort, **values)
        return "The thresholds hold for everybody who looks at this cohort."

    def usual() -> str:
        service.keep_thresholds(who, cohort)
        for name, _, _ in FIELDS:
            st.session_state.pop(_key(cohort, name), None)
        return "The usual thresholds hold again."

    with st.expander("Thresholds", type="compact"), st.form("support_thresholds", border=False):
        page.fine("They are the cohort's: whoever looks at it sees the same groups. Each change stands in the cohort's history.")
        for row in (FIELDS[:4], FIELDS[4:]):
            with st.container(horizontal=True, vertical_alignment="bottom"):
                for name, words, share in row:
                    _threshold(cohort, name, words, share, held)
        with st.container(horizontal=True, key="threshold_actions"):
            acting.submit("Keep for this cohort", keep, key="support_keep")
            acting.submit("The usual ones again", usual, key="support_usual")


def _threshold(cohort: str, name: str, words: str, share: bool, held: Thresholds) -> None:
    """One field; its label says the usual value."""
    scale = 100 if share else 1
    usual, value = (round(scale * getattr(one, name)) for one in (THRESHOLDS, held))
    low, high = (0, 100) if share else (1, 365)
    st.session_state.setdefault(_key(cohort, name), value)
    st.number_input(f"{words} (usually {usual}{'%' if share else ''})", low, high, step=1, key=_key(cohort, name), width=260)


def _key(cohort: str, name: str) -> str:
    return f"threshold_{cohort}_{name}"
