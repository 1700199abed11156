"""What is wrong with a file that is not YAML: one plain sentence, at the line a person would mend."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

import yaml

from course.content.text_source import TextSource
from course.diagnostics import Report

QUOTE: Final = "put the text in quotes"
_KEY: Final = re.compile(r"[ ]*(?:- +)*[\w-]+$")
_SPACES: Final = "\t\u00a0\u2000-\u200a\u202f\u205f\u3000"
_INDENT: Final = re.compile(rf"[ {_SPACES}]*")
_AFTER: Final = re.compile("[A-Za-z_-](?::[\u00a0\u2000-\u200a\u202f\u3000]|\uff1a)")
"""A key whose colon is followed by another space than the ordinary one, or is the wide colon of East Asian text."""

_PLAIN: Final = (
    ("found character '\\t'", "a tab stands where only spaces may", "use spaces"),
    ("cannot start any token", "this character cannot begin a value", QUOTE),
    ("mapping values are not allowed", "a colon followed by a space makes this a key, and no key can stand here", QUOTE),
    ("could not find expected ':'", "a key needs a colon after it", "check the line above as well"),
    ("did not find expected ',' or ']'", "a list that begins with `[` is not closed, or lacks a comma", "check the brackets"),
    ("did not find expected ',' or '}'", "a mapping that begins with `{` is not closed, or lacks a comma", "check the braces and quotes"),
    ("did not find expected '-' indicator", "a line of this list is not indented like its first", "line up the dashes"),
    (
        "did not find expected key",
        "this line is not indented like the ones before it, or a quote is not closed",
        "check indentation and quotes",
    ),
    ("unexpected end of stream", "a quote that begins here is never closed", "close the quote"),
    ("found unknown escape character", "this backslash is not an escape YAML knows", "use single quotes"),
    ("did not find expected <document start>", "text stands after the end of the document", "check the indentation"),
    ("block sequence entries are not allowed", "a list entry cannot begin here", "start it on a line of its own"),
    ("alphabetic or numeric character", "a `*` or `&` at the beginning of a value has a meaning of its own", QUOTE),
)


@dataclass(frozen=True, slots=True)
class _Fault:
    """The parser's words and marks: lines and columns from 0, of the text that was parsed."""

    problem: str
    line: int
    column: int
    begun: tuple[int, int] | None
    """Where the thing began that could not be finished."""


def explain(fault: yaml.MarkedYAMLError, text: str, source: TextSource, report: Report, first_line: int) -> None:
    """Report the parser's error for `text`, which begins on `first_line` of the file."""
    mark: Any = fault.problem_mark or fault.context_mark
    begun = fault.context_mark
    found = _Fault(
        " ".join(part for part in (fault.problem, fault.context) if part),
        mark.line if mark else 0,
        mark.column if mark else 0,
        (begun.line, begun.column) if begun is not None else None,
    )
    code, sentence, hint, line, column = _told(found, text.split("\n"))
    report.error(code, sentence, source.place(line + first_line, column + 1), hint)


def _told(fault: _Fault, lines: list[str]) -> tuple[str, str, str, int, int]:
    """Code, sentence, hint, line and column."""
    if strange := _strange_space(lines, fault.line):
        return strange
    if meant := _meant(fault, lines):
        return "yaml", *meant
    for known, sentence, hint in _PLAIN:
        if known in fault.problem:
            at = fault.begun if known == "unexpected end of stream" and fault.begun else (fault.line, fault.column)
            return "yaml", sentence, hint, *at
    return "yaml", f"this is not YAML: {fault.problem}", "", fault.line, fault.column


def _meant(fault: _Fault, lines: list[str]) -> tuple[str, str, int, int] | None:
    """What the line's author most likely did, where the parser's own words would lead astray."""
    line = lines[fault.line] if fault.line < len(lines) else ""
    before, at = line[: fault.column], (fault.line, fault.column)
    if "did not find expected ',' or" in fault.problem and fault.begun:
        if fault.begun[0] < fault.line:
            opened = "a list that begins with `[`" if "']'" in fault.problem else "a mapping that begins with `{`"
            return f"{opened} here is not closed on its line", "close it, or put a text with commas or brackets in quotes", *fault.begun
        if line[fault.column : fault.column + 1] == ":":
            return "a colon followed by a space cannot stand in a text inside braces or brackets", QUOTE, *at
    if "mapping values are not allowed" in fault.problem and _KEY.match(before) and _deeper(lines, fault.line):
        column = len(before) - len(before.lstrip())
        return "this line is indented more than the one before it, and so continues it", "line it up", fault.line, column
    if "did not find expected key" in fault.problem and before.strip() and "block" in fault.problem:
        return "the value ended before this, and nothing can follow it", f"{QUOTE}; inside single quotes, write ' twice", *at
    return None


def _deeper(lines: list[str], number: int) -> bool:
    """Whether this line is indented more than the last one above it that is not empty."""
    above = next((line for line in reversed(lines[:number]) if line.strip()), "")
    return len(lines[number]) - len(lines[number].lstrip()) > len(above) - len(above.lstrip().removeprefix("- "))


def _strange_space(lines: list[str], fault: int) -> tuple[str, str, str, int, int] | None:
    """The last line at or before the fault, close to it, whose indentation or key has another space than the ordinary one."""
    for number in range(min(fault, len(lines) - 1), max(fault - 3, -1), -1):
        indent = _INDENT.match(lines[number])
        strange = (indent[0] if indent else "").lstrip(" ")[:1]
        if strange == "\t" and lines[number].strip():
            return "tab", "this line is indented with a tab", "use spaces", number, 0
        if strange and lines[number].strip():
            told = f"this line is indented with U+{ord(strange):04X}, which only looks like a space"
            return "yaml", told, "use ordinary spaces", number, lines[number].index(strange)
        if after := _AFTER.search(lines[number]):
            told = f"`{after[0][1:]}` (U+{ord(after[0][-1]):04X}) stands where a colon and an ordinary space belong"
            return "yaml", told, "type them again", number, after.start() + 1
    return None
