"""Saying what one believes pays best, and being certain and wrong shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.learning.certainty import LEVELS, AtLevel, Stated, certain_and_wrong, certainty_mark, confidence

answers = st.lists(
    st.builds(lambda c, s: Stated(c, s, s >= 1), st.sampled_from([1, 2, 3]), st.sampled_from([-0.5, 0.0, 0.5, 1.0])),
    min_size=1,
    max_size=30,
)


@pytest.mark.parametrize(
    ("score", "marks"),
    [(1.0, [1, 2, 3]), (0.0, [0, -2, -6]), (-0.5, [0, -2, -6]), (0.5, [0.5, 1, 1.5])],
)
def test_the_marks_are_those_of_the_table(score: float, marks: list[float]) -> None:
    assert [certainty_mark(score, level) for level in (1, 2, 3)] == marks


@pytest.mark.parametrize("certainty", [0, 4, -1])
def test_there_are_three_levels(certainty: int) -> None:
    with pytest.raises(ValueError, match="1, 2 or 3"):
        certainty_mark(1.0, certainty)


@given(chance=st.floats(0, 1))
def test_the_best_level_changes_at_two_thirds_and_four_fifths(chance: float) -> None:
    expected = {n: chance * certainty_mark(1, n) + (1 - chance) * certainty_mark(0, n) for n in (1, 2, 3)}
    best = 1 if chance < 2 / 3 else 2 if chance < 4 / 5 else 3
    assert expected[best] >= max(expected.values()) - 1e-9


def test_a_level_stands_for_a_chance_inside_its_range() -> None:
    bounds = [(0, 2 / 3), (2 / 3, 4 / 5), (4 / 5, 1)]
    assert all(low <= level.stated <= high for level, (low, high) in zip(LEVELS, bounds, strict=True))


def test_a_worked_example() -> None:
    found = confidence([Stated(1, 0.0, False), Stated(2, 1.0, True), Stated(3, 1.0, True), Stated(3, 0.0, False)])
    assert found is not None
    assert (found.mark, found.most, found.answered, found.right, found.accuracy) == (-1, 12, 4, 2, 0.5)
    assert found.brier == pytest.approx((0.5**2 + 0.25**2 + 0.1**2 + 0.9**2) / 4)
    assert found.levels == (AtLevel(LEVELS[0], 1, 0), AtLevel(LEVELS[1], 1, 1), AtLevel(LEVELS[2], 2, 1))


def test_nothing_stated_says_nothing() -> None:
    assert confidence([]) is None


@given(given_answers=answers)
def test_counts_add_up_and_scores_stay_in_range(given_answers: list[Stated]) -> None:
    found = confidence(given_answers)
    assert found is not None
    assert sum(at.answered for at in found.levels) == found.answered == len(given_answers)
    assert sum(at.right for at in found.levels) == found.right <= found.answered
    assert all(at.right <= at.answered for at in found.levels)
    assert -6 * found.answered <= found.mark <= found.most
    assert 0 <= found.brier <= 0.9**2
    assert sum(map(certain_and_wrong, given_answers)) == found.levels[2].answered - found.levels[2].right
