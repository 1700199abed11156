"""A cohort's report as a PDF: text that can be selected, charts as vectors with their words, an outline, page numbers.

fpdf2 marks pictures with their alternative text and writes the language and the outline; it does not tag paragraphs and tables. The same
report as a page of HTML has everything in its right element.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fpdf import FPDF, FontFace
from fpdf.enums import TableBordersLayout, TextEmphasis, XPos, YPos
from fpdf.fonts import TextStyle, TTFFont

from course.interop.picture import INK, WIDTH, Picture
from course.interop.report import Report, ReportPart

FAMILY: Final = "Atkinson"
_INSTEAD: Final = {"≥": "at least ", "≤": "at most ", "θ": "theta", "\u00a0": " ", "\u202f": " "}
_MARGIN: Final = 16.0
_WIDTH: Final = 210.0 - 2 * _MARGIN


@dataclass(frozen=True, slots=True)
class Fonts:
    """Files of the course's type: `more` has the letters that the first two lack."""

    regular: Path
    bold: Path
    more: Path


def write(report: Report, fonts: Fonts, language: str) -> bytes:
    """The report on pages of A4."""
    pdf = _Sheet(report, fonts, language)
    pdf.add_page()
    pdf.say(report.course, 10, "muted")
    pdf.start_section(report.cohort, 0)
    for line in (*report.filters, report.made):
        pdf.say(line, 10, "muted")
    for part in report.parts:
        _part(pdf, part)
    pdf.start_section("How the numbers are computed", 1)
    for note in report.notes:
        pdf.say(note, 9, "ink")
    pdf.ln(3)
    pdf.say(report.notice, 10, "ink")
    return bytes(pdf.output())


class _Sheet(FPDF):
    """Pages with the cohort and the number at their foot."""

    def __init__(self, report: Report, fonts: Fonts, language: str) -> None:
        super().__init__(format="A4")
        for style, file in (("", fonts.regular), ("B", fonts.bold)):
            self.add_font(FAMILY, style, file)
        self.add_font(f"{FAMILY} more", "", fonts.more)
        self.set_fallback_fonts([f"{FAMILY} more"], exact_match=False)
        self.known = frozenset(letter for font in self.fonts.values() if isinstance(font, TTFFont) for letter in font.cmap)
        self.foot = self.plain(report.course)
        self.set_lang(language)
        self.set_title(self.plain(f"{report.course}: {report.cohort}"))
        self.set_creator(self.plain(report.course))
        self.set_margins(_MARGIN, _MARGIN)
        self.set_auto_page_break(auto=True, margin=20)
        self.set_font(FAMILY, size=10)
        big, small = (TextStyle(FAMILY, "B", size, INK["ink"], t_margin=above, b_margin=2) for size, above in ((20, 2), (13, 7)))
        self.set_section_title_styles(big, small)

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font(FAMILY, size=8)
        self.set_text_color(INK["muted"])
        self.cell(_WIDTH / 2, 6, self.foot)
        self.cell(_WIDTH / 2, 6, f"Page {self.page_no()} of {{nb}}", align="R")

    def say(self, text: str, size: float, colour: str) -> None:
        """A paragraph."""
        self.set_font(FAMILY, size=size)
        self.set_text_color(INK[colour])
        self.multi_cell(_WIDTH, size * 0.48, self.plain(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(0.8)

    def start_section(self, name: str, level: int = 0, strict: bool = True) -> None:
        self.set_text_color(INK["ink"])
        super().start_section(self.plain(name), level, strict)

    def plain(self, text: str) -> str:
        """Letters that none of the fonts has become others, or a question mark."""
        return "".join(c if ord(c) in self.known else _INSTEAD.get(c, "?") for c in text)


def _part(pdf: _Sheet, part: ReportPart) -> None:
    if pdf.will_page_break(30.0 + (_tall(part.pictures[0]) if part.pictures else 0.0)):
        pdf.add_page()
    pdf.start_section(part.title, 1)
    for line in part.said:
        pdf.say(line, 10, "ink")
    for picture in part.pictures:
        _picture(pdf, picture, part.title)
    if not part.rows:
        pdf.say(part.empty, 10, "muted")
        return
    _table(pdf, part.headings, part.rows, part.widths, pdf.plain)


def _picture(pdf: _Sheet, picture: Picture, title: str) -> None:
    if pdf.will_page_break(8.0 + _tall(picture)):
        pdf.add_page()
    pdf.say(picture.title, 10, "muted")
    said = pdf.plain(f"{picture.title}. {picture.alt}")
    pdf.image(io.BytesIO(pdf.plain(picture.svg).encode()), x=_MARGIN, w=_WIDTH, alt_text=said, title=pdf.plain(title))
    pdf.ln(3)


def _tall(picture: Picture) -> float:
    """Its height on the page, in millimetres."""
    return _WIDTH * picture.height / WIDTH


def _table(pdf: _Sheet, headings: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], plain: Callable[[str], str]) -> None:
    pdf.set_font(FAMILY, size=8.5)
    pdf.set_text_color(INK["ink"])
    pdf.set_draw_color(INK["hair"])
    head = FontFace(emphasis=TextEmphasis.B, color=INK["muted"])
    with pdf.table(
        borders_layout=TableBordersLayout.HORIZONTAL_LINES, col_widths=tuple(widths), headings_style=head, line_height=4.2, text_align="LEFT",
        padding=(1.2, 1.5, 1.2, 0), width=_WIDTH, v_align="TOP",
    ) as table:  # fmt: skip
        for cells in (headings, *rows):
            row = table.row()
            for cell in cells:
                row.cell(plain(cell))
