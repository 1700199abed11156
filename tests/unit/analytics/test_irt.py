"""One- and two-parameter models: published estimates, known truth, and what cannot be fitted."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import optimize

from course.analytics.irt import Fit, Model, NoFit, fit
from course.analytics.patterns import MOST_PEOPLE, MOST_QUESTIONS, patterns
from tests.unit.analytics.published import ONE_PL, TWO_PL
from tests.unit.analytics.tables import lsat, synthetic, table


def fitted(cells: object, model: Model) -> Fit:
    found = fit(patterns(cells if not isinstance(cells, np.ndarray) else table(cells)), model)  # type: ignore[arg-type]
    assert isinstance(found, Fit)
    return found


@pytest.mark.parametrize("section", [6, 7])
def test_one_parameter_as_in_r(section: int) -> None:
    found, expected = fitted(lsat(section), Model.ONE_PL), ONE_PL[section]
    assert [item.difficulty for item in found.items] == pytest.approx(expected["difficulty"], abs=1e-3)
    assert [item.discrimination for item in found.items] == pytest.approx([expected["discrimination"]] * 5, abs=1e-3)
    assert found.log_likelihood == pytest.approx(expected["log_likelihood"], abs=1e-3)


@pytest.mark.parametrize("section", [6, 7])
def test_two_parameters_as_in_r(section: int) -> None:
    found, expected = fitted(lsat(section), Model.TWO_PL), TWO_PL[section]
    assert [item.difficulty for item in found.items] == pytest.approx(expected["difficulty"], abs=3e-3)
    assert [item.discrimination for item in found.items] == pytest.approx(expected["discrimination"], abs=3e-3)
    errors = [item.difficulty_se for item in found.items] + [item.discrimination_se for item in found.items]
    assert errors == pytest.approx(expected["errors"], abs=3e-3)
    assert found.log_likelihood == pytest.approx(expected["log_likelihood"], abs=1e-3)


def test_standard_errors_cover_the_truth_as_often_as_they_say() -> None:
    slopes, difficulties = np.linspace(0.7, 1.9, 10), np.linspace(-1.5, 1.5, 10)
    z: list[float] = []
    for seed in range(30):
        found = fitted(synthetic(400, slopes, difficulties, seed), Model.TWO_PL)
        z += [(item.discrimination - a) / item.discrimination_se for item, a in zip(found.items, slopes, strict=True)]
    assert 0.90 <= np.mean(np.abs(z) < 1.96) <= 0.99


def test_what_was_not_seen_has_no_part_in_it() -> None:
    cells = synthetic(3000, np.ones(8), np.linspace(-1, 1, 8), 2)
    cells[:1500, 4:], cells[1500:, :3] = np.nan, np.nan
    found = fitted(cells, Model.ONE_PL)
    assert [item.difficulty for item in found.items] == pytest.approx(np.linspace(-1, 1, 8), abs=0.25)


def test_abilities_follow_the_answers() -> None:
    cells = synthetic(200, np.ones(6), np.zeros(6), 7)
    found = fitted(cells, Model.ONE_PL)
    assert np.corrcoef(found.abilities, cells.sum(axis=1))[0, 1] > 0.99
    assert len(found.abilities) == 200


def test_very_many_people_are_thinned_and_it_says_so() -> None:
    found = fitted(synthetic(MOST_PEOPLE + 2000, np.ones(4), np.zeros(4), 1), Model.ONE_PL)
    assert (found.n, found.of) == (MOST_PEOPLE, MOST_PEOPLE + 2000)


@pytest.mark.parametrize(
    ("people", "model", "fits"),
    [(29, Model.ONE_PL, False), (30, Model.ONE_PL, True), (199, Model.TWO_PL, False), (200, Model.TWO_PL, True)],
)
def test_the_gates(people: int, model: Model, fits: bool) -> None:
    found = fit(patterns(table(synthetic(people, np.ones(6), np.zeros(6), 1))), model)
    assert isinstance(found, Fit) is fits


def test_questions_that_say_nothing_are_left_out_with_a_reason() -> None:
    cells = np.c_[synthetic(100, np.ones(4), np.zeros(4), 1), np.ones(100), np.zeros(100), np.full(100, np.nan)]
    found = fitted(cells, Model.ONE_PL)
    assert len(found.items) == 4
    assert dict(found.left_out) == {"q5": "Everybody has it right.", "q6": "Nobody has full points on it.", "q7": "Nobody answered it."}


@pytest.mark.parametrize(
    "cells",
    [
        np.tile(np.r_[np.zeros(150), np.ones(150)][:, None], 5),
        np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 0.0]] * 150),
        np.array([[float(i % 2), float(i % 3 == 0)] for i in range(300)]),
        np.eye(300)[:, :4],
    ],
    ids=["all hang together", "all contradict", "two questions", "one right each"],
)
@pytest.mark.parametrize("model", Model)
def test_answers_that_no_model_fits_give_a_reason_or_finite_numbers(
    cells: np.ndarray[tuple[int, int], np.dtype[np.float64]], model: Model
) -> None:
    found = fit(patterns(table(cells)), model)
    if isinstance(found, NoFit):
        assert found.reason
    else:
        assert all(np.isfinite([i.difficulty, i.difficulty_se, i.discrimination, i.discrimination_se]).all() for i in found.items)


def test_an_independent_optimiser_comes_to_the_same_with_answers_missing() -> None:
    """SciPy's BFGS on the likelihood with Gauss-Hermite nodes, and the errors from its Hessian by differences."""
    cells = synthetic(400, np.linspace(0.8, 1.6, 6), np.linspace(-1, 1, 6), 9)
    cells[np.random.default_rng(1).random(cells.shape) < 0.2] = np.nan
    points, weights = np.polynomial.hermite_e.hermegauss(81)
    seen, right = ~np.isnan(cells), np.nan_to_num(cells)

    def minus_log_likelihood(parameters: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
        eta = parameters[6:, None] * points + parameters[:6, None]
        each = right @ eta - seen @ np.logaddexp(0, eta)
        return -float(np.log(np.exp(each) @ weights / np.sqrt(2 * np.pi)).sum())

    best = optimize.minimize(minus_log_likelihood, np.r_[np.zeros(6), np.ones(6)], method="BFGS", options={"gtol": 1e-6})
    found = fitted(cells, Model.TWO_PL)
    assert found.log_likelihood == pytest.approx(-best.fun, abs=1e-6)
    assert [item.discrimination for item in found.items] == pytest.approx(best.x[6:], abs=1e-4)
    assert [item.difficulty for item in found.items] == pytest.approx(-best.x[:6] / best.x[6:], abs=1e-4)
    steps = np.eye(12) * 1e-3
    hessian = [
        [
            sum(i * j * minus_log_likelihood(best.x + i * steps[a] + j * steps[b]) for i in (1, -1) for j in (1, -1)) / 4e-6
            for b in range(12)
        ]
        for a in range(12)
    ]
    errors = np.sqrt(np.diag(np.linalg.inv(np.array(hessian))))[6:]
    assert [item.discrimination_se for item in found.items] == pytest.approx(errors, rel=1e-3)


def test_very_many_questions_are_cut_to_those_with_most_answers() -> None:
    cells = synthetic(40, np.ones(MOST_QUESTIONS + 3), np.zeros(MOST_QUESTIONS + 3), 4)
    cells[0, :3] = np.nan
    data = patterns(table(cells))
    assert len(data.questions) == MOST_QUESTIONS
    assert [name for name, _ in data.left_out] == ["q1", "q2", "q3"]
    assert data.left_out[0][1] == f"A model takes the {MOST_QUESTIONS} questions with the most answers."
