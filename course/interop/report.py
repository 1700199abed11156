"""A cohort's report as data to print: parts of words, a picture and a table. No learner is named in it."""

from __future__ import annotations

from dataclasses import dataclass

from course.interop.picture import Picture


@dataclass(frozen=True, slots=True)
class ReportPart:
    """One part: words, pictures, a table. Rows are text as it is read; `widths`: how the columns share the width. Without rows, `empty` says what is needed."""

    title: str
    said: tuple[str, ...]
    pictures: tuple[Picture, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """`course`: its neutral title. `filters`: whose answers, in words. `made`: when, in words. `notes`: how numbers are computed."""

    course: str
    cohort: str
    filters: tuple[str, ...]
    made: str
    parts: tuple[ReportPart, ...]
    notes: tuple[str, ...]
    notice: str
