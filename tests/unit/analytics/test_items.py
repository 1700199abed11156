"""Questions and quizzes by classical test theory: published values, and every input that gives nothing."""

from __future__ import annotations

import math
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from course.analytics.analysis import Analysis, Known, analyse
from course.analytics.gates import Gates
from course.analytics.items import Item
from course.analytics.responses import Answer, Attempts, Responses
from course.analytics.statistic import Statistic
from tests.unit.analytics.published import CLASSICAL, MOODLE
from tests.unit.analytics.tables import lsat, moodle, synthetic, table

UNGATED = Gates(statistics=0, flags=0)
SCALE = {"facility": 100, "sd": 1000}


def classical(responses: Responses, gates: Gates = UNGATED, which: Attempts = Attempts.FIRST) -> Analysis:
    return analyse(responses, models=(), gates=gates, which=which)


def column(analysis: Analysis, name: str) -> list[float | None]:
    return [getattr(item, name).value for item in analysis.items]


@pytest.mark.parametrize("section", [6, 7])
def test_the_law_school_admission_test_comes_out_as_in_r(section: int) -> None:
    analysis, expected = analyse(lsat(section), models=()), CLASSICAL[section]
    assert column(analysis, "facility") == pytest.approx(expected["facility"], abs=1e-6)
    assert column(analysis, "item_rest") == pytest.approx(expected["item_rest"], abs=1e-6)
    assert analysis.quiz.alpha.value == pytest.approx(expected["alpha"], abs=1e-6)
    assert (analysis.quiz.n, analysis.quiz.alpha.n) == (1000, 1000)


@pytest.mark.parametrize("name", MOODLE)
def test_moodles_own_case_comes_out_as_moodle_expects(name: str) -> None:
    found = column(analyse(moodle()), name)
    assert [value is None for value in found] == [value is None for value in MOODLE[name]]
    numbers = [value * SCALE.get(name, 1) for value in found if value is not None]
    assert numbers == pytest.approx([value for value in MOODLE[name] if value is not None], abs=1e-6)


@given(seed=st.integers(0, 10_000), people=st.integers(5, 40), questions=st.integers(2, 8))
def test_every_number_is_that_of_its_plain_formula(seed: int, people: int, questions: int) -> None:
    rng = np.random.default_rng(seed)
    cells = rng.integers(0, 4, (people, questions)) / 2 * 1.0
    cells[rng.random(cells.shape) < 0.1] = np.nan
    analysis = classical(table(cells, [1.5] * questions))
    totals = np.nansum(cells, axis=1)
    for item, points in zip(analysis.items, cells.T, strict=True):
        here = ~np.isnan(points)
        mine, rest = points[here], (totals - points)[here]
        assert item.n == here.sum()
        if item.n:
            assert item.facility.value == pytest.approx(mine.mean() / 1.5)
        if item.item_rest.value is not None:
            assert item.item_rest.value == pytest.approx(np.corrcoef(mine, rest)[0, 1])
            assert item.discrimination_index.value == pytest.approx(100 * item.item_rest.value)
            best = np.cov(np.sort(mine), np.sort(rest))[0, 1]
            assert item.discriminative_efficiency.value == pytest.approx(100 * np.cov(mine, rest)[0, 1] / best)
    given_something = totals[~np.isnan(cells).all(axis=1)]
    if np.ptp(given_something) > 0:
        assert analysis.quiz.mean.value == pytest.approx(given_something.mean())
        if len(given_something) > 3:
            assert analysis.quiz.skewness.value == pytest.approx(stats.skew(given_something, bias=False))
            assert analysis.quiz.kurtosis.value == pytest.approx(stats.kurtosis(given_something, bias=False), abs=1e-9)
    complete = cells[~np.isnan(cells).any(axis=1)]
    if analysis.quiz.alpha.value is not None:
        by_hand = questions / (questions - 1) * (1 - complete.var(axis=0, ddof=1).sum() / complete.sum(axis=1).var(ddof=1))
        assert analysis.quiz.alpha.value == pytest.approx(by_hand)
        assert analysis.quiz.alpha.n == len(complete)


def test_effective_weights_are_shares_of_all() -> None:
    weights = [w for w in column(classical(moodle()), "effective_weight") if w is not None]
    assert sum(weights) == pytest.approx(100)
    assert sum(w for w in column(classical(moodle()), "intended_weight") if w is not None) == pytest.approx(100)


def test_a_question_that_falls_as_the_total_rises_has_no_effective_weight() -> None:
    cells = [[float(i), float(i), float(i), float(-i)] for i in range(12)]
    item = classical(table(cells, [11] * 4)).items[3]
    assert item.effective_weight.value is None
    assert "falls as the total rises" in item.effective_weight.reason


def test_alpha_and_what_follows_from_it() -> None:
    quiz = classical(table(synthetic(400, np.full(10, 1.3), np.linspace(-1, 1, 10), 3))).quiz
    alpha, n, k = quiz.alpha.value, quiz.alpha.n, 10
    assert alpha is not None
    assert quiz.sd.value is not None
    ratio = math.sqrt(1 - alpha)
    assert quiz.sem.value == pytest.approx(quiz.sd.value * ratio)
    assert quiz.error_ratio.value == pytest.approx(100 * ratio)
    low, high = (1 - (1 - alpha) * stats.f.ppf(p, n - 1, (n - 1) * (k - 1)) for p in (0.975, 0.025))
    assert quiz.alpha.interval == pytest.approx((low, high), abs=1e-9)
    needed = quiz.questions_needed.value
    assert needed is not None

    def prophecy(questions: float) -> float:
        return questions / k * alpha / (1 + (questions / k - 1) * alpha)

    assert prophecy(needed) >= 0.8 > prophecy(needed - 1)


def test_alpha_is_from_attempts_that_have_every_question() -> None:
    cells = synthetic(60, np.ones(4), np.zeros(4), 1)
    with_holes = np.r_[cells, np.c_[np.ones((9, 3)), np.full(9, np.nan)]]
    assert classical(table(with_holes)).quiz.alpha == classical(table(cells)).quiz.alpha
    assert classical(table(with_holes)).quiz.n == 69


def test_upper_less_lower_shares_ties_at_the_border() -> None:
    # Ten people, groups of 2.7: totals 0, 1, 1, 1, ... so that 1.7 of the three tied stand in the lower group.
    cells = np.array([[0, 0], [1, 0], [1, 0], [0, 1], [1, 1], [1, 1], [1, 1], [1, 1], [1, 1], [1, 1]], dtype=float)
    item = classical(table(cells)).items[0]
    lower = (0 + 1.7 / 3 * 2) / 2.7
    assert item.d27.value == pytest.approx(1 - lower)


def test_omitted_counts_nothing_and_the_other_states_are_missing() -> None:
    responses = table(np.ones((12, 2)))
    state = np.zeros(24, dtype=np.int8)
    state[[0, 2]] = Answer.OMITTED
    state[[4, 6]] = Answer.NOT_REACHED
    state[8] = Answer.NOT_PRESENTED
    score = responses.score.copy()
    score[10] = np.nan
    item = classical(replace(responses, state=state, score=score)).items[0]
    assert (item.n, item.omitted) == (8, 2)
    assert item.facility.value == pytest.approx(6 / 8)


def test_only_first_graded_attempts_count_unless_asked() -> None:
    learner = np.array([0, 1, 0, 1, 1], dtype=np.int32)
    score = np.array([np.nan, 0.0, 1.0, 1.0, 0.5])
    responses = Responses(
        ("q",), np.arange(5, dtype=np.int32), learner, np.zeros(5, dtype=np.int32), score, np.ones(5), np.zeros(5, dtype=np.int8)
    )
    facility = {which: classical(responses, which=which).items[0].facility.value for which in Attempts}
    assert facility == {Attempts.FIRST: 0.5, Attempts.LAST: 0.75, Attempts.ALL: 0.625}


def every_statistic(analysis: Analysis) -> list[Statistic]:
    records: list[object] = [analysis.quiz, *analysis.items]
    return [v for record in records for f in fields(record) if isinstance(v := getattr(record, f.name), Statistic)]  # type: ignore[arg-type]


NOTHING = {
    "nobody": [],
    "one person": [[1.0, 0.0, 1.0]],
    "two people": [[1.0, 0.0, 1.0], [0.0, 0.0, 1.0]],
    "everybody the same": [[1.0, 0.0, 0.5]] * 40,
    "one question": [[float(i % 2)] for i in range(40)],
    "nothing presented": [[None, None]] * 40,
    "a question that nobody reached": [[float(i % 2), float(i % 3 == 0), None] for i in range(40)],
    "negative scores": [[-1.0, float(i % 2)] for i in range(40)],
    "huge scores": [[1e300 * (i % 2), 1e300 * (i % 3)] for i in range(40)],
}


@pytest.mark.parametrize("gates", [UNGATED, Gates()], ids=["ungated", "gated"])
@pytest.mark.parametrize("cells", NOTHING.values(), ids=NOTHING)
def test_what_cannot_be_computed_is_missing_with_its_reason(cells: list[list[float | None]], gates: Gates) -> None:
    analysis = analyse(table(cells), gates=gates)
    for statistic in every_statistic(analysis):
        assert (statistic.value is None) == bool(statistic.reason)
        assert statistic.value is None or math.isfinite(statistic.value)
    assert all(getattr(model, "reason", "fitted") for model in analysis.models)


def test_questions_without_points_have_counts_and_a_reason() -> None:
    item = classical(table([[float(i % 2), 0.0] for i in range(40)], [1, 0])).items[1]
    assert item.n == 40
    assert item.facility.reason == "The question carries no points."


@pytest.mark.parametrize(("people", "shown"), [(9, False), (10, True)])
def test_below_ten_only_counts_are_shown(people: int, shown: bool) -> None:
    analysis = classical(table(synthetic(10, np.ones(3), np.zeros(3), 5)[:people]), Gates())
    assert (analysis.items[0].facility.value is not None) is shown
    assert (analysis.quiz.mean.value is not None) is shown
    assert analysis.items[0].n == people


def test_the_chance_of_guessing_comes_from_the_question() -> None:
    analysis = analyse(lsat(6), models=(), known=Known(guess={"q1": 0.25}))
    assert (analysis.items[0].guess.value, analysis.items[1].guess.value) == (0.25, None)


def test_every_item_says_how_many_it_is_from() -> None:
    def check(item: Item) -> None:
        assert {getattr(item, f.name).n for f in fields(item) if isinstance(getattr(item, f.name), Statistic)} == {1000}

    for item in analyse(lsat(6), models=()).items:
        check(item)
