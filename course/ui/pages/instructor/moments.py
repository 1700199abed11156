"""Dates chosen and told, in a named time zone."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import streamlit as st

from course.errors import Refused

FORM = "YYYY-MM-DD"
WIDTH = 272
"""Pixels in which a day with its time is seen whole."""


def ask(label: str, zone: str, at: datetime | None = None, *, key: str, hint: str | None = None) -> None:
    """A field for a day and a time of that zone, empty without `at`; `given` reads it. It is picked, or typed as 2026-11-30 21:00."""
    there = None if at is None else at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    st.datetime_input(label, value=there, key=key, format=FORM, help=hint, width=WIDTH)


def given(key: str, zone: str, what: str) -> datetime | None:
    """What stands in the field, in UTC; None for an empty one. Raises Refused for an hour that the clocks of the zone skip."""
    chosen = st.session_state.get(key)
    return meant(chosen, zone, what) if isinstance(chosen, datetime) else None


def meant(chosen: datetime, zone: str, what: str) -> datetime:
    """The moment in UTC at which the clocks of the zone show this. Raises Refused when they never do."""
    there = chosen.replace(tzinfo=ZoneInfo(zone))
    at = there.astimezone(UTC)
    if at.astimezone(there.tzinfo).replace(tzinfo=None) != chosen.replace(tzinfo=None):
        raise Refused(f"{what} is at {chosen:%H:%M} on {chosen:%Y-%m-%d}, an hour that the clocks of {zone} skip. Choose another time.")
    return at


def zone_note(zone: str, now: datetime) -> str:
    """Whose times these are, and how the reader's own clock differs, where it does."""
    told = f"Times are those of the class: {zone}."
    own = st.context.timezone
    if not own or own == zone:
        return told
    here, there = (now.astimezone(ZoneInfo(name)).replace(tzinfo=None) for name in (own, zone))
    minutes = round((here - there).total_seconds() / 60)
    if not minutes:
        return told
    hours = f"{abs(minutes) // 60}:{abs(minutes) % 60:02} h"
    return f"{told} Your own clock ({own}) is {hours} {'ahead' if minutes > 0 else 'behind'}."


def told(at: datetime | None, zone: str, now: datetime | None = None) -> str:
    """ "Mon 30 Nov, 21:00" in the time zone; "no date" without one. With `now`, another year than that one is said."""
    if at is None:
        return "no date"
    there = at.astimezone(ZoneInfo(zone))
    if now is not None and there.year != now.astimezone(ZoneInfo(zone)).year:
        return dated(at, zone)
    return f"{there:%a} {there.day} {there:%b, %H:%M}"


def dated(at: datetime, zone: str) -> str:
    """ "Mon 30 Nov 2026, 21:00" in the time zone."""
    there = at.astimezone(ZoneInfo(zone))
    return f"{there:%a} {there.day} {there:%b %Y, %H:%M}"
