"""A gradebook as data to write to files: no names of files, no rights, no arithmetic."""

from __future__ import annotations

from dataclasses import dataclass

NOTICE = "Education, not a diagnosis. A quiz score is not a screening result. No clinician has signed this course off yet."


@dataclass(frozen=True, slots=True)
class GradeColumn:
    """An assignment. `max`: points that a share of 1 is worth."""

    title: str
    weight: float
    max: float = 100.0


@dataclass(frozen=True, slots=True)
class GradeRow:
    """A learner: a share of 1 for each column, None for nothing; `exempt` and `changed` by column; `id`: what other systems call them."""

    name: str
    email: str
    id: str
    group: str
    shares: tuple[float | None, ...]
    exempt: tuple[bool, ...]
    changed: tuple[bool, ...]
    total: float | None
    label: str


@dataclass(frozen=True, slots=True)
class GradeTable:
    """What is exported. `made`: when, in words."""

    title: str
    made: str
    columns: tuple[GradeColumn, ...]
    rows: tuple[GradeRow, ...]
