"""Draws and orders are a pure function of the seed, and fair."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from course.learning.drawing import Candidate, attempt_seed, displace, draw, permute
from course.learning.policy import Draw

POOL = [Candidate(f"q{n}", "even" if n % 2 == 0 else "odd", ("third",) if n % 3 == 0 else ()) for n in range(12)]
ids = st.lists(st.text("abcdefgh", min_size=1, max_size=3), unique=True, min_size=2, max_size=8)


def test_without_pools_every_question_comes_once() -> None:
    assert sorted(draw(POOL, (), seed=1, shuffle=True)) == sorted(c.id for c in POOL)
    assert list(draw(POOL, (), seed=1, shuffle=False)) == [c.id for c in POOL]


@given(seed=st.integers(0, 2**63 - 1))
def test_pools_give_what_they_promise_and_nothing_twice(seed: int) -> None:
    pools = (Draw(2, tags=("third",)), Draw(3, objectives=("even",)), Draw(1, ids=("q1", "q2")))
    drawn = draw(POOL, pools, seed=seed, shuffle=True)
    assert len(drawn) == len(set(drawn)) == 6
    assert drawn == draw(POOL, pools, seed=seed, shuffle=True)


@given(seed=st.integers(0, 2**63 - 1))
def test_a_pool_leaves_to_later_pools_what_only_they_can_use(seed: int) -> None:
    drawn = draw(POOL, (Draw(5, objectives=("even",)), Draw(1, ids=("q0",))), seed=seed, shuffle=False)
    assert len(drawn) == 6
    assert "q0" in drawn


def test_draws_without_shuffling_keep_the_authored_order() -> None:
    drawn = draw(POOL, (Draw(4, objectives=("odd",)),), seed=5, shuffle=False)
    assert list(drawn) == sorted(drawn, key=lambda i: int(i[1:]))


def test_every_question_of_a_pool_is_drawn_about_equally_often() -> None:
    counts = Counter(i for seed in range(2000) for i in draw(POOL, (Draw(3, objectives=("even",)),), seed=seed, shuffle=True))
    assert len(counts) == 6
    assert all(850 < n < 1150 for n in counts.values()), counts


def test_positions_are_fair() -> None:
    first = Counter(permute("abcd", seed=seed, label="x")[0] for seed in range(4000))
    assert all(880 < n < 1120 for n in first.values()), first


@given(ids=ids, seed=st.integers(0, 2**63 - 1))
def test_an_order_is_stable_and_adding_an_option_moves_no_other(ids: list[str], seed: int) -> None:
    order = permute(ids, seed=seed, label="x")
    assert sorted(order) == sorted(ids)
    assert permute(list(reversed(ids)), seed=seed, label="x") == order
    assert tuple(i for i in permute([*ids, "new!"], seed=seed, label="x") if i != "new!") == order


@given(ids=ids, seed=st.integers(0, 2**63 - 1))
def test_the_order_that_is_the_key_never_shows(ids: list[str], seed: int) -> None:
    assert displace(ids, seed=seed, label="x") != tuple(ids)


def test_seeds_follow_the_quizs_rule() -> None:
    def seed(rule: str, fresh: int, learner: str) -> int:
        return attempt_seed(rule, fresh=fresh, learner=learner, quiz="q")

    assert seed("attempt", 5, "ann") == 5
    assert seed("learner", 5, "ann") == seed("learner", 6, "ann") != seed("learner", 5, "bea")
    assert seed("fixed", 5, "ann") == seed("fixed", 6, "bea")
    assert all(0 <= seed(rule, 2**70, "ann") < 2**63 for rule in ("attempt", "learner", "fixed"))


def test_orders_are_the_same_on_every_machine() -> None:
    # sorted by `printf 7/options/a | sha256sum` and so on
    assert permute(["a", "b", "c", "d", "e"], seed=7, label="options") == ("c", "a", "b", "e", "d")
