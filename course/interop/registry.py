"""The files a gradebook can be taken away as. A format is one file and one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from course.interop import gradebook_canvas, gradebook_csv, gradebook_moodle, gradebook_xlsx
from course.interop.grades import GradeTable

CSV: Final = "text/csv; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Format:
    """`id` stands in addresses, `words` on the page; `ending` ends the file's name."""

    id: str
    words: str
    media_type: str
    ending: str
    write: Callable[[GradeTable], bytes]


GRADEBOOK: Final[tuple[Format, ...]] = (
    Format("xlsx", "Excel workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", gradebook_xlsx.write),
    Format("csv", "CSV", CSV, "csv", gradebook_csv.write),
    Format("moodle", "CSV that Moodle imports", CSV, "csv", gradebook_moodle.write),
    Format("canvas", "CSV that Canvas imports", CSV, "csv", gradebook_canvas.write),
)
