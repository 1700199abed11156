"""A table of numbers as data to write to files, and the files it is taken away as."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import xlsxwriter

from course.interop.spreadsheet import Cell, csv_bytes, neutral

NOTICE: Final = "Education, not a diagnosis. A quiz score is not a screening result. No clinician has signed this course off yet."


@dataclass(frozen=True, slots=True)
class NumberTable:
    """`id` stands in addresses and names of files. `notes`: what a reader of the table alone must know."""

    id: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableFormat:
    """`id` stands in addresses, `words` on the page."""

    id: str
    words: str
    media_type: str
    write: Callable[[NumberTable], bytes]


def as_csv(table: NumberTable) -> bytes:
    """Headings and rows alone, so that a program can read them."""
    return csv_bytes([table.headings, *table.rows])


def as_xlsx(table: NumberTable) -> bytes:
    """A sheet of the table, and one that says what it is. Text is stored as text, so nothing in it is a formula or a link."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("Table")
        for at, text in enumerate(table.headings):
            sheet.write_string(0, at, neutral(text), head)
        for line, row in enumerate(table.rows, start=1):
            _line(sheet, line, row)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 40)
        about = book.add_worksheet("About")
        about.set_column(0, 0, 100)
        for line, text in enumerate((table.title, *table.notes, NOTICE)):
            about.write_string(line, 0, neutral(text))
    return out.getvalue()


def _line(sheet: xlsxwriter.worksheet.Worksheet, line: int, row: Sequence[Cell]) -> None:
    for at, cell in enumerate(row):
        if isinstance(cell, str):
            sheet.write_string(line, at, neutral(cell))
        elif cell is not None:
            sheet.write_number(line, at, cell)


TABLE_FORMATS: Final = (
    TableFormat("csv", "CSV", "text/csv; charset=utf-8", as_csv),
    TableFormat("xlsx", "Excel workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
)
