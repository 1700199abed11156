"""Importing a roster: choose a file, read what it would do line by line, then take it in."""

from __future__ import annotations

from html import escape
from typing import Final

import streamlit as st

from course.services.people.rosters import LineKind, RosterReport
from course.services.study.wording import counted
from course.storage.stores.cohorts import Cohort
from course.ui import failure
from course.ui.components import acting, page
from course.ui.pages.instructor.people import MOST
from course.ui.visit import Visit

_KINDS: Final = {
    LineKind.ADDED: "comes in new",
    LineKind.CHANGED: "is changed",
    LineKind.BACK: "comes back",
    LineKind.SAME: "stays as it is",
    LineKind.PROBLEM: "cannot be read",
}


def draw(visit: Visit, cohort: Cohort) -> None:
    page.section(
        "Import a roster", "A CSV file. What Moodle and Canvas export is recognised; else the columns name, email, id, group, extra_time."
    )
    file = st.file_uploader("Roster as CSV", type=["csv", "txt"], key=f"roster_{cohort.id}", max_upload_size=2)
    if file is None:
        page.empty("Nothing is taken in yet.", "After you choose a file, each of its lines is listed here with what it would do.")
        return
    data = file.getvalue()
    with failure.said_here():
        report = visit.process.cohorts.import_roster(visit.caller, cohort.id, data)
        _report(report)

        def take_in() -> str:
            done = visit.process.cohorts.import_roster(visit.caller, cohort.id, data, apply=True)
            return f"{counted(done.count(LineKind.ADDED), 'learner')} came in, {done.count(LineKind.CHANGED) + done.count(LineKind.BACK)} changed."

        changes = len(report.lines) - report.count(LineKind.SAME)
        if report.problems:
            page.fine(
                f"Nothing is taken in while {counted(len(report.problems), 'line')} cannot be read. Mend the file and choose it again."
            )
        elif cohort.archived_at is None and changes:
            acting.button(f"Take in {counted(changes, 'line')}", take_in, key="take_in", primary=True)


def _report(report: RosterReport) -> None:
    counts = [(str(report.count(kind)), _KINDS[kind]) for kind in LineKind if report.count(kind)]
    page.facts(counts)
    first = sorted(report.lines, key=lambda one: one.kind is not LineKind.PROBLEM) if len(report.lines) > MOST else report.lines
    page.table(
        ["Line", "Learner", "What happens", "Particulars"],
        [[str(one.line), escape(one.name or "–"), _KINDS[one.kind], escape(one.said or "–")] for one in first[:MOST]],
        label="What the file would do",
    )
    if len(first) > MOST:
        page.fine(f"The first {MOST} of {len(first)} lines, those that cannot be read before the others.")
    if report.missing:
        names = ", ".join(report.missing[:20]) + (f" and {len(report.missing) - 20} more" if len(report.missing) > 20 else "")
        page.fine(f"In the cohort and not in the file: {names}. Nothing happens to them.")
