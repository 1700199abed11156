"""What a lead's page looks at. The filters live in the address: a link opens the same view, the back button the one before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Final
from urllib.parse import quote, urlencode

import streamlit as st

from course.access.permissions import Action, may
from course.analytics.responses import Attempts
from course.errors import NotFound
from course.interop.tables import TABLE_FORMATS
from course.services.insight import Choices, Lens
from course.ui.components import closed, page
from course.ui.visit import Visit, query

WHICH: Final = {Attempts.FIRST: "First attempts", Attempts.LAST: "Last attempts", Attempts.ALL: "All attempts"}
PARTS: Final = (
    ("insight", "Overview", Action.INSIGHT_VIEW),
    ("insight-questions", "Questions", Action.INSIGHT_VIEW),
    ("insight-objectives", "Objectives", Action.INSIGHT_VIEW),
    ("insight-gain", "Before and after", Action.INSIGHT_VIEW),
    ("insight-certainty", "Confident and wrong", Action.INSIGHT_VIEW),
    ("insight-support", "Study support", Action.INSIGHT_PEOPLE),
    ("insight-compare", "Compare", Action.INSIGHT_COMPARE),
)
"""The lead's pages in order: address, name, what one must be allowed."""


def choose(visit: Visit, *, quiz: bool = True, which: bool = True, days: bool = True) -> tuple[Choices, Lens] | None:
    """Draw the links between the pages and the filters, and read them. None: the page was drawn as one that does not exist.

    `quiz`, `which`, `days`: whether the page has that filter; one that changes nothing on it is not drawn.
    """
    try:
        choices = visit.process.insight.choices(_who(visit), query("c"))
    except NotFound:
        closed.draw(visit)
        return None
    cohort = query("c") or choices.cohorts[0].id
    if cohort not in {c.id for c in choices.cohorts}:
        closed.draw(visit)
        return None
    page.begin()
    _links(visit, cohort)
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        select("Cohort", "c", {c.id: c.title for c in choices.cohorts}, cohort)
        if quiz and choices.quizzes:
            select("Quiz", "quiz", {q.id: q.title for q in choices.quizzes}, query("quiz"))
        if choices.groups:
            select("Group", "group", {"": "Everybody", **{g.id: g.title for g in choices.groups}}, query("group"))
        if which:
            select("Attempts", "tries", {w.value: title for w, title in WHICH.items()}, query("tries"))
        if days:
            _day("Handed in from", "since")
            _day("until", "until")
    return choices, lens_of(cohort, choices, quiz=quiz)


def lens_of(cohort: str, choices: Choices, *, quiz: bool = True) -> Lens:
    """The address read; what it names and does not exist is left out."""
    quizzes = [q.id for q in choices.quizzes]
    asked = query("quiz")
    return Lens(
        cohort=cohort,
        quiz=(asked if asked in quizzes else quizzes[0] if quizzes else "") if quiz else "",
        since=_read(query("since")),
        until=_read(query("until")),
        which=next((w for w in WHICH if w.value == query("tries")), Attempts.FIRST),
        group=query("group") if query("group") in {g.id for g in choices.groups} else "",
    )


def address(lens: Lens, **more: str) -> dict[str, str]:
    """The filters as parameters of an address; those that are as by default are left out."""
    days = {"since": lens.since, "until": lens.until}
    found = {"c": lens.cohort, "quiz": lens.quiz, "group": lens.group, **{k: v.isoformat() for k, v in days.items() if v is not None}}
    if lens.which is not Attempts.FIRST:
        found["tries"] = lens.which.value
    return {k: v for k, v in {**found, **more}.items() if v}


def downloads(visit: Visit, lens: Lens, *tables: tuple[str, str], **more: str) -> None:
    """Links to the page's tables as files. `tables`: name in the address, title."""
    if not may(visit.actor, Action.INSIGHT_EXPORT, cohort=lens.cohort):
        return
    asked = escape(urlencode(address(lens, **more)))
    lines = (
        f"{escape(title)} as "
        + ", ".join(f'<a href="/download/insight/{quote(lens.cohort)}/{name}.{f.id}?{asked}" download>{f.words}</a>' for f in TABLE_FORMATS)
        for name, title in tables
    )
    page.small_print("Take away: " + "; ".join(lines) + ".")


def in_words(lens: Lens) -> str:
    """Whose answers the page is of."""
    days = [f"from {lens.since:%d %b %Y}" if lens.since else "", f"until {lens.until:%d %b %Y}" if lens.until else ""]
    return " ".join(filter(None, (WHICH[lens.which], "of those in the cohort now,", *days))).rstrip(",") + "."


def _who(visit: Visit) -> str | None:
    return visit.caller.learner


def _links(visit: Visit, cohort: str) -> None:
    kept = {name: query(name) for name in ("quiz", "group", "tries", "since", "until")}
    with st.container(horizontal=True, gap="medium", key="parts"):
        for url, title, action in PARTS:
            if may(visit.actor, action, cohort=cohort):
                visit.link(url, title, **{k: v for k, v in {"c": cohort, **kept}.items() if v})


def select(label: str, name: str, options: Mapping[str, str], chosen: str) -> None:
    """A choice that lives in the address under `name`."""
    key = f"filter_{name}"
    ids = list(options)
    st.session_state[key] = chosen if chosen in options else ids[0]
    st.selectbox(label, ids, format_func=lambda i: options.get(i, ""), key=key, on_change=_follow, args=(name, key), width=240)


def _day(label: str, name: str) -> None:
    key = f"filter_{name}"
    st.session_state[key] = _read(query(name))
    st.date_input(label, value=None, key=key, on_change=_follow, args=(name, key), format="YYYY-MM-DD", width=150)


def _follow(name: str, key: str) -> None:
    """The address takes what was chosen."""
    value = st.session_state.get(key)
    if value or value == 0:
        st.query_params[name] = value.isoformat() if isinstance(value, date) else str(value)
    elif name in st.query_params:
        del st.query_params[name]


def _read(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
