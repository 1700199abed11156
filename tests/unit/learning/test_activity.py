"""Time spent is the sum of the gaps between things done, each capped at five minutes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.learning.activity import minutes_by_day, spent, spent_by_module, this_week
from course.learning.events import Moment

START = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)


def after(*minutes: float, module: str | None = "m") -> list[Moment]:
    return [Moment(START + timedelta(minutes=m), module) for m in minutes]


@pytest.mark.parametrize(("minutes", "total"), [((), 0), ((0,), 0), ((0, 2, 4), 4), ((0, 60), 5), ((0, 5, 5), 5), ((4, 0, 2), 4)])
def test_long_gaps_count_five_minutes(minutes: tuple[float, ...], total: float) -> None:
    assert spent(after(*minutes)) == timedelta(minutes=total)


def test_a_gap_belongs_to_where_it_began() -> None:
    moments = [*after(0, module="a"), *after(3, module="b"), *after(4, module=None), *after(6, module="a")]
    assert spent_by_module(moments) == {"a": timedelta(minutes=3), "b": timedelta(minutes=1)}


def test_days_are_the_learners_own() -> None:
    late = [Moment(datetime(2026, 11, 3, 11, m, tzinfo=UTC)) for m in (0, 4)]
    auckland = ZoneInfo("Pacific/Auckland")
    assert dict(minutes_by_day(late, zone=auckland, today=date(2026, 11, 4), days=2)) == {date(2026, 11, 3): 0, date(2026, 11, 4): 4}
    assert dict(minutes_by_day(late, zone=UTC, today=date(2026, 11, 4), days=2)) == {date(2026, 11, 3): 4, date(2026, 11, 4): 0}


def test_every_day_asked_for_is_there_in_order() -> None:
    days = [day for day, _ in minutes_by_day([], zone=UTC, today=date(2026, 11, 4), days=84)]
    assert len(days) == 84
    assert (days[0], days[-1]) == (date(2026, 8, 13), date(2026, 11, 4))


def test_a_week_begins_on_monday() -> None:
    by_day = [(date(2026, 11, 1), 7.0), (date(2026, 11, 2), 1.0), (date(2026, 11, 4), 2.0)]
    assert this_week(by_day, date(2026, 11, 4)) == 3.0


@given(minutes=st.lists(st.floats(0, 600), max_size=20))
def test_time_is_never_more_than_the_clock_or_the_cap(minutes: list[float]) -> None:
    total = spent(after(*minutes))
    assert timedelta() <= total <= timedelta(minutes=5) * max(0, len(minutes) - 1)
    if minutes:
        assert total <= timedelta(minutes=max(minutes) - min(minutes)) + timedelta(milliseconds=1)
