"""A question comes back until m of the last n rounds were right, and not for ever."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.errors import Refused
from course.learning.rounds import CAP, TRANSITIONS, RoundState, RoundStep, again, recorded, rounds

THREE_OF_FOUR = (3, 4)
R, W = True, False


@pytest.mark.parametrize(
    ("verdicts", "state", "right", "score"),
    [
        ([None], RoundState.ASKING, 0, 0.0),
        ([R], RoundState.ANSWERED, 1, 0.25),
        ([R, None], RoundState.ASKING, 1, 0.25),
        ([R, R, R], RoundState.MASTERED, 3, 1.0),
        ([R, W, R], RoundState.ANSWERED, 2, 0.5),
        ([R, W, R, R], RoundState.MASTERED, 3, 1.0),
        ([R, W, W, R], RoundState.ANSWERED, 2, 0.5),
        ([R, W, W, R, R], RoundState.ANSWERED, 2, 0.5),
        ([R, W, W, R, R, R], RoundState.MASTERED, 3, 1.0),
        ([W] * 12, RoundState.EXHAUSTED, 0, 0.0),
        ([W] * 10 + [R, R], RoundState.EXHAUSTED, 2, 0.5),
        ([W] * 9 + [R, R, R], RoundState.MASTERED, 3, 1.0),
    ],
)
def test_the_worked_examples(verdicts: list[bool | None], state: RoundState, right: int, score: float) -> None:
    found = rounds(verdicts, skipped=False, needed=THREE_OF_FOUR)
    assert (found.state, found.right, found.score, found.asked) == (state, right, score, len(verdicts))


@pytest.mark.parametrize(("verdicts", "score"), [([None], None), ([R, None], 1.0), ([R, W, None], 0.5), ([W, R, W, R, W, None], 0.5)])
def test_what_was_passed_over_costs_nothing(verdicts: list[bool | None], score: float | None) -> None:
    found = rounds(verdicts, skipped=True, needed=THREE_OF_FOUR)
    assert (found.state, found.score) == (RoundState.PASSED_OVER, score)


def test_another_round_follows_an_answered_one_alone() -> None:
    assert again(rounds([W], skipped=False, needed=THREE_OF_FOUR)) == 2
    with pytest.raises(Refused, match="Answer this question first"):
        again(rounds([W, None], skipped=False, needed=THREE_OF_FOUR))
    for over in (rounds([R] * 3, skipped=False, needed=THREE_OF_FOUR), rounds([None], skipped=True, needed=THREE_OF_FOUR)):
        assert over.over
        with pytest.raises(Refused, match="not asked again"):
            again(over)


needs = st.integers(1, 5).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n)))


@given(answers=st.lists(st.booleans(), min_size=40, max_size=40), needed=needs)
def test_a_chain_runs_along_the_table_and_ends(answers: list[bool], needed: tuple[int, int]) -> None:
    m, n = needed
    given_so_far: list[bool | None] = []
    state = RoundState.ASKING
    for answer in answers:
        assert rounds([*given_so_far, None], skipped=False, needed=needed).state is RoundState.ASKING
        given_so_far.append(answer)
        found = rounds(given_so_far, skipped=False, needed=needed)
        step = {RoundState.MASTERED: RoundStep.MASTER, RoundState.EXHAUSTED: RoundStep.EXHAUST}.get(found.state, RoundStep.ANSWER)
        assert TRANSITIONS[(state, step)] is found.state
        assert found.score is not None
        assert 0 <= found.score <= 1
        assert (found.score == 1) == (found.state is RoundState.MASTERED), "only mastery is full marks"
        if found.over:
            break
        state = TRANSITIONS[(found.state, RoundStep.AGAIN)]
    assert found.over
    assert m <= found.asked <= CAP * n or found.asked == CAP * n
    assert (found.state is RoundState.MASTERED) == (sum(answers[max(0, found.asked - n) : found.asked]) >= m)


def test_what_has_no_right_and_wrong_is_asked_once() -> None:
    found = recorded(1)
    assert (found.over, found.score) == (True, None)
    assert TRANSITIONS[(RoundState.ASKING, RoundStep.RECORD)] is found.state
    with pytest.raises(Refused, match="not asked again"):
        again(found)


def test_only_an_answered_chain_goes_on_and_a_passed_over_one_comes_back() -> None:
    over = set(RoundState) - {RoundState.ASKING, RoundState.ANSWERED}
    assert {(state, step) for state, step in TRANSITIONS if state in over} == {(RoundState.PASSED_OVER, RoundStep.COME_BACK)}
