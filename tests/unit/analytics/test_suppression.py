"""What is hidden cannot be had by subtraction."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.analytics.suppression import FEWEST, share_shown, shown


@pytest.mark.parametrize(
    ("groups", "seen"),
    [
        ({"a": 10, "b": 8}, {"a", "b"}),
        ({"a": 10, "b": 8, "c": 4}, {"a"}),
        ({"a": 10, "b": 3, "c": 2}, {"a"}),
        ({"a": 10, "b": 2, "c": 2}, set()),
        ({"a": 10, "b": 7, "c": 1, "d": 1}, {"a"}),
        ({"a": 10, "b": 0}, {"a", "b"}),
        ({"a": 10, "b": 4}, set()),
        ({"a": 4}, set()),
        ({}, set()),
    ],
)
def test_small_groups_and_their_complement_are_hidden(groups: dict[str, int], seen: set[str]) -> None:
    assert shown(groups) == seen


@given(groups=st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 30)))
def test_nobody_learns_the_size_of_a_small_group(groups: dict[str, int]) -> None:
    seen = shown(groups)
    assert all(groups[name] == 0 or groups[name] >= FEWEST for name in seen)
    hidden = [size for name, size in groups.items() if name not in seen]
    if seen and hidden:
        assert sum(hidden) >= FEWEST
        assert len(hidden) >= 2


@given(groups=st.dictionaries(st.sampled_from("abcd"), st.integers(0, 12), min_size=2))
def test_the_whole_and_what_is_shown_leave_more_than_one_possibility(groups: dict[str, int]) -> None:
    seen = shown(groups)
    small = [name for name in groups if name not in seen and 0 < groups[name] < FEWEST]
    if not seen or not small:
        return
    names = [name for name in groups if name not in seen]
    rest = sum(groups[name] for name in names)
    possible = [sizes for sizes in product(range(rest + 1), repeat=len(names)) if sum(sizes) == rest]
    assert len({sizes[names.index(small[0])] for sizes in possible}) > 1


@pytest.mark.parametrize(
    ("part", "whole", "is_shown"),
    [(5, 10, True), (4, 10, False), (6, 10, False), (0, 10, True), (10, 10, True), (2, 4, False), (0, 0, False)],
)
def test_a_share_is_shown_when_both_sides_are_large_enough(part: int, whole: int, is_shown: bool) -> None:
    assert share_shown(part, whole) is is_shown
