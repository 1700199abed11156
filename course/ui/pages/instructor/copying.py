"""Copying a cohort for another term: its settings and groups, and its assignments with their dates moved."""

from __future__ import annotations

from html import escape
from typing import Final

import streamlit as st

from course.services.people.cohorts import MOST_DAYS, Copied
from course.services.study.wording import counted
from course.storage.stores.cohorts import Cohort
from course.ui import failure
from course.ui.components import acting, page
from course.ui.components.acting import Told, Way
from course.ui.pages.instructor import moments
from course.ui.visit import Visit

_UNITS: Final = {"weeks": 7, "days": 1}


def draw(visit: Visit, cohort: Cohort) -> None:
    page.section("Copy", "A new cohort with the same settings and empty groups, and nobody in it but you. Grades and extensions stay here.")
    st.text_input("Name of the copy", key=f"copy_{cohort.id}", max_chars=120, placeholder=f"{cohort.name}, next year")
    days: int | None = None
    with failure.said_here():
        if visit.process.cohorts.copied(visit.caller, cohort.id, 0):
            if st.checkbox("Copy its assignments too", key=f"copy_work_{cohort.id}"):
                days = _days(cohort)
                _preview(visit, cohort, visit.process.cohorts.copied(visit.caller, cohort.id, days))
        else:
            page.fine("Nothing is assigned in this cohort, so there is nothing more to copy.")

    def copy(key: str) -> Told:
        made = visit.process.cohorts.copy(visit.caller, cohort.id, acting.field(f"copy_{cohort.id}"), days=days, key=key)
        many = "" if days is None else f", with {counted(sum(c.after is not None for c in _copied(visit, cohort, days)), 'assignment')}"
        query = {"c": made.id}
        return Told(
            f"{made.name} is made{many}. You instruct it.",
            (Way("cohort", "Bring people in", {**query, "part": "inviting"}), Way("teach", "Its assignments", query)),
        )

    acting.make("Copy the cohort", copy, key=f"copy_cohort_{cohort.id}", in_form=False)


def _copied(visit: Visit, cohort: Cohort, days: int) -> tuple[Copied, ...]:
    return visit.process.cohorts.copied(visit.caller, cohort.id, days)


def _days(cohort: Cohort) -> int:
    """By how many days the dates move."""
    left, right = st.columns(2)
    unit = right.selectbox("Counted in", list(_UNITS), key=f"copy_unit_{cohort.id}")
    most = MOST_DAYS // _UNITS[unit]
    many = left.number_input("Move every date by", -most, most, 52 if unit == "weeks" else 364, 1, key=f"copy_by_{unit}_{cohort.id}")
    return int(many) * _UNITS[unit]


def _preview(visit: Visit, cohort: Cohort, found: tuple[Copied, ...]) -> None:
    zone, now = cohort.time_zone, visit.process.clock()

    def row(one: Copied) -> list[str]:
        times = (("opens", "opens"), ("due", "due"), ("closes", "closes"))
        before, after = (
            "–"
            if a is None
            else ", ".join(f"{word} {moments.dated(at, zone)}" for name, word in times if (at := getattr(a, name))) or "no dates"
            for a in (one.before, one.after)
        )
        past = one.after is not None and one.after.due is not None and one.after.due < now
        left_out = "is not copied: it goes to single people" if one.after is None else after
        return [escape(one.before.title), escape(before), escape(left_out) + (' <span class="k-late">in the past</span>' if past else "")]

    page.table(["Assignment", "Now", "In the copy"], [row(one) for one in found], label="Assignments and their new dates")
    page.fine(f"Times stay at the same hour ({zone}). Groups are copied empty; what goes to single people loses them.")
