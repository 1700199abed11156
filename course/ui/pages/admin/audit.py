"""Who changed what, when, from what to what: in one cohort, or (for an admin) on the site."""

from __future__ import annotations

from html import escape

import streamlit as st

from course.errors import NotAllowed, NotFound
from course.services.people.auditing import PAGE, AuditLine
from course.ui.components import closed, page
from course.ui.visit import Visit, query


def draw(visit: Visit) -> None:
    cohort_id, before = query("c"), query("before")
    older_than = int(before) if before.isdecimal() and len(before) < 18 else None
    try:
        if cohort_id:
            name = visit.process.cohorts.one(visit.caller, cohort_id).name
            lines = visit.process.cohorts.audit(visit.caller, cohort_id, before=older_than)
        else:
            name, lines = "The site", visit.process.site.audit(visit.caller, before=older_than)
    except (NotFound, NotAllowed) as refusal:
        closed.refused(visit, refusal)
        return
    page.begin()
    page.masthead(name, "Who changed what", "Every change of people, roles and rules, newest first. Nothing here can be changed.")
    if not lines:
        page.empty("Nothing was changed yet.", "Each change of a name, a role or a rule becomes a line here.")
    else:
        page.table(["When", "Who", "What", "About", "From what to what"], [_row(visit, line) for line in lines], label="Changes")
    with st.container(horizontal=True, gap="medium"):
        if len(lines) == PAGE:
            visit.link("audit", "Older ones", before=str(lines[-1].id), **({"c": cohort_id} if cohort_id else {}))
        if cohort_id:
            visit.link("cohort", "Back to the cohort", c=cohort_id)


def _row(visit: Visit, line: AuditLine) -> list[str]:
    at = visit.local(line.at)
    told = (f"{at.day} {at:%b %Y, %H:%M}", line.who, line.action, line.about or "–", line.change or "–")
    return [escape(text) for text in told]
