"""Dates typed and told: `2026-11-30 21:00`, in a named time zone."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from course.errors import Refused

FORM = "2026-11-30 21:00"


def typed(text: str, zone: str, what: str) -> datetime | None:
    """The moment in UTC; None for an empty field. Raises Refused when it cannot be read."""
    text = " ".join(text.split())
    if not text:
        return None
    for pattern in ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, pattern).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        except ValueError:
            continue
    raise Refused(f"{what} is `{text[:40]}`; write it like {FORM}.")


def to_type(at: datetime | None, zone: str) -> str:
    """What stands in the field for a moment."""
    return "" if at is None else at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")


def told(at: datetime | None, zone: str) -> str:
    """ "Mon 30 Nov, 21:00" in the time zone; "no date" without one."""
    if at is None:
        return "no date"
    there = at.astimezone(ZoneInfo(zone))
    return f"{there:%a} {there.day} {there:%b, %H:%M}"
