"""Who changed what, when, from what to what: in one cohort, or (for an admin) on the site."""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st

from course.errors import NotAllowed, NotFound
from course.services.people.auditing import AuditLine
from course.services.study.wording import counted
from course.ui.components import closed, page
from course.ui.visit import Visit, query


def draw(visit: Visit) -> None:
    cohort_id, before = query("c"), query("before")
    older_than = int(before) if before.isdecimal() and len(before) < 18 else None
    try:
        if cohort_id:
            name = visit.process.cohorts.one(visit.caller, cohort_id).name
            read = partial(visit.process.cohorts.audit, visit.caller, cohort_id)
        else:
            name, read = "The site", partial(visit.process.site.audit, visit.caller)
        lines = read(before=older_than)
        more = bool(lines) and bool(read(before=lines[-1].id))
    except (NotFound, NotAllowed) as refusal:
        closed.refused(visit, refusal)
        return
    page.begin()
    what = "Every change of people, roles and rules, newest first. Nothing here can be changed."
    page.masthead(name, "Who changed what", what, meta="Times are those where you are.")
    if not lines:
        page.empty("Nothing was changed yet.", "Each change of a name, a role or a rule becomes a line here.")
    else:
        page.table(["When", "Who", "What", "About", "From what to what"], [_row(visit, line) for line in lines], label="Changes")
    with st.container(horizontal=True, gap="medium"):
        if more:
            visit.link("audit", "Older ones", before=str(lines[-1].id), **({"c": cohort_id} if cohort_id else {}))
        if cohort_id:
            visit.link("cohort", "Back to the cohort", c=cohort_id)


def _row(visit: Visit, line: AuditLine) -> list[str]:
    at = visit.local(line.at)
    when, who, action, change = (escape(text) for text in (f"{at.day} {at:%b %Y, %H:%M}", line.who, line.action, line.change or "–"))
    return [when, who, action, _about(line), change]


def _about(line: AuditLine) -> str:
    """Whom and what it is about; many people are counted, and named when one opens them."""
    if not line.people:
        return escape(line.about or "–")
    names = f"<details><summary>{counted(len(line.people), 'person', 'people')}</summary>{escape(', '.join(line.people))}</details>"
    return f"{escape(line.about)}{names}"
