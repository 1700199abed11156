"""The cells of a notebook as written: prose and directives with the places of everything in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from course.content.directives import COMMON, DIRECTIVES, Body, Directive, directive_named
from course.content.markdown import ROLES, raw_html, roles
from course.content.silence import is_silence
from course.content.text_source import TextSource
from course.diagnostics import Place, Report, did_you_mean
from course.questions.nodes import Scalar
from course.questions.spec import BAD

FENCE: Final = re.compile(r"(?P<indent> {0,3})(?P<mark>`{3,}+|~{3,}+)(?P<info>.*)$")
_UNCLOSED: Final = re.compile(r"\{([a-z]+)\}`")
_CLOSED: Final = re.compile(r"```(?:[^`]|`(?!``))*```|\{[a-z]+\}`[^`\n]*`|(?<![}`])`[^`\n]+`")
"""Roles and code that end on their line."""
_LIKE_OPTION: Final = re.compile(r"\s*:?(?P<name>[A-Za-z0-9_-]+):?(?=\s)")
_OPTION: Final = re.compile(r":(?P<name>[A-Za-z0-9_-]+):(?P<value>.*)$")


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


def is_directive(fence: re.Match[str]) -> bool:
    return fence["info"].lstrip().startswith("{")


def read_directive(
    source: TextSource, fence: re.Match[str], opening: int, end: int, heading: Written | None, report: Report
) -> RawCell | None:
    """The directive on lines `opening` to `end` (0-based, `end` left out), or None after a finding that names no known one."""
    place = source.place(opening + 1)
    name, _, argument = fence["info"].strip()[1:].partition("}")
    if fence["mark"][0] == "~":
        report.error("directive-fence", "a directive is fenced with backticks", place, "write ``` on its first and last line")
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
    body = tuple(Line(line.number, line.column, "" if is_silence(line.text) else line.text) for line in trimmed(rest))
    given = (
        Written(argument.strip(), source.place(opening + 1, source.lines[opening].find(argument.strip(), shift) + 1))
        if argument.strip()
        else None
    )
    cell = RawCell(directive, heading, given, options, body, place, end)
    _check_directive(cell, directive, heading, report)
    return cell


def trimmed(lines: list[Line]) -> list[Line]:
    """Without the empty lines at both ends."""
    filled = [index for index, line in enumerate(lines) if line.text.strip()]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def check_text(cell: RawCell, report: Report) -> None:
    """Raw HTML and unknown roles, in the body and in the caption."""
    opened: set[str] = set()
    for offset, tag in raw_html(cell.text):
        if closes(tag, opened):
            continue
        report.error("raw-html", f"raw HTML is not allowed: `{tag[:40]}`", cell.at(offset), "write Markdown")
    for role in roles(cell.text):
        _check_role(role.name, role.argument, cell.at(role.start), report)
    for unclosed in _UNCLOSED.finditer(_CLOSED.sub(lambda found: " " * len(found[0]), cell.text)) if "}`" in cell.text else ():
        report.error("unclosed-role", f"this {{{unclosed[1]}}} is never closed", cell.at(unclosed.start()), "add a backtick after it")
    caption = cell.options.get("caption")
    for role in roles(caption.value) if caption else ():
        assert caption is not None
        _check_role(role.name, role.argument, caption.place, report)


def closes(tag: str, opened: set[str]) -> bool:
    """Whether this ends a tag that was told already; others are added to `opened`."""
    name = tag.strip("<>/ ").partition(" ")[0].lower()
    if tag.startswith("</") and name in opened:
        return True
    opened.add(name)
    return False


def _dedent(line: str, most: int) -> int:
    return min(most, len(line) - len(line.lstrip(" ")))


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
    slip = _LIKE_OPTION.match(cell.body[0].text) if cell.body and directive.body is Body.NONE else None
    if slip and slip["name"] in {**COMMON, **directive.options}:
        meant = f"an option begins at the margin, with its name between colons: `:{slip['name']}: ...`"
        report.error("unread-text", f"{{{directive.name}}} takes no text, and this would not be shown", cell.at(0), meant)
        return
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


def _check_role(name: str, argument: str, place: Place, report: Report) -> None:
    if name not in ROLES:
        report.error("unknown-role", f"there is no role `{{{name}}}`", place, did_you_mean(name, ROLES))
    elif not argument.strip(" ,"):
        report.error("empty-role", f"this {{{name}}} names nothing", place)
