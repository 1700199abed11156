"""Bytes to text that has lines. Every authored file comes through here first."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from course.diagnostics import Finding, Place, Report, Severity

LARGEST: Final = 1_048_576
"""Bytes; a larger file is refused."""

_STRANGE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x85\x86-\x9f\u2028\u2029\u200b\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class TextSource:
    """A decoded file. `lines` have no line ends; line n of the file is `lines[n - 1]`."""

    path: str
    text: str
    lines: tuple[str, ...] = field(repr=False)

    def place(self, line: int, column: int = 1) -> Place:
        """A place inside the file: numbers beyond its end are drawn back to it."""
        line = min(max(line, 1), max(len(self.lines), 1))
        width = len(self.lines[line - 1]) if self.lines else 0
        return Place(self.path, line, min(max(column, 1), width + 1))


def decode(data: bytes, path: str, report: Report) -> TextSource | None:
    """UTF-8 with or without a byte order mark, any line ends. None after a finding: too large, not UTF-8, control characters.

    Line ends become `\\n`. Characters that some programs count as line ends and others do not are refused, so that every
    place means the same line everywhere.
    """
    if len(data) > LARGEST:
        report.error("too-large", f"this file is larger than {LARGEST:,} bytes", Place(path), "split it")
        return None
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        _not_utf8(data, fault.start, path, report)
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := _STRANGE.search(text):
        before = text[: found.start()]
        line, column = before.count("\n") + 1, found.start() - (before.rfind("\n") + 1) + 1
        told = f"the character U+{ord(found[0]):04X} may not stand in a file"
        _shown("bad-character", told, Place(path, line, column), "delete it", text, report)
        return None
    return TextSource(path, text, tuple(text.split("\n")))


def _not_utf8(data: bytes, start: int, path: str, report: Report) -> None:
    before = data[:start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8")) + 1
    place = Place(path, before.count(b"\n") + 1, column)
    utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    told = "this file is UTF-16, not UTF-8" if utf16 else f"byte 0x{data[start]:02X} is not UTF-8"
    text = "" if utf16 else data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").decode("utf-8", "replace")
    _shown("not-utf8", told, place, "save the file as UTF-8", text, report)


def _shown(code: str, message: str, place: Place, hint: str, text: str, report: Report) -> None:
    """A fault of a file that is not read further: it brings its own line, with what cannot be printed as U+FFFD."""
    lines = _STRANGE.sub("\ufffd", text).split("\n")
    source = lines[place.line - 1] if place.line and place.line <= len(lines) else ""
    report.findings.append(Finding(code, Severity.ERROR, place, message, hint, source))
