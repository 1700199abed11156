"""Findings as text with the source line and a caret, as JSON (DESIGN section 11) and as SARIF 2.1.0."""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from course.content.rules import RULES
from course.diagnostics import Finding, Severity

_WIDTH: Final = 110
"""Characters of a source line that are shown."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What was checked and how it went."""

    errors: int
    warnings: int
    questions: int
    modules: int


def summarise(findings: Sequence[Finding], questions: int, modules: int) -> Summary:
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    return Summary(errors, len(findings) - errors, questions, modules)


def as_text(findings: Sequence[Finding], summary: Summary) -> str:
    """One block a finding, then one line of counts."""
    counts = f"{summary.errors} {_plural('error', summary.errors)}, {summary.warnings} {_plural('warning', summary.warnings)}"
    what = f"{summary.questions} {_plural('question', summary.questions)}, {summary.modules} {_plural('module', summary.modules)}"
    return "\n".join([*map(_block, findings), f"{counts} in {what}"]) + "\n"


def as_json(findings: Sequence[Finding], summary: Summary) -> str:
    data = {
        "findings": [
            {
                "code": finding.code,
                "severity": str(finding.severity),
                "path": finding.place.path,
                "line": finding.place.line,
                "column": finding.place.column,
                "message": finding.message,
                "hint": finding.hint,
            }
            for finding in findings
        ],
        "summary": {
            "errors": summary.errors,
            "warnings": summary.warnings,
            "questions": summary.questions,
            "modules": summary.modules,
        },
    }
    return json.dumps(data, indent=2) + "\n"


def as_sarif(findings: Sequence[Finding]) -> str:
    """SARIF 2.1.0 (OASIS 2020), as code hosts and editors read it."""
    docs = {rule.code: inspect.getdoc(rule) or "" for rule in RULES}
    rules = [_sarif_rule(code, docs.get(code, "")) for code in sorted({finding.code for finding in findings})]
    run = {
        "tool": {"driver": {"name": "course check", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"ROOT": {"description": {"text": "The folder that holds modules/ and quizzes/."}}},
        "results": [_sarif_result(finding) for finding in findings],
    }
    schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _block(finding: Finding) -> str:
    hint = f" ({finding.hint})" if finding.hint else ""
    head = f"{finding.place}: {finding.severity}: {finding.message}{hint} [{finding.code}]"
    line, column = finding.place.line, finding.place.column
    if not finding.source.strip() or line is None:
        return head
    shown, at = _cut(finding.source, (column or 1) - 1)
    margin = " " * len(str(line))
    caret = "^" if column else ""
    return f"{head}\n  {line} | {shown}\n  {margin} | {' ' * at}{caret}".rstrip()


def _cut(source: str, column: int) -> tuple[str, int]:
    """At most `_WIDTH` characters of a line around a column, and where that column is in them."""
    source = source.replace("\t", " ").rstrip()
    if len(source) <= _WIDTH:
        return source, column
    first = max(min(column - _WIDTH // 3, len(source) - _WIDTH), 0)
    left, right = ("…" if first else ""), ("…" if first + _WIDTH < len(source) else "")
    return f"{left}{source[first : first + _WIDTH]}{right}", column - first + len(left)


def _plural(word: str, count: int) -> str:
    return word if count == 1 else word + "s"


def _sarif_rule(code: str, doc: str) -> Mapping[str, Any]:
    text = " ".join(doc.split()) or "The format of authored files; see docs/authoring.md."
    return {"id": code, "shortDescription": {"text": text.split(". ")[0].rstrip(".") + "."}, "fullDescription": {"text": text}}


def _sarif_result(finding: Finding) -> Mapping[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": quote(finding.place.path), "uriBaseId": "ROOT"}}
    if finding.place.line is not None:
        shown = {"snippet": {"text": finding.source}} if finding.source.strip() else {}
        location["region"] = {"startLine": finding.place.line, "startColumn": finding.place.column or 1, **shown}
    text = f"{finding.message} ({finding.hint})" if finding.hint else finding.message
    return {
        "ruleId": finding.code,
        "level": str(finding.severity),
        "message": {"text": text},
        "locations": [{"physicalLocation": location}],
    }
