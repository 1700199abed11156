"""module.md to front matter and raw cells with places: the notebook as written, before anything is looked up.

The body is scanned line by line. A fence whose info begins with `{` is a directive and a cell of its own; a second-level
heading starts a prose cell; prose after a directive is a cell too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from course.content.directives import COMMON, DIRECTIVES, Body, Directive, directive_named
from course.content.markdown import ROLES, raw_html, roles
from course.content.silence import is_silence
from course.content.text_source import TextSource, decode
from course.content.yaml_source import read_yaml_text
from course.diagnostics import Place, Report, did_you_mean
from course.questions.nodes import Node, Scalar
from course.questions.schema import BAD

_FENCE: Final = re.compile(r"(?P<indent> {0,3})(?P<mark>`{3,}+|~{3,}+)(?P<info>.*)$")
_OPTION: Final = re.compile(r":(?P<name>[A-Za-z0-9_-]+):(?P<value>.*)$")
_HEADING: Final = re.compile(r" {0,3}(?P<marks>#{1,6})(?P<title>(?:[ \t].*)?)$")
_CLOSING_MARKS: Final = re.compile(r"(?:^|[ \t])#+$")
_UNDERLINE: Final = re.compile(r" {0,3}(?:=+|-+)$")
_INDENTED: Final = re.compile(r"(?:[ \t]+(?:[-*+] +)?|[-*+>] +)`{3,}\{")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a cell's body. `column` is where its text begins in the file, 1 unless its fence was indented."""

    number: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """An option's value, or an argument, and where it stands."""

    value: str
    place: Place


@dataclass(frozen=True, slots=True)
class RawCell:
    """One cell as written. `directive` None: prose, whose heading is `title` ("" when prose goes on after a directive)."""

    directive: Directive | None
    title: Written | None
    argument: Written | None
    options: Mapping[str, Written]
    body: tuple[Line, ...]
    place: Place
    last_line: int

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.body)

    def at(self, offset: int) -> Place:
        """The place in the file of an offset in `text`."""
        for line in self.body:
            if offset <= len(line.text):
                return Place(self.place.path, line.number, line.column + offset)
            offset -= len(line.text) + 1
        return self.place


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
        _check_text(cell, report)
    return ModuleText(source, front, cells)


def _front_matter(source: TextSource, report: Report) -> tuple[Node | None, int]:
    """The front matter's node and the index of the first line of the body."""
    if source.lines[0].rstrip() != "---":
        report.error("front-matter", "a module begins with front matter between two lines of `---`", source.place(1))
        return None, 0
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
            fence = _FENCE.match(line)
            if fence and _is_directive(fence):
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
        if not closed:
            told = f"; another begins on line {end + 1}" if end < len(self.source.lines) else ""
            self.report.error(
                "unclosed-fence", f"this directive is never closed{told}", self.place(), f"add a line {fence['mark']} after it"
            )
        cell = _raw_directive(self.source, fence, self.at, end, self.heading, self.report)
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
            inner = _FENCE.match(self.source.lines[index]) if _is_directive(fence) else None
            if inner and _is_directive(inner) and len(inner["mark"]) >= len(mark):
                return index, False
        return len(self.source.lines), False

    def end_prose(self) -> None:
        """Close the prose cell that is open, if it has any text."""
        prose = _trimmed(self.prose)
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


def _is_directive(fence: re.Match[str]) -> bool:
    return fence["info"].lstrip().startswith("{")


def _raw_directive(
    source: TextSource, fence: re.Match[str], opening: int, end: int, heading: Written | None, report: Report
) -> RawCell | None:
    """The directive on lines `opening` to `end` (0-based, `end` left out), or None after a finding that names no known one."""
    place = source.place(opening + 1)
    name, _, argument = fence["info"].strip()[1:].partition("}")
    if fence["mark"][0] == "~":
        report.error("directive-fence", "a directive is fenced with backticks", place)
    directive = directive_named(name.strip())
    if directive is None:
        at = source.place(opening + 1, len(fence["indent"]) + len(fence["mark"]) + 1)
        report.error("unknown-directive", f"there is no directive `{name}`", at, did_you_mean(name, (d.name for d in DIRECTIVES)))
        return None
    shift = len(fence["indent"])
    lines = [
        Line(i + 1, 1 + _dedent(source.lines[i], shift), source.lines[i][_dedent(source.lines[i], shift) :])
        for i in range(opening + 1, end)
    ]
    options, rest = _options(directive, lines, source, report)
    body = tuple(Line(line.number, line.column, "" if is_silence(line.text) else line.text) for line in _trimmed(rest))
    given = (
        Written(argument.strip(), source.place(opening + 1, source.lines[opening].find(argument.strip(), shift) + 1))
        if argument.strip()
        else None
    )
    cell = RawCell(directive, heading, given, options, body, place, end)
    _check_directive(cell, directive, heading, report)
    return cell


def _dedent(line: str, most: int) -> int:
    return min(most, len(line) - len(line.lstrip(" ")))


def _trimmed(lines: list[Line]) -> list[Line]:
    """Without the empty lines at both ends."""
    filled = [index for index, line in enumerate(lines) if line.text.strip()]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def _options(directive: Directive, lines: list[Line], source: TextSource, report: Report) -> tuple[dict[str, Written], list[Line]]:
    """The `:key: value` lines right under the opening, and what follows them."""
    known = {**COMMON, **directive.options}
    options: dict[str, Written] = {}
    for count, line in enumerate(lines):
        found = _OPTION.match(line.text)
        if found is None:
            return options, lines[count:]
        name, value = found["name"], found["value"].strip()
        place = source.place(line.number, line.column)
        if name not in known:
            report.error("unknown-option", f"{{{directive.name}}} has no option `{name}`", place, did_you_mean(name, known))
        elif name in options:
            report.error("duplicate-key", f"`{name}` is given twice", place)
        elif known[name].spec.read(Scalar(value, False, place), report) is not BAD:
            options[name] = Written(value, place)
    return options, []


def _check_directive(cell: RawCell, directive: Directive, heading: Written | None, report: Report) -> None:
    if directive.argument.required and cell.argument is None:
        report.error("missing-argument", f"{{{directive.name}}} needs {directive.argument.value} after its name", cell.place)
    for name, option in directive.options.items():
        if option.required and name not in cell.options:
            report.error("missing-option", f"{{{directive.name}}} needs `:{name}:`", cell.place)
    if directive.body is Body.REQUIRED and not cell.body:
        report.error("empty-cell", f"this {{{directive.name}}} holds no text", cell.place)
    if directive.body is Body.NONE and cell.body:
        report.error("unread-text", f"{{{directive.name}}} takes no text, and this would not be shown", cell.at(0))
    if heading is not None and cell.argument is not None and not directive.argument.required:
        report.warning(
            "two-titles", f"the heading `{heading.value}` and the title `{cell.argument.value}` name the same cell", heading.place
        )


def _check_text(cell: RawCell, report: Report) -> None:
    """Raw HTML and unknown roles, in the body and in the caption."""
    for offset, tag in raw_html(cell.text):
        report.error("raw-html", f"raw HTML is not allowed: `{tag[:40]}`", cell.at(offset), "write Markdown")
    for role in roles(cell.text):
        _check_role(role.name, role.argument, cell.at(role.start), report)
    caption = cell.options.get("caption")
    for role in roles(caption.value) if caption else ():
        assert caption is not None
        _check_role(role.name, role.argument, caption.place, report)


def _check_role(name: str, argument: str, place: Place, report: Report) -> None:
    if name not in ROLES:
        report.error("unknown-role", f"there is no role `{{{name}}}`", place, did_you_mean(name, ROLES))
    elif not argument.strip(" ,"):
        report.error("empty-role", f"this {{{name}}} names nothing", place)
