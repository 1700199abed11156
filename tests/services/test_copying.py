"""A cohort copied with its work: the same rules at the same hours so many days later, and nobody's people, grades or extensions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.access.assignments import Assignment, Item, ItemKind, Late, LateKind, Target, TargetKind, moved
from course.errors import Refused
from course.services.people import Caller
from tests.people import ANN, BEA
from tests.services.classroom import Classroom
from tests.services.teaching import CHECK, FIRST, HERE, IVO, assign, cohort_in
from tests.services.townhall import Townhall

TEACHER = Caller(IVO)
DAY = timedelta(days=1)


@pytest.fixture
def room(room: Classroom) -> Classroom:
    cohort_in(room)
    return room


@pytest.fixture
def town(room: Classroom) -> Townhall:
    return Townhall(room.uow, room.now)


def test_assignments_come_along_with_their_rules_and_leave_people_behind(room: Classroom, town: Townhall) -> None:
    town.cohorts.edit(TEACHER, HERE, name="Group B", zone="Europe/Berlin")
    due = datetime(2026, 3, 27, 20, 0, tzinfo=UTC)  # 21:00 in Berlin, before the clocks go forward
    rules = {"late": Late(LateKind.PENALTY, 0.1, 0.5), "attempts": 2, "pass_mark": 0.6, "weight": 2.5, "in_order": True}
    group, ann = Target(TargetKind.GROUP, "g1"), Target(TargetKind.PERSON, ANN.id)
    one = assign(room, FIRST, CHECK, due=due, closes=due + DAY, targets=(group, ann), **rules)
    assign(room, title="For Ann", targets=(ann,))
    room.classes.extend(IVO, HERE, one, [BEA.id], due=due + 2 * DAY)
    room.classes.exempt(IVO, HERE, one, [ANN.id])

    found = {c.before.title: c.after for c in town.cohorts.copied(TEACHER, HERE, 7)}
    assert found["For Ann"] is None
    made = town.cohorts.copy(TEACHER, HERE, "Next year", days=7)
    (line,) = room.classes.cohort(IVO, made.id).lines
    copied = line.assignment
    assert (copied.due, copied.closes) == (datetime(2026, 4, 3, 19, 0, tzinfo=UTC), datetime(2026, 4, 4, 19, 0, tzinfo=UTC))
    assert found["Week 1"] is not None
    assert (found["Week 1"].due, found["Week 1"].closes) == (copied.due, copied.closes), "what was previewed is what is made"
    assert {name: getattr(copied, name) for name in rules} == rules
    (target,) = copied.targets
    assert (target.kind, [g.id for g in town.cohorts.groups(TEACHER, made.id)]) == (TargetKind.GROUP, [target.id])
    assert (line.asked, line.extended, line.exempt) == (0, 0, 0)
    assert len(room.classes.cohort(IVO, HERE).lines) == 2, "the first cohort is as it was"
    about = [entry.about for entry in town.cohorts.audit(TEACHER, made.id).lines]
    assert "“Week 1”" in about


def test_without_a_number_of_days_the_work_stays_behind(room: Classroom, town: Townhall) -> None:
    assign(room)
    made = town.cohorts.copy(TEACHER, HERE, "Next year")
    assert room.classes.cohort(IVO, made.id).lines == ()


def test_dates_move_by_ten_years_at_most(room: Classroom, town: Townhall) -> None:
    with pytest.raises(Refused, match="at most 3660 days"):
        town.cohorts.copy(TEACHER, HERE, "Next century", days=36_600)
    assert len(town.cohorts.mine(TEACHER)) == 1


@given(
    at=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),  # noqa: DTZ001
    days=st.integers(-3_660, 3_660),
    zone=st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]),
)
def test_a_moved_time_shows_the_same_hour_unless_the_clocks_skip_it(at: datetime, days: int, zone: str) -> None:
    due = at.replace(tzinfo=UTC)
    there = due.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    after = moved(Assignment("a", "c", "t", (Item(ItemKind.QUIZ, "q"),), due=due), days, ZoneInfo(zone)).due
    assert after is not None
    shown = after.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert abs(shown - (there + timedelta(days=days))) <= timedelta(hours=1)
    assert shown == there + timedelta(days=days) or shown.time() != there.time()
