"""Grades that Moodle's gradebook imports ("Import > CSV file"): map learners by e-mail address or ID number."""

from __future__ import annotations

from course.interop.gradebook_csv import percent
from course.interop.grades import GradeTable
from course.interop.spreadsheet import Cell, csv_bytes


def write(table: GradeTable) -> bytes:
    """Columns of Moodle's own export; grades are percentages, and an empty field changes nothing there."""
    heading: list[Cell] = ["Full name", "ID number", "Email address", *(c.title for c in table.columns), "Course total"]
    rows: list[list[Cell]] = [
        [
            row.name,
            row.id,
            row.email,
            *(None if out else percent(s) for s, out in zip(row.shares, row.exempt, strict=True)),
            percent(row.total),
        ]
        for row in table.rows
    ]
    return csv_bytes([heading, *rows], mark=False)
