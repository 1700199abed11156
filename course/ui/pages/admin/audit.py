"""Who changed what, when, from what to what: in one cohort, or (for an admin) on the site."""

from __future__ import annotations

from html import escape

import streamlit as st

from course.errors import NotAllowed, NotFound
from course.services.people.auditing import AuditLine
from course.services.study.wording import counted
from course.services.teach.handing_out import items
from course.ui.components import closed, page
from course.ui.visit import Visit, query


def draw(visit: Visit) -> None:
    cohort_id, before = query("c"), query("before")
    older_than = int(before) if before.isdecimal() and len(before) < 18 else None
    try:
        if cohort_id:
            name = visit.process.cohorts.one(visit.caller, cohort_id).name
            titles = {f"{one.kind}:{one.id}": title for one, title in items(visit.process.catalogue()).items()}
            found = visit.process.cohorts.audit(visit.caller, cohort_id, before=older_than, titles=titles)
        else:
            name, found = "The site", visit.process.site.audit(visit.caller, before=older_than)
    except (NotFound, NotAllowed) as refusal:
        closed.refused(visit, refusal)
        return
    page.begin()
    what = "Every change of people, roles and rules, newest first. Nothing here can be changed."
    page.masthead(name, "Who changed what", what, meta="Times are those where you are.")
    if not found.lines:
        page.empty("Nothing was changed yet.", "Each change of a name, a role or a rule becomes a line here.")
    else:
        page.table(["When", "Who", "What", "About", "From what to what"], [_row(visit, line) for line in found.lines], label="Changes")
    with st.container(horizontal=True, gap="medium"):
        if found.more:
            visit.link("audit", "Older ones", before=str(found.lines[-1].id), **({"c": cohort_id} if cohort_id else {}))
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
