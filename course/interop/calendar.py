"""Dates as an iCalendar feed (RFC 5545). Its title is the neutral one: it shows on other people's screens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

WIDTH = 75
"""Octets of a line before it is folded."""


@dataclass(frozen=True, slots=True)
class Date:
    """A moment to be reminded of. `id` stays the same when the time changes."""

    id: str
    at: datetime
    title: str
    note: str
    changed: datetime


def write(dates: Iterable[Date], *, title: str, host: str) -> bytes:
    """The calendar. `host` makes ids unique in the world."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_text(title)}//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(title)}",
    ]
    for date in dates:
        lines += _event(date, host)
    lines.append("END:VCALENDAR")
    return b"".join(piece for line in lines for piece in _folded(line))


def _event(date: Date, host: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(date.id)}@{_text(host)}"
    yield f"DTSTAMP:{_moment(date.changed)}"
    yield f"DTSTART:{_moment(date.at)}"
    yield f"SUMMARY:{_text(date.title)}"
    if date.note:
        yield f"DESCRIPTION:{_text(date.note)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    """Escaped; control characters cannot begin another line."""
    shown = "".join(c if c.isprintable() or c == "\n" else " " for c in value.replace("\r\n", "\n").replace("\r", "\n"))
    return shown.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[bytes]:
    """The line in pieces of at most 75 octets, never inside a character; those after the first begin with a space."""
    piece = b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > WIDTH:
            yield piece + b"\r\n"
            piece = b" "
        piece += octets
    yield piece + b"\r\n"
