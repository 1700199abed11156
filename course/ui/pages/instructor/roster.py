"""Importing a roster: choose a file or paste its lines, read what they would do one by one, then take them in."""

from __future__ import annotations

from html import escape
from typing import Final

import streamlit as st

from course.interop.roster import MOST_BYTES
from course.services.people.rosters import LineKind, RosterReport
from course.services.study.wording import counted
from course.storage.stores.cohorts import Cohort
from course.ui import failure
from course.ui.components import acting, browser, page
from course.ui.components.acting import Told, Way
from course.ui.pages.instructor.people import MOST
from course.ui.visit import Visit

_KINDS: Final = {
    LineKind.ADDED: "comes in new",
    LineKind.CHANGED: "is changed",
    LineKind.BACK: "comes back",
    LineKind.SAME: "stays as it is",
    LineKind.PROBLEM: "cannot be read",
}
_FILE, _PASTED = "A file", "Pasted lines"
_EXAMPLE: Final = "name,email,id,group,extra_time\nAda Miller,ada@example.org,1001,Mornings,1.25"


def draw(visit: Visit, cohort: Cohort) -> None:
    page.section(
        "Import a roster",
        "A table with a heading line. What Moodle and Canvas export is recognised; else the columns name, email, id, group, extra_time.",
    )
    if cohort.archived_at is not None:
        page.empty("Nobody comes in.", "The cohort is archived. Take it back, under Settings, before a roster is taken in.")
        return
    data = _given(cohort)
    if not data:
        page.empty("Nothing is taken in yet.", "Each line is listed here first, with what it would do. You decide after that.")
        return
    with failure.said_here():
        report = visit.process.cohorts.import_roster(visit.caller, cohort.id, data)
        _report(report)

        def take_in() -> Told:
            done = visit.process.cohorts.import_roster(visit.caller, cohort.id, data, apply=True)
            new, changed = done.count(LineKind.ADDED), done.count(LineKind.CHANGED) + done.count(LineKind.BACK)
            said = f"{counted(new, 'learner')} came in, {changed} changed."
            on = " Nobody is told yet: make their invitations under Inviting." if new else ""
            return Told(said + on, (Way("teach", "Assign them something", {"c": cohort.id}),))

        changes = len(report.lines) - report.count(LineKind.SAME)
        if report.problems:
            page.fine(
                f"Nothing is taken in while {counted(len(report.problems), 'line')} cannot be read. Mend the lines and give them again."
            )
        elif changes:
            acting.button(f"Take in {counted(changes, 'line')}", take_in, key="take_in", primary=True)
        else:
            page.fine("Everything in these lines is so already.")


def _given(cohort: Cohort) -> bytes:
    """The roster's bytes; empty while there are none."""
    way = st.segmented_control("From", [_FILE, _PASTED], default=_FILE, required=True, key=f"roster_from_{cohort.id}")
    if way == _PASTED:
        with st.form("roster_lines", border=False):
            st.text_area("Lines of the roster", key=f"roster_text_{cohort.id}", height=180, placeholder=_EXAMPLE)
            st.form_submit_button("Look at the lines", key="read_lines")
        return acting.field(f"roster_text_{cohort.id}").strip().encode()
    large = f"This file is larger than {MOST_BYTES // 1_000_000} MB. Split it."
    found = browser.choose_file("Roster as CSV", accept=".csv,.txt,.tsv", most=MOST_BYTES, large=large, key=f"roster_{cohort.id}")
    if found == b"":
        page.fine("This file is empty. Choose another one.")
    return found or b""


def _report(report: RosterReport) -> None:
    counts = [(str(report.count(kind)), _KINDS[kind]) for kind in LineKind if report.count(kind)]
    page.facts(counts)
    first = sorted(report.lines, key=lambda one: one.kind is not LineKind.PROBLEM) if len(report.lines) > MOST else report.lines
    page.table(
        ["Line", "Learner", "What happens", "Particulars"],
        [[str(one.line), escape(one.name or "–"), _KINDS[one.kind], escape(one.said or "–")] for one in first[:MOST]],
        label="What the roster would do",
    )
    if len(first) > MOST:
        page.fine(f"The first {MOST} of {len(first)} lines, those that cannot be read before the others.")
    if report.missing:
        names = ", ".join(report.missing[:20]) + (f" and {len(report.missing) - 20} more" if len(report.missing) > 20 else "")
        page.fine(f"In the cohort and not in the roster: {names}. Nothing happens to them.")
