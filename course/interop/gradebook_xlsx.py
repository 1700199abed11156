"""The gradebook as an Excel workbook: one sheet of grades, one that says what they are."""

from __future__ import annotations

import io

import xlsxwriter

from course.interop.grades import NOTICE, GradeTable
from course.interop.spreadsheet import neutral


def write(table: GradeTable) -> bytes:
    """Shares as percentages that Excel calculates with; text is stored as text, so nothing in it is a formula or a link."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "constant_memory": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        percent = book.add_format({"num_format": "0.0%"})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("Grades")
        headings = ["Name", "E-mail", "ID", "Group", *(c.title for c in table.columns), "Total", "Grade"]
        for at, text in enumerate(headings):
            sheet.write_string(0, at, neutral(text), head)
        sheet.write_string(1, 0, "Weight")
        for at, column in enumerate(table.columns, start=4):
            sheet.write_number(1, at, column.weight)
        for line, row in enumerate(table.rows, start=2):
            for at, text in enumerate((row.name, row.email, row.id, row.group)):
                if text:
                    sheet.write_string(line, at, neutral(text))
            for at, (share, exempt) in enumerate(zip(row.shares, row.exempt, strict=True), start=4):
                if exempt:
                    sheet.write_string(line, at, "exempt")
                elif share is not None:
                    sheet.write_number(line, at, share, percent)
            if row.total is not None:
                sheet.write_number(line, 4 + len(table.columns), row.total, percent)
            sheet.write_string(line, 5 + len(table.columns), neutral(row.label))
        sheet.freeze_panes(2, 1)
        sheet.set_column(0, 1, 26)
        about = book.add_worksheet("About")
        about.set_column(0, 0, 100)
        for line, text in enumerate((table.title, table.made, NOTICE)):
            about.write_string(line, 0, neutral(text))
    return out.getvalue()
