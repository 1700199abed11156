"""Time spent, from when things were done: gaps between them, each capped at five minutes (DESIGN section 6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Final

from course.learning.events import Moment

CAP: Final = timedelta(minutes=5)
"""A longer gap counts as this much: nobody is known to have been there."""


def spent(moments: Iterable[Moment]) -> timedelta:
    """Total time; each gap belongs to the moment it begins with. The last moment adds nothing."""
    return sum((gap for _, gap in _gaps(moments)), timedelta())


def spent_by_module(moments: Iterable[Moment]) -> dict[str, timedelta]:
    """Time a module; moments outside of any are left out."""
    out: dict[str, timedelta] = defaultdict(timedelta)
    for moment, gap in _gaps(moments):
        if moment.module is not None:
            out[moment.module] += gap
    return dict(out)


def minutes_by_day(moments: Iterable[Moment], *, zone: tzinfo, today: date, days: int) -> tuple[tuple[date, float], ...]:
    """Minutes on each of the last `days` days up to today in the learner's time zone, oldest first, zeros included.

    A gap belongs to the day on which it begins.
    """
    out = {today - timedelta(days=back): 0.0 for back in reversed(range(days))}
    for moment, gap in _gaps(moments):
        day = moment.at.astimezone(zone).date()
        if day in out:
            out[day] += gap.total_seconds() / 60
    return tuple(out.items())


def this_week(by_day: Iterable[tuple[date, float]], today: date) -> float:
    """Minutes since Monday."""
    monday = today - timedelta(days=today.weekday())
    return sum(minutes for day, minutes in by_day if monday <= day <= today)


def earliest_needed(now: datetime, days: int) -> datetime:
    """From when on moments are needed for `days` days in any time zone."""
    return now - timedelta(days=days + 2)


def _gaps(moments: Iterable[Moment]) -> list[tuple[Moment, timedelta]]:
    ordered = sorted(moments, key=lambda m: m.at)
    return [(first, min(second.at - first.at, CAP)) for first, second in pairwise(ordered)]
