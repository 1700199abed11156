"""What an assignment means for one person: windows only ever move outwards, and every state says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.access.assignments import Assignment, Extension, Item, ItemKind, Late, LateKind, Target, TargetKind, checked
from course.access.windows import (
    Person,
    Phase,
    days_late,
    effective,
    factor,
    in_words,
    locked_behind,
    may_begin,
    phase,
)
from course.errors import Refused

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ITEMS = tuple(Item(ItemKind.QUIZ, name) for name in ("one", "two", "three"))
ONE = Assignment("a", "c", "Week 1", ITEMS, opens=NOW - DAY, due=NOW + DAY, closes=NOW + 3 * DAY)
ANN = Person("ann")

hours = st.integers(-200, 200).map(lambda n: NOW + n * HOUR)
maybe = st.none() | hours
rules = st.builds(Late, st.sampled_from(LateKind), st.floats(0, 1), st.floats(0, 1))


@st.composite
def assignments(draw: st.DrawFn) -> Assignment:
    opens, due, closes = sorted(draw(st.lists(hours, min_size=3, max_size=3, unique=True)))
    keep = [draw(st.booleans()) for _ in range(3)]
    times = [t if k else None for t, k in zip((opens, due, closes), keep, strict=True)]
    late = draw(rules) if keep[1] else Late()
    return checked(replace(ONE, opens=times[0], due=times[1], closes=times[2], late=late))


extensions = st.builds(Extension, st.just("a"), st.just("ann"), maybe, maybe, st.none() | st.integers(1, 3))


@given(assignments(), extensions, hours)
def test_who_could_begin_still_can_with_an_extension_that_moves_the_due_date_back(
    one: Assignment, given_: Extension, now: datetime
) -> None:
    if one.due is None or given_.due is None or given_.due < one.due:
        return
    before, after = effective(one, ANN), effective(one, ANN, given_)
    assert not may_begin(before, now) or may_begin(after, now)
    assert factor(after, now, now) >= factor(before, now, now)


@given(assignments(), extensions)
def test_an_extended_due_date_is_never_cut_off_by_the_close(one: Assignment, given_: Extension) -> None:
    found = effective(one, ANN, given_)
    if found.due is not None and (found.opens is None or found.due > found.opens):
        assert found.last_moment is None or found.last_moment >= found.due
        assert may_begin(found, found.due)
        assert factor(found, found.due, found.due) == 1.0


@given(assignments(), hours, hours)
def test_what_is_handed_in_later_never_counts_more(one: Assignment, first: datetime, second: datetime) -> None:
    found = effective(one, ANN)
    begun = min(first, second)
    assert factor(found, begun, min(first, second)) >= factor(found, begun, max(first, second))
    assert 0 <= factor(found, begun, second) <= 1


@given(assignments(), hours, st.integers(0, 400))
def test_an_attempt_begun_inside_the_window_counts_whenever_it_ends(one: Assignment, begun: datetime, later: int) -> None:
    found = effective(one, ANN)
    if may_begin(found, begun) and found.late.kind is not LateKind.PENALTY:
        assert factor(found, begun, begun + later * HOUR) == 1.0


@given(assignments(), hours)
def test_each_state_says_why(one: Assignment, now: datetime) -> None:
    for person in (ANN, replace(ANN, member=False)):
        for exempt in (False, True):
            found = effective(one, person, exempt=exempt)
            words = in_words(found, now, UTC)
            assert words
            assert all(w.endswith(".") for w in words)


@given(assignments(), extensions, hours)
def test_an_extension_of_somebody_else_changes_nothing(one: Assignment, given_: Extension, now: datetime) -> None:
    for other in (replace(given_, person="bea"), replace(given_, assignment="b")):
        assert effective(one, ANN, other) == effective(one, ANN)


def test_the_states_of_a_window() -> None:
    found = effective(ONE, ANN)
    late = replace(found, late=Late(LateKind.REFUSED))
    assert [phase(found, NOW + n * DAY) for n in (-2, -1, 1, 2, 3, 4)] == [
        Phase.NOT_OPEN, Phase.OPEN, Phase.OPEN, Phase.LATE, Phase.LATE, Phase.CLOSED
    ]  # fmt: skip
    assert phase(late, NOW + 2 * DAY) is Phase.CLOSED
    assert phase(replace(found, exempt=True), NOW + 9 * DAY) is Phase.EXEMPT
    assert in_words(found, NOW - 2 * DAY, UTC)[0] == "Hidden because it opens on Sunday 22 November 2026, 09:00."


def test_each_begun_day_costs_and_the_floor_holds() -> None:
    late = Late(LateKind.PENALTY, per_day=0.1, floor=0.75)
    found = effective(replace(ONE, late=late), ANN)
    due = NOW + DAY
    assert [days_late(found, due + n * HOUR) for n in (0, 1, 24, 25, 49)] == [0, 1, 1, 2, 3]
    assert [factor(found, NOW, due + n * HOUR) for n in (0, 1, 25, 49)] == pytest.approx([1.0, 0.9, 0.8, 0.75])
    assert factor(found, NOW + 4 * DAY, NOW + 4 * DAY) == 0.0


def test_to_whom_it_goes() -> None:
    group = replace(ONE, targets=(Target(TargetKind.GROUP, "g"), Target(TargetKind.PERSON, "bea")))
    who = {"ann": frozenset[str](), "bea": frozenset[str](), "cai": frozenset({"g"})}
    assert [effective(group, Person(p, g)).assigned for p, g in who.items()] == [False, True, True]
    assert not effective(group, Person("bea", member=False)).assigned


def test_the_required_order() -> None:
    path = replace(ONE, in_order=True)
    assert locked_behind(ONE, ITEMS[2], ()) is None
    assert locked_behind(path, ITEMS[0], ()) is None
    assert locked_behind(path, ITEMS[2], {ITEMS[0]}) == ITEMS[1]
    assert locked_behind(path, ITEMS[2], {ITEMS[0], ITEMS[1]}) is None
    assert locked_behind(path, Item(ItemKind.MODULE, "other"), ()) is None


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title": "  "}, "title"),
        ({"items": ()}, "at least one"),
        ({"items": ITEMS[:1] * 2}, "twice"),
        ({"targets": ()}, "to whom"),
        ({"due": NOW - 2 * DAY}, "due before it opens"),
        ({"closes": NOW}, "close before it is due"),
        ({"closes": NOW - 2 * DAY, "due": None}, "close before it opens"),
        ({"attempts": 0}, "one attempt"),
        ({"pass_mark": 1.5}, "pass mark"),
        ({"weight": -1}, "weight"),
        ({"due": None, "late": Late(LateKind.REFUSED)}, "needs a due date"),
        ({"late": Late(LateKind.PENALTY, 2.0)}, "penalty"),
    ],
)
def test_an_assignment_that_cannot_be_is_refused_with_the_mend(changes: dict[str, object], says: str) -> None:
    with pytest.raises(Refused, match=says):
        checked(replace(ONE, **changes))  # type: ignore[arg-type]
    assert checked(replace(ONE, title="  Week   1 ")) == ONE
