"""What `check` finds, shown to authors while they write: beside a cell, and all of it above the page. Never shown to learners."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

import streamlit as st

from course.bootstrap import Process
from course.content.beside import beside
from course.content.model import Catalogue
from course.diagnostics import Finding, Severity


def bar(process: Process) -> None:
    """Everything that was found when the content was last loaded; nothing unless `COURSE_AUTHOR` is set."""
    if not process.settings.author:
        return
    catalogue = process.catalogue()
    findings = process.catalogue.findings
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    counts = f"{_count(errors, 'error')}, {_count(len(findings) - errors, 'warning')} in the content"
    with st.expander(f"For authors: {counts}", key="author_bar"):
        if findings:
            st.html(_listed(findings, _places(catalogue, findings)))
        else:
            st.html('<p class="k-fine">Every rule is met. Save a file, and the page shows it on the next click.</p>')


def for_cells(process: Process, module_id: str) -> Mapping[str, tuple[Finding, ...]]:
    """Cell id -> its findings; empty unless `COURSE_AUTHOR` is set."""
    module = process.catalogue().module(module_id) if process.settings.author else None
    return beside(process.catalogue(), module, process.catalogue.findings) if module is not None else {}


def note(findings: Sequence[Finding]) -> None:
    """What was found in one cell, under it."""
    if findings:
        st.html(f'<div role="note" aria-label="For authors">{_listed(findings, {})}</div>')


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _places(catalogue: Catalogue, findings: Iterable[Finding]) -> Mapping[Finding, str]:
    """Finding -> the address of the cell that it is about, as far as there is one."""
    found: dict[Finding, str] = {}
    for module in catalogue.course.modules:
        for cell, listed in beside(catalogue, module, findings).items():
            for finding in listed:
                found.setdefault(finding, f"module?m={module.id}&cell={cell}")
    return found


def _listed(findings: Sequence[Finding], places: Mapping[Finding, str]) -> str:
    lines = "".join(f"<li>{_line(finding, places.get(finding))}</li>" for finding in findings)
    return f'<ul class="k-list">{lines}</ul>'


def _line(finding: Finding, address: str | None) -> str:
    """File, line and column as an editor opens them, the sentence, the mend, and the line itself."""
    where = f"<code>{escape(str(finding.place))}</code>"
    link = f' <a href="{escape(address)}" target="_self">Show the cell</a>' if address else ""
    hint = f" ({escape(finding.hint)})" if finding.hint else ""
    source = f"<small><code>{escape(finding.source.strip()[:160])}</code></small>" if finding.source.strip() else ""
    return f"{finding.severity.value.capitalize()}: {escape(finding.message)}{hint} [{escape(finding.code)}]<small>{where}{link}</small>{source}"
