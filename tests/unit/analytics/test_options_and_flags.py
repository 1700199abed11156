"""Options, and what is said about questions: only what the interval supports."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from course.analytics.analysis import Analysis, Known, analyse
from course.analytics.flags import Flag, unused_options
from course.analytics.responses import Responses
from tests.unit.analytics.tables import synthetic, table


def choices(responses: Responses, by_question: dict[int, list[str]]) -> Responses:
    """The table with what everybody chose in some questions; "" is nothing."""
    names = tuple(sorted({name for chosen in by_question.values() for name in chosen if name}))
    option = np.full(len(responses), -1, dtype=np.int32)
    for question, chosen in by_question.items():
        option[responses.question == question] = [names.index(name) if name else -1 for name in chosen]
    return replace(responses, options=names, option=option)


def four_more(first: list[float], ability: list[float]) -> Responses:
    """A first question, and four others of which everybody has as many right as their ability (0 to 4)."""
    return table([[score, *(1.0 if ability[i] > rank else 0.0 for rank in range(4))] for i, score in enumerate(first)])


def swapped() -> Analysis:
    """28 chose the key A and know little, 12 chose B and know much."""
    return analyse(
        choices(four_more([1.0] * 28 + [0.0] * 12, [0, 1] * 14 + [3, 4] * 6), {0: ["A"] * 28 + ["B"] * 12}),
        models=(),
    )


def test_a_better_option_than_the_key_is_said_in_words() -> None:
    assert [flag.sentence for flag in swapped().flags if flag.code == "option-above-key"] == [
        "12 of 40 chose B; those who did scored higher on the other questions than those who chose the key."
    ]


def test_the_same_among_fewer_than_thirty_says_nothing() -> None:
    few = choices(four_more([1.0] * 20 + [0.0] * 9, [0, 1] * 10 + [3, 4] * 4 + [4]), {0: ["A"] * 20 + ["B"] * 9})
    assert analyse(few, models=()).flags == ()


def test_the_same_difference_that_the_interval_does_not_support_says_nothing() -> None:
    noisy = choices(four_more([1.0] * 35 + [0.0] * 5, [0, 1, 2, 3, 4] * 7 + [0, 1, 4, 4, 4]), {0: ["A"] * 35 + ["B"] * 5})
    found = analyse(noisy, models=())
    above = next(option for option in found.items[0].options if option.option == "B").above_key
    assert above.value == pytest.approx(0.6)
    assert "option-above-key" not in [flag.code for flag in found.flags]


@pytest.mark.parametrize(("chose", "key"), [(4, 36), (36, 4)])
def test_a_handful_says_nothing_however_clear_it_looks(chose: int, key: int) -> None:
    few = choices(four_more([1.0] * key + [0.0] * chose, [0, 1] * (key // 2) + [4.0, 3.0] * (chose // 2)), {0: ["A"] * key + ["B"] * chose})
    found = analyse(few, models=())
    above = next(option for option in found.items[0].options if option.option == "B").above_key
    assert (above.value, above.reason) == (None, f"{chose} chose it and {key} the key: each side needs 5.")
    assert "option-above-key" not in [flag.code for flag in found.flags]


def test_a_question_against_the_others() -> None:
    codes = [flag.code for flag in swapped().flags if flag.question == "q1"]
    assert codes[:2] == ["option-above-key", "against"]


def test_options_have_counts_shares_and_their_correlation() -> None:
    found = swapped().items[0].options
    a, b = found
    assert (a.option, a.n, a.of, a.share.value, a.key, a.functional) == ("A", 28, 40, 0.7, True, None)
    assert (b.option, b.n, b.key, b.functional) == ("B", 12, False, False)
    chose, rest = np.r_[np.zeros(28), np.ones(12)], np.array([0, 1] * 14 + [3, 4] * 6)
    assert b.item_rest.value == pytest.approx(np.corrcoef(chose, rest)[0, 1])
    assert a.item_rest.value == pytest.approx(-np.corrcoef(chose, rest)[0, 1])
    assert b.above_key.value == pytest.approx(3.0)


def test_a_wrong_option_works_when_some_of_the_weaker_take_it() -> None:
    ability = [4, 3, 2, 3] * 8 + [0, 1] * 4
    works = choices(four_more([1.0] * 32 + [0.0] * 8, [float(a) for a in ability]), {0: ["A"] * 32 + ["B"] * 8})
    assert [option.functional for option in analyse(works, models=()).items[0].options] == [None, True]


def test_nothing_chosen_is_no_option_and_still_one_of_those_asked() -> None:
    found = analyse(choices(four_more([1.0] * 30 + [0.0] * 10, [2, 3] * 20), {0: ["A"] * 30 + [""] * 10}), models=()).items[0]
    assert [(option.option, option.n, option.of) for option in found.options] == [("A", 30, 40)]


def test_several_may_be_chosen_and_the_question_knows_its_keys() -> None:
    responses = choices(four_more([1.0] * 20 + [0.5] * 20, [2, 3] * 20), {0: ["A"] * 40})
    first = np.flatnonzero(responses.question == 0)
    responses = replace(
        responses,
        options=("A", "B", "C"),
        more_rows=np.r_[first[:20], first[30:]],
        more_options=np.array([1] * 20 + [2] * 10, dtype=np.int32),
    )
    found = analyse(responses, models=(), known=Known(keys={"q1": frozenset({"A", "B"})})).items[0]
    assert [(option.option, option.n, option.key) for option in found.options] == [("A", 40, True), ("B", 20, True), ("C", 10, False)]


def test_easy_weak_and_below_guessing() -> None:
    rng = np.random.default_rng(5)
    cells = synthetic(600, np.full(5, 1.5), np.zeros(5), 5)
    cells = np.c_[cells, rng.random(600) < 0.99, rng.random(600) < 0.5, rng.random(600) < 0.1]
    found = analyse(table(cells), models=(), known=Known(guess={"q8": 0.25}))
    flags = {flag.question: flag.code for flag in found.flags}
    assert (flags["q6"], flags["q7"]) == ("easy", "weak") or flags["q6"] in ("weak", "easy")
    assert "below-guessing" in [flag.code for flag in found.flags if flag.question == "q8"]
    assert not {"q1", "q2", "q3", "q4", "q5"} & flags.keys()


@pytest.mark.parametrize(("people", "chose", "told"), [(100, 0, False), (120, 1, True), (120, 9, False), (40, 1, False)])
def test_an_option_that_hardly_anybody_takes(people: int, chose: int, told: bool) -> None:
    ability = [float(i % 5) for i in range(people)]
    responses = choices(four_more([1.0] * (people - chose) + [0.0] * chose, ability), {0: ["A"] * (people - chose) + ["C"] * chose})
    sentences = [flag.sentence for flag in analyse(responses, models=()).flags if flag.code == "option-unused"]
    assert sentences == ([f"Only {chose} of {people} chose C: hardly anybody takes it for right."] if told else [])


def test_an_option_that_nobody_takes() -> None:
    item = swapped().items[0]
    assert unused_options(item, ("A", "B", "C")) == ()
    many = analyse(choices(four_more([1.0, 0.0] * 50, [0, 1, 2, 3] * 25), {0: ["A", "B"] * 50}), models=()).items[0]
    assert unused_options(many, ("A", "B", "C")) == (
        Flag("option-unused", "q1", "None of 100 chose C: hardly anybody takes it for right.", 100),
    )
