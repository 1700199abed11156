"""What `check` finds, shown to authors while they write: beside a cell, and all of it above the page. Never shown to learners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from course.bootstrap import Process
from course.content.beside import beside
from course.diagnostics import Finding, Severity
from course.services.authoring.findings import lines
from course.ui.components.findings import listed


def bar(process: Process) -> None:
    """Everything that was found when the content was last loaded; nothing unless `COURSE_AUTHOR` is set."""
    if not process.settings.author:
        return
    catalogue = process.catalogue()
    findings = process.catalogue.findings
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    counts = f"{_count(errors, 'error')}, {_count(len(findings) - errors, 'warning')} in the content"
    with st.expander(f"For authors: {counts}", key="author_bar"):
        if process.catalogue.behind:
            st.html(
                '<p class="k-fine" role="status">A file does not load. The page shows the content as it was before, until this is mended.</p>'
            )
        if findings:
            st.html(listed(lines(catalogue, findings)))
        else:
            st.html('<p class="k-fine">Every rule is met. Save a file, and the page shows it on the next click.</p>')


def for_cells(process: Process, module_id: str) -> Mapping[str, tuple[Finding, ...]]:
    """Cell id -> its findings; empty unless `COURSE_AUTHOR` is set."""
    module = process.catalogue().module(module_id) if process.settings.author else None
    return beside(process.catalogue(), module, process.catalogue.findings) if module is not None else {}


def note(process: Process, findings: Sequence[Finding]) -> None:
    """What was found in one cell, under it."""
    if findings:
        st.html(f'<div role="note" aria-label="For authors">{listed(lines(process.catalogue(), findings), linked=False)}</div>')


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
