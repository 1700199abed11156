"""Draws and orders are a pure function of the seed, and fair."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.learning.drawing import Candidate, attempt_seed, displace, draw, next_round, permute, practice_seed, round_seed
from course.learning.policy import Draw

POOL = [Candidate(f"q{n}", "even" if n % 2 == 0 else "odd", ("third",) if n % 3 == 0 else ()) for n in range(12)]
seeds = st.integers(0, 2**63 - 1)
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


@given(asked=st.lists(st.sampled_from("abc"), min_size=1, max_size=12), elsewhere=st.sets(st.sampled_from("abc")), seed=seeds)
def test_a_next_round_asks_what_was_asked_least(asked: list[str], elsewhere: set[str], seed: int) -> None:
    found = next_round("abc", asked, elsewhere, seed=seed)
    least = min(asked.count(one) for one in "abc")
    assert asked.count(found) == least
    same = [one for one in "abc" if asked.count(one) == least]
    assert found not in elsewhere or all(one in elsewhere for one in same)
    assert next_round("abc", asked, elsewhere, seed=seed) == found


@given(seed=seeds)
def test_without_siblings_the_question_itself_comes_back(seed: int) -> None:
    assert next_round([], ["a"], set(), seed=seed) == "a"


def test_a_question_does_not_come_twice_running_when_another_is_as_rare() -> None:
    assert {next_round("ab", ["b", "a"], set(), seed=seed) for seed in range(20)} == {"b"}


def test_every_slot_and_every_draw_has_a_seed_of_its_own() -> None:
    found = {round_seed(seed, position, number) for seed in (1, 2) for position in (3, 4) for number in (0, 1)}
    assert len(found) == 8
    assert all(0 <= one < 2**63 for one in found)


@pytest.mark.parametrize(("rule", "seeds_of_tries"), [("attempt", [1, 2, 3]), ("learner", [1, 1, 1]), ("fixed", [1, 1, 1])])
def test_tries_in_a_notebook_are_seeded_by_their_number(rule: str, seeds_of_tries: list[int]) -> None:
    assert [practice_seed(rule, number=number) for number in (1, 2, 3)] == seeds_of_tries
