"""module.md to front matter and raw cells with places: the notebook as written, before anything is looked up.

The body is scanned line by line. A fence whose info begins with `{` is a directive and a cell of its own; a second-level
heading starts a prose cell; prose after a directive is a cell too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from course.content.raw_cells import FENCE, Line, RawCell, Written, check_text, is_directive, read_directive, trimmed
from course.content.silence import is_silence
from course.content.text_source import TextSource, decode
from course.content.yaml_source import read_yaml_text
from course.diagnostics import Place, Report
from course.questions.nodes import Node

_HEADING: Final = re.compile(r" {0,3}(?P<marks>#{1,6})(?P<title>(?:[ \t].*)?)$")
_CLOSING_MARKS: Final = re.compile(r"(?:^|[ \t])#+$")
_UNDERLINE: Final = re.compile(r" {0,3}(?:=+|-+)$")
_INDENTED: Final = re.compile(r"(?:[ \t]+(?:[-*+] +)?|[-*+>] +)`{3,}\{")


@dataclass(frozen=True, slots=True)
class ModuleText:
    """A module as written: the front matter's node (None when unreadable) and the cells in order."""

    source: TextSource
    front: Node | None
    cells: tuple[RawCell, ...]


def read_module_text(data: bytes, path: str, report: Report) -> ModuleText | None:
    """Front matter and cells of a module.md; None when the bytes are no text. Never raises on content."""
    source = decode(data, path, report)
    if source is None:
        return None
    front, first = _front_matter(source, report)
    scanner = _Scanner(source, first, report)
    cells = tuple(scanner.cells())
    for cell in cells:
        check_text(cell, report)
    return ModuleText(source, front, cells)


def _front_matter(source: TextSource, report: Report) -> tuple[Node | None, int]:
    """The front matter's node and the index of the first line of the body."""
    if source.lines[0].rstrip() != "---":
        report.error("front-matter", "a module begins with front matter between two lines of `---`", source.place(1), "put `---` first")
        return None, len(source.lines)
    end = next((i for i, line in enumerate(source.lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        report.error("front-matter", "the front matter that begins here is never closed", source.place(1), "add a line `---` after it")
        return None, len(source.lines)
    text = "\n".join(source.lines[1:end]) + "\n"
    return read_yaml_text(text, source, report, first_line=2), end + 1


class _Scanner:
    """Walks the body once. `heading` is one that has no text under it yet."""

    def __init__(self, source: TextSource, first: int, report: Report) -> None:
        self.source = source
        self.report = report
        self.at = first
        self.heading: Written | None = None
        self.prose: list[Line] = []
        self.found: list[RawCell] = []

    def cells(self) -> list[RawCell]:
        lines = self.source.lines
        while self.at < len(lines):
            line = lines[self.at]
            fence = FENCE.match(line)
            if fence and is_directive(fence):
                self.end_prose()
                self.directive(fence)
            elif fence and "`" not in fence["info"]:
                self.code(fence)
            elif heading := _HEADING.match(line):
                self.heading_line(len(heading["marks"]), _CLOSING_MARKS.sub("", heading["title"].strip()).strip())
            else:
                self.prose_line(line)
        self.end_prose()
        self.drop_heading()
        return self.found

    def prose_line(self, line: str) -> None:
        if _UNDERLINE.match(line.rstrip()) and self.prose and self.prose[-1].text.strip():
            self.report.error("heading-level", "headings are written with `##`, not underlined", self.place())
        elif _INDENTED.match(line):
            self.report.error("indented-directive", "a directive begins at the left margin", self.place())
        self.take("" if is_silence(line) else line)

    def take(self, line: str) -> None:
        self.prose.append(Line(self.at + 1, 1, line))
        self.at += 1

    def heading_line(self, level: int, title: str) -> None:
        if level > 2:
            self.take(self.source.lines[self.at])
            return
        self.end_prose()
        self.drop_heading()
        if level == 1:
            self.report.error("heading-level", "the module's title stands in the front matter; headings begin at `##`", self.place())
        if not title:
            self.report.error("empty-heading", "this heading has no words", self.place())
        self.heading = Written(title, self.place())
        self.at += 1

    def code(self, fence: re.Match[str]) -> None:
        """A fenced block without directive: prose, whatever it holds."""
        end, closed = self.closing(fence)
        if not closed:
            self.report.error("unclosed-fence", "this fence is never closed", self.place(), f"add a line {fence['mark']} after it")
        while self.at < end + closed:
            self.take(self.source.lines[self.at])

    def directive(self, fence: re.Match[str]) -> None:
        end, closed = self.closing(fence)
        if not closed and fence["mark"][0] == "`":
            told = f"; another begins on line {end + 1}" if end < len(self.source.lines) else ""
            self.report.error(
                "unclosed-fence", f"this directive is never closed{told}", self.place(), f"add a line {fence['mark']} after it"
            )
        cell = read_directive(self.source, fence, self.at, end, self.heading, self.report)
        self.at = end + closed
        if cell is not None:
            self.found.append(cell)
            self.heading = None

    def closing(self, fence: re.Match[str]) -> tuple[int, bool]:
        """The index of the line that closes this fence, and True; or where it must have ended, and False."""
        mark = fence["mark"]
        for index in range(self.at + 1, len(self.source.lines)):
            text = self.source.lines[index].strip()
            if text.startswith(mark) and not text.strip(mark[0]):
                return index, True
            inner = FENCE.match(self.source.lines[index]) if is_directive(fence) else None
            if inner and is_directive(inner) and len(inner["mark"]) >= len(mark):
                return index, False
        return len(self.source.lines), False

    def end_prose(self) -> None:
        """Close the prose cell that is open, if it has any text."""
        prose = trimmed(self.prose)
        if prose:
            place = self.heading.place if self.heading else Place(self.source.path, prose[0].number, 1)
            self.found.append(RawCell(None, self.heading, None, {}, tuple(prose), place, prose[-1].number))
            self.heading = None
        self.prose = []

    def drop_heading(self) -> None:
        if self.heading is not None:
            self.report.warning("empty-heading", f"nothing stands under the heading `{self.heading.value}`", self.heading.place)
        self.heading = None

    def place(self) -> Place:
        return self.source.place(self.at + 1)
