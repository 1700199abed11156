"""The gradebook as CSV: one line a learner, percentages."""

from __future__ import annotations

from course.interop.grades import GradeTable
from course.interop.spreadsheet import Cell, csv_bytes


def write(table: GradeTable) -> bytes:
    """`exempt` stands where an assignment does not count for a learner."""
    heading: list[Cell] = ["Name", "E-mail", "ID", "Group", *(c.title for c in table.columns), "Total", "Grade"]
    weights: list[Cell] = ["Weight", "", "", "", *(c.weight for c in table.columns), "", ""]
    rows: list[list[Cell]] = [
        [
            row.name,
            row.email,
            row.id,
            row.group,
            *("exempt" if out else percent(share) for share, out in zip(row.shares, row.exempt, strict=True)),
            percent(row.total),
            row.label,
        ]
        for row in table.rows
    ]
    return csv_bytes([heading, weights, *rows])


def percent(share: float | None) -> float | None:
    """A share as a percentage with at most two decimals."""
    return None if share is None else round(100 * share, 2)
