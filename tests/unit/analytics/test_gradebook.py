"""The gradebook's arithmetic, against the rules written out for one learner at a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from course.access.assignments import Assignment, Item, ItemKind, Late, LateKind
from course.access.windows import Person, effective, factor
from course.analytics.gradebook import (
    LETTERS,
    PASS,
    Done,
    Windows,
    assignment_scores,
    book,
    checked_scale,
    item_scores,
    places,
)
from course.errors import Refused
from course.learning.policy import Counts

NAN = float("nan")
START = datetime(2026, 11, 23, tzinfo=UTC)


def array(*rows: list[float]) -> NDArray[np.float64]:
    return np.array(rows, dtype=np.float64)


def none(like: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.zeros(like.shape, dtype=bool)


hours = st.integers(0, 240)
late_rules = st.builds(Late, st.sampled_from(LateKind), st.sampled_from([0.0, 0.05, 0.25, 1.0]), st.sampled_from([0.0, 0.5]))
attempts = st.lists(st.tuples(st.integers(0, 2), hours, st.integers(0, 48), st.sampled_from([0.0, 0.25, 0.5, 1.0])), max_size=12)


@given(attempts, hours, st.integers(1, 100), late_rules, st.sampled_from(Counts))
def test_scores_are_those_of_the_rules_for_one_person(
    found: list[tuple[int, int, int, float]], due: int, more: int, late: Late, counts: Counts
) -> None:
    found = sorted(found, key=lambda a: a[1])
    one = Assignment(
        "a",
        "c",
        "t",
        (Item(ItemKind.QUIZ, "q"),),
        due=START + timedelta(hours=due),
        closes=START + timedelta(hours=due + more),
        late=late,
    )
    rules = effective(one, Person("p"))
    at = [(START + timedelta(hours=b), START + timedelta(hours=b + long)) for _, b, long, _ in found]
    done = Done(
        np.array([a[0] for a in found], dtype=np.int64),
        np.zeros(len(found), dtype=np.int64),
        np.array([a[3] for a in found], dtype=np.float64),
        np.array([b.timestamp() for b, _ in at], dtype=np.float64),
        np.array([e.timestamp() for _, e in at], dtype=np.float64),
    )
    last = rules.last_moment
    assert one.due is not None
    assert last is not None
    windows = Windows(np.full(3, one.due.timestamp()), np.full(3, last.timestamp()))
    got = item_scores(done, 0, counts, windows, late)
    for who in range(3):
        mine = [a[3] * factor(rules, b, e) for a, (b, e) in zip(found, at, strict=True) if a[0] == who and b <= last]
        wanted = {
            Counts.BEST: max(mine, default=NAN),
            Counts.LAST: mine[-1] if mine else NAN,
            Counts.FIRST: mine[0] if mine else NAN,
            Counts.MEAN: sum(mine) / len(mine) if mine else NAN,
        }[counts]
        assert got[who] == pytest.approx(wanted, nan_ok=True)


def test_missing_items_count_nothing_until_the_end() -> None:
    one, two = np.array([1.0, 1.0, NAN, NAN]), np.array([0.5, NAN, NAN, NAN])
    ended = np.array([False, True, False, True])
    assert assignment_scores([one, two], ended) == pytest.approx([0.75, 0.5, NAN, 0.0], nan_ok=True)


def test_weights_drops_exemptions_and_overrides() -> None:
    scores = array([1.0, 0.5, 0.0], [0.8, NAN, 0.6], [NAN, NAN, NAN], [0.4, 0.4, 0.4])
    overrides = array([NAN, NAN, NAN], [NAN, 1.0, NAN], [NAN, NAN, NAN], [NAN, NAN, NAN])
    exempt = none(scores)
    exempt[0, 2] = True
    weights = np.array([1.0, 3.0, 1.0])
    plain = book(scores, weights, exempt=exempt, overrides=overrides)
    assert plain.total == pytest.approx([(1 + 1.5) / 4, (0.8 + 3 + 0.6) / 5, NAN, 0.4], nan_ok=True)
    less = book(scores, weights, exempt=exempt, overrides=overrides, drop_lowest=1)
    assert less.total == pytest.approx([1.0, (0.8 + 3) / 4, NAN, 0.4], nan_ok=True)
    assert less.dropped.tolist() == [[False, True, False], [False, False, True], [False] * 3, [False, False, True]]
    assert plain.mean == pytest.approx([(1 + 0.8 + 0.4) / 3, (0.5 + 1 + 0.4) / 3, 0.5])


def test_something_always_stays() -> None:
    found = book(array([0.2, 0.4]), np.ones(2), exempt=none(array([0.0, 0.0])), overrides=array([NAN, NAN]), drop_lowest=9)
    assert found.total.tolist() == [0.4]


shares = st.sampled_from([NAN, 0.0, 0.25, 0.5, 0.75, 1.0])


@given(st.lists(st.lists(shares, min_size=4, max_size=4), min_size=1, max_size=6), st.integers(0, 3))
def test_dropping_the_lowest_never_lowers_an_unweighted_total(rows: list[list[float]], drop: int) -> None:
    scores = array(*rows)
    one, other = (
        book(scores, np.ones(4), exempt=none(scores), overrides=np.full(scores.shape, NAN), drop_lowest=k).total for k in (drop, drop + 1)
    )
    assert ((other >= one - 1e-12) | np.isnan(one)).all()
    assert (np.isnan(one) == np.isnan(scores).all(axis=1)).all()


@given(st.lists(shares, max_size=9))
def test_places_count_who_is_above(totals: list[float]) -> None:
    found, of = places(np.array(totals, dtype=np.float64))
    there = [t for t in totals if not np.isnan(t)]
    assert of == len(there)
    assert found.tolist() == [0 if np.isnan(t) else 1 + sum(o > t for o in there) for t in totals]


def test_a_class_without_anybody_or_anything() -> None:
    for shape in ((0, 3), (3, 0)):
        empty = np.full(shape, NAN)
        found = book(empty, np.ones(shape[1]), exempt=none(empty), overrides=empty, drop_lowest=2)
        assert np.isnan(found.total).all()
        assert len(found.mean) == shape[1]


def test_labels() -> None:
    assert [LETTERS.label(x) for x in (1.0, 0.9, 0.8999, 0.7 - 1e-12, 0.1, None, NAN)] == ["A", "A", "B", "C", "F", "", ""]
    assert (PASS.label(0.7), PASS.label(0.5)) == ("pass", "fail")


@pytest.mark.parametrize(
    ("steps", "below"), [((), "F"), ((("", 0.5),), "F"), ((("A", 1.5),), "F"), ((("A", 0.5), ("B", 0.5)), "F"), ((("A", 0.5),), " ")]
)
def test_a_scale_that_cannot_be_is_refused(steps: tuple[tuple[str, float], ...], below: str) -> None:
    with pytest.raises(Refused):
        checked_scale(steps, below)
    assert checked_scale([("A ", 0.9)], "F").label(0.95) == "A"
