"""Several tries with falling credit: the best try counts, hints cost, and nothing leads out of the table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.errors import Refused
from course.learning.interactive import TRANSITIONS, Trying, TryState, TryStep, hinted, next_credit, tried, worth

CREDITS = (1.0, 0.5, 0.25)


def after(*steps: float | str, credits: tuple[float, ...] = CREDITS) -> Trying:
    """Numbers are scores of tries, `h0.1` is a hint that costs 0.1."""
    found = Trying()
    for step in steps:
        found = _after(found, step, credits)
    return found


@pytest.mark.parametrize(
    ("steps", "score", "state"),
    [
        ((1.0,), 1.0, TryState.SETTLED),
        ((0.0,), 0.0, TryState.AGAIN),
        ((0.0, 1.0), 0.5, TryState.SETTLED),
        ((0.0, 0.0, 1.0), 0.25, TryState.SETTLED),
        ((0.0, 0.0, 0.0), 0.0, TryState.SETTLED),
        (("h0.1", 1.0), 0.9, TryState.SETTLED),
        ((0.0, "h0.25", 1.0), 0.25, TryState.SETTLED),
        (("h0.3", "h0.3", 0.0, 0.0, 1.0), 0.0, TryState.SETTLED),
        ((0.5, 0.0, 0.0), 0.5, TryState.SETTLED),
        ((0.5, "h0.5", 1.0), 0.5, TryState.SETTLED),
        ((-0.5, 0.0), 0.0, TryState.AGAIN),
        ((-0.5,), -0.5, TryState.AGAIN),
        (("h0.25", -0.5), -0.5, TryState.AGAIN),
        ((-0.5, -0.25, -1.0), -0.25, TryState.SETTLED),
        (("h0.25",), None, TryState.ASKED),
    ],
)
def test_the_worked_examples(steps: tuple[float | str, ...], score: float | None, state: TryState) -> None:
    found = after(*steps)
    assert (found.score, found.state) == (pytest.approx(score), state)


@pytest.mark.parametrize("step", [1.0, "h0"])
def test_a_settled_question_takes_nothing_more(step: float | str) -> None:
    with pytest.raises(Refused, match="settled"):
        after(1.0, step)


def test_an_answer_without_a_score_settles_its_question() -> None:
    found = tried(Trying(), None, right=False, credits=CREDITS)
    assert (found.state, found.score) == (TryState.SETTLED, None)


def test_what_a_right_answer_would_earn_is_known_beforehand() -> None:
    assert [next_credit(after(*steps), CREDITS) for steps in ((), (0.0,), (0.0, "h0.25"), (0.0, 0.0), (1.0,))] == [
        1.0,
        0.5,
        0.25,
        0.25,
        None,
    ]


def test_nothing_leads_out_of_settled() -> None:
    assert not [state for state, _ in TRANSITIONS if state is TryState.SETTLED]
    assert {state for state, _ in TRANSITIONS} == {TryState.ASKED, TryState.AGAIN}
    assert {step for _, step in TRANSITIONS} == set(TryStep)


@given(
    steps=st.lists(st.one_of(st.floats(-1, 1), st.floats(0, 1).map(lambda cost: f"h{cost}")), max_size=10),
    credits=st.lists(st.floats(0, 1), min_size=1, max_size=4).map(tuple),
)
def test_any_order_stays_in_the_table_and_in_range(steps: list[float | str], credits: tuple[float, ...]) -> None:
    found = Trying()
    for step in steps:
        before = found
        try:
            found = _after(found, step, credits)
        except Refused:
            assert before.state is TryState.SETTLED
            continue
        assert (before.state, found.state) in {(a, b) for (a, _), b in TRANSITIONS.items()}
        assert found.tries <= len(credits)
        assert (found.score is None) == (found.tries == 0)
        if before.score is not None and found.score is not None:
            assert found.score >= before.score, "trying again never costs what was reached"
    assert found.score is None or -1 <= found.score <= 1
    assert (found.state is TryState.SETTLED) == (
        found.tries == len(credits) or any(isinstance(s, float) and s >= 1 for s in steps[: _used(steps, credits)])
    )


@given(score=st.floats(-1, 1), credit=st.floats(0, 1), cost=st.floats(0, 2), more=st.floats(0, 1))
def test_hints_and_credit_only_ever_lower_what_is_above_zero(score: float, credit: float, cost: float, more: float) -> None:
    assert worth(score, credit, cost + more) <= worth(score, credit, cost) <= max(score, 0)
    assert (worth(score, credit, cost) < 0) == (score < 0)
    assert score >= 0 or worth(score, credit, cost) == score


def _after(found: Trying, step: float | str, credits: tuple[float, ...]) -> Trying:
    if isinstance(step, str):
        return hinted(found, float(step[1:]))
    return tried(found, step, right=step >= 1, credits=credits)


def _used(steps: list[float | str], credits: tuple[float, ...]) -> int:
    """How many of the steps were taken: up to the one that settled the question."""
    tries = 0
    for number, step in enumerate(steps, start=1):
        tries += isinstance(step, float)
        if (isinstance(step, float) and step >= 1) or tries == len(credits):
            return number
    return len(steps)
