"""Findings: what is wrong with authored content, where, and what to do. Nothing authored ever raises."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is. Errors make `check` exit 1; warnings alone do not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a file: path relative to the content root, 1-based line and column, or None for the whole file."""

    path: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: `code` names the rule, `message` is one sentence, `hint` the mend ("" when there is none)."""

    code: str
    severity: Severity
    place: Place
    message: str
    hint: str = ""
    source: str = ""
    """The source line, filled in by the loader, so that a caret can be drawn under the column."""

    def with_source(self, line: str) -> Finding:
        return replace(self, source=line)


@dataclass(slots=True)
class Report:
    """Collects findings; loading goes on after each."""

    findings: list[Finding] = field(default_factory=list)

    def error(self, code: str, message: str, place: Place, hint: str = "") -> None:
        self.findings.append(Finding(code, Severity.ERROR, place, message, hint))

    def warning(self, code: str, message: str, place: Place, hint: str = "") -> None:
        self.findings.append(Finding(code, Severity.WARNING, place, message, hint))

    def extend(self, findings: Iterable[Finding]) -> None:
        self.findings.extend(findings)

    @property
    def errors(self) -> list[Finding]:
        return [f for f in self.findings if f.severity is Severity.ERROR]

    @property
    def ok(self) -> bool:
        """True when there is no error (warnings are allowed)."""
        return not self.errors

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """A hint naming the nearest known word, or listing up to eight when none is near."""
    known = sorted(set(choices))
    near = difflib.get_close_matches(word.lower(), [k.lower() for k in known], n=1, cutoff=0.6)
    if near:
        return f"did you mean `{next(k for k in known if k.lower() == near[0])}`?"
    return "known: " + ", ".join(f"`{k}`" for k in known[:8]) if known and len(known) <= 8 else ""
