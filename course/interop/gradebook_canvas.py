"""Grades that Canvas's gradebook imports: its first five columns, its line of possible points, one column an assignment.

Canvas knows a learner by `SIS User ID` or `SIS Login ID`: the id and the e-mail address of the roster.
"""

from __future__ import annotations

from course.interop.gradebook_csv import percent
from course.interop.grades import GradeTable
from course.interop.spreadsheet import Cell, csv_bytes


def write(table: GradeTable) -> bytes:
    """Points of 100. `EX` excuses a learner, as Canvas writes it."""
    heading: list[Cell] = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *(c.title for c in table.columns)]
    possible: list[Cell] = ["    Points Possible", "", "", "", "", *(c.max for c in table.columns)]
    rows: list[list[Cell]] = [
        [
            row.name,
            "",
            row.id,
            row.email,
            row.group,
            *("EX" if out else percent(s) for s, out in zip(row.shares, row.exempt, strict=True)),
        ]
        for row in table.rows
    ]
    return csv_bytes([heading, possible, *rows], mark=False)
