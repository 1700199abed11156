"""Mastery: the states on known answers, and intervals that cover the truth as often as they say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.learning.mastery import (
    GRID,
    PRIOR,
    SLOPE,
    Evidence,
    Mastery,
    MasteryItem,
    MasteryState,
    difficulty_of,
    mastery,
    weight_of,
)

CHOICE = 0.25


def answered(right: int, of: int, guess: float = CHOICE, weight: float = 1.0) -> Mastery:
    items = [MasteryItem(f"q{number}", 0.0, guess) for number in range(max(of, 5))]
    found = mastery(items, [Evidence(f"q{number}", float(number < right), weight) for number in range(of)])
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("right", "of", "state"),
    [
        (5, 5, MasteryState.MASTERED),
        (9, 10, MasteryState.MASTERED),
        (8, 10, MasteryState.NEARLY),
        (4, 5, MasteryState.NEARLY),
        (7, 10, MasteryState.DEVELOPING),
        (0, 3, MasteryState.DEVELOPING),
        (3, 3, MasteryState.NEARLY),
        (2, 2, MasteryState.UNKNOWN),
        (0, 0, MasteryState.UNKNOWN),
    ],
)
def test_states_on_medium_questions_with_four_options(right: int, of: int, state: MasteryState) -> None:
    assert answered(right, of).state is state


def test_it_is_the_posterior_on_the_grid() -> None:
    # By hand: nine of ten medium questions that cannot be guessed.
    p = 1 / (1 + np.exp(-SLOPE * GRID))
    posterior = PRIOR * p**9 * (1 - p)
    posterior /= posterior.sum()
    middles = np.cumsum(posterior) - posterior / 2
    found = answered(9, 10, guess=0.0)
    assert found.share == pytest.approx(posterior @ p)
    assert (found.low, found.high) == pytest.approx(tuple(np.interp(np.interp([0.1, 0.9], middles, GRID), GRID, p)))
    assert found.chance == pytest.approx(1 - np.interp(np.interp(0.7, p, GRID), GRID, middles))


def test_a_wide_interval_is_not_enough_evidence() -> None:
    found = answered(4, 5, guess=0.0)
    assert found.high - found.low > 0.40
    assert found.state is MasteryState.UNKNOWN


def test_the_same_question_again_is_not_another_question() -> None:
    items = [MasteryItem(f"q{number}", 0.0, CHOICE) for number in range(5)]
    again = mastery(items, [Evidence("q1", 1.0)] * 8)
    assert again is not None
    assert (again.questions, again.answers, again.state) == (1, 8, MasteryState.UNKNOWN)


def test_later_and_hinted_tries_move_it_less() -> None:
    assert [weight_of(first=f, hinted=h) for f, h in ((True, False), (True, True), (False, False))] == [1.0, 0.3, 0.3]
    nothing, later, first = answered(0, 0).share, answered(5, 5, weight=0.3).share, answered(5, 5).share
    assert nothing < later < first


def test_difficulty_is_the_label_until_thirty_have_tried() -> None:
    assert [difficulty_of(label, 0, None) for label in ("easy", "medium", "hard", "odd")] == [-0.8, 0.0, 0.8, 0.0]
    assert (difficulty_of("easy", 29, 1.5), difficulty_of("easy", 30, 1.5), difficulty_of("easy", 30, None)) == (-0.8, 1.5, -0.8)


def test_an_objective_without_questions_and_answers_to_others() -> None:
    assert mastery([], [Evidence("q", 1.0)]) is None
    assert mastery([MasteryItem("q")], [Evidence("other", 1.0)]) == mastery([MasteryItem("q")], [])


def test_where_every_ability_or_none_reaches_the_share() -> None:
    sure = mastery([MasteryItem(f"q{n}", 0.0, 0.75) for n in range(5)], [])
    hard = mastery([MasteryItem(f"q{n}", 9.0) for n in range(5)], [])
    assert sure is not None
    assert hard is not None
    assert (sure.chance, hard.chance) == (1.0, 0.0)


answers = st.lists(
    st.builds(Evidence, st.sampled_from([f"q{n}" for n in range(6)]), st.floats(-1, 2), st.sampled_from([1.0, 0.3])), max_size=30
)


@given(given=answers, order=st.randoms())
def test_the_log_in_any_order_gives_the_same(given: list[Evidence], order: object) -> None:
    items = [
        MasteryItem(f"q{n}", difficulty, guess)
        for n, (difficulty, guess) in enumerate([(-0.8, 0.25), (0, 0), (0.8, 0.5), (1.2, 0.2), (0, 0)])
    ]
    found = mastery(items, given)
    shuffled = list(given)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    again = mastery(items, shuffled)
    assert found is not None
    assert again is not None
    assert again.share == pytest.approx(found.share)
    assert again.state is found.state or abs(found.chance - 0.8) < 1e-9 or abs(found.chance - 0.5) < 1e-9
    assert 0 <= found.low <= found.share <= found.high <= 1 or found.high - found.low < 0.4
