"""One- and two-parameter logistic models by marginal maximum likelihood.

P(right) = 1 / (1 + exp(-a (theta - b))), theta normal with mean 0 and SD 1. In the 1PL model all questions share one a.
EM over 61 equally spaced nodes from -6 to 6 comes near, Newton's method on the marginal likelihood ends it (the last step
is below 1e-8), and the inverse of the same observed information gives the standard errors; those of b by the delta method.
What somebody has not seen has no part in the likelihood. There is no 3PL: guessing cannot be told from few hundred people.

Sources: Bock R.D. and Aitkin M. (1981) Psychometrika 46:443-459; Louis T.A. (1982) J R Stat Soc B 44:226-233.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import numpy as np

from course.analytics.gates import GATES, Gates
from course.analytics.patterns import Floats, Patterns

NODES: Final[Floats] = np.linspace(-6, 6, 61)
WEIGHTS: Final[Floats] = np.exp(-(NODES**2) / 2) / np.exp(-(NODES**2) / 2).sum()
_EM_STEPS: Final = 200
_NEAR: Final = 0.005
_NEWTON_STEPS: Final = 50
_DONE: Final = 1e-8
_BLOCK: Final = 400_000
_RUNAWAY: Final = 15.0
"""A slope or an intercept beyond it is on its way to infinity."""


class Model(StrEnum):
    ONE_PL = "one_pl"
    TWO_PL = "two_pl"


@dataclass(frozen=True, slots=True)
class ItemParameters:
    """`difficulty` b and `discrimination` a with standard errors; in the 1PL model a is that of all questions."""

    question: str
    difficulty: float
    difficulty_se: float
    discrimination: float
    discrimination_se: float


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A fitted model. `n`: people it is from, `of` how many there were. `abilities`: of each person, mean of the posterior."""

    model: Model
    n: int
    of: int
    log_likelihood: float
    items: tuple[ItemParameters, ...]
    left_out: tuple[tuple[str, str], ...]
    abilities: Floats
    patterns: Patterns = field(repr=False)


@dataclass(frozen=True, slots=True)
class NoFit:
    """Why there is no model."""

    model: Model
    n: int
    reason: str
    left_out: tuple[tuple[str, str], ...] = ()


def fit(data: Patterns, model: Model, gates: Gates = GATES) -> Fit | NoFit:
    """Fit a model; NoFit below its gate, for fewer than three questions, or when the estimates do not settle."""
    needed = gates.one_pl if model is Model.ONE_PL else gates.two_pl
    if data.n < needed:
        return NoFit(model, data.n, f"It needs {needed} learners; there are {data.n}.", data.left_out)
    if len(data.questions) < 3:
        return NoFit(model, data.n, "It needs at least three questions that some got right and some did not.", data.left_out)
    slopes, intercepts = _expectation_maximisation(data, model)
    settled = _newton(data, model, slopes, intercepts)
    if settled is None:
        return NoFit(model, data.n, "The estimates do not settle: too few answers, or answers that hang together perfectly.", data.left_out)
    slopes, intercepts, spread = settled
    posterior, log_likelihood = _posterior(data, slopes, intercepts)
    items = tuple(_item(name, j, slopes, intercepts, spread) for j, name in enumerate(data.questions))
    abilities = (posterior @ NODES)[data.row_of]
    return Fit(model, data.n, data.of, log_likelihood, items, data.left_out, abilities, data)


def chances(items: tuple[ItemParameters, ...], theta: Floats) -> Floats:
    """P(right), questions x abilities."""
    a = np.array([item.discrimination for item in items])[:, None]
    b = np.array([item.difficulty for item in items])[:, None]
    return np.asarray(_logistic(a * (theta[None, :] - b)), dtype=np.float64)


def _item(name: str, j: int, slopes: Floats, intercepts: Floats, spread: Floats) -> ItemParameters:
    k, a, d = len(slopes), float(slopes[j]), float(intercepts[j])
    by_intercept, by_slope = -1 / a, d / a**2
    var_d, var_a, shared = float(spread[j, j]), float(spread[k + j, k + j]), float(spread[j, k + j])
    var_b = by_intercept**2 * var_d + by_slope**2 * var_a + 2 * by_intercept * by_slope * shared
    return ItemParameters(name, -d / a, math.sqrt(max(var_b, 0.0)), a, math.sqrt(max(var_a, 0.0)))


def _logistic(x: Floats) -> Floats:
    return 0.5 * (1 + np.tanh(x / 2))


def _posterior(data: Patterns, slopes: Floats, intercepts: Floats) -> tuple[Floats, float]:
    """Rows x nodes, and the marginal log-likelihood."""
    eta = slopes[:, None] * NODES + intercepts[:, None]
    likelihood = data.right @ eta - data.seen @ np.logaddexp(0, eta) + np.log(WEIGHTS)
    top = likelihood.max(axis=1, keepdims=True)
    np.exp(likelihood - top, out=likelihood)
    total = likelihood.sum(axis=1, keepdims=True)
    likelihood /= total
    return likelihood, float(data.people @ (np.log(total) + top)[:, 0])


def _expectation_maximisation(data: Patterns, model: Model) -> tuple[Floats, Floats]:
    """From ones and logits until a step is small, or it has gone on long enough for Newton to try."""
    seen, hits = data.people @ data.seen, data.people @ data.right
    slopes, intercepts = np.ones(len(hits)), np.log((hits + 0.5) / (seen - hits + 0.5)) * 1.15
    for _ in range(_EM_STEPS):
        posterior, _ = _posterior(data, slopes, intercepts)
        weighted = posterior * data.people[:, None]
        n, r = data.seen.T @ weighted, data.right.T @ weighted
        before = np.r_[slopes, intercepts]
        for _ in range(3):
            slopes, intercepts = _maximise(n, r, slopes, intercepts, model)
        if np.abs(np.r_[slopes, intercepts] - before).max() < _NEAR or np.abs(slopes).max() > _RUNAWAY:
            break
    return slopes, intercepts


def _maximise(n: Floats, r: Floats, slopes: Floats, intercepts: Floats, model: Model) -> tuple[Floats, Floats]:
    """One Newton step on the expected counts, at most one unit long."""
    p = _logistic(slopes[:, None] * NODES + intercepts[:, None])
    residual, weight = r - n * p, n * p * (1 - p) + 1e-12
    by_d, by_a = residual.sum(axis=1), residual @ NODES
    dd, da, aa = weight.sum(axis=1), weight @ NODES, weight @ NODES**2
    if model is Model.TWO_PL:
        determinant = dd * aa - da**2
        step_a, step_d = (dd * by_a - da * by_d) / determinant, (aa * by_d - da * by_a) / determinant
    else:
        step_a = np.full(len(dd), (by_a.sum() - (da / dd * by_d).sum()) / (aa.sum() - (da**2 / dd).sum()))
        step_d = (by_d - da * step_a) / dd
    return slopes + np.clip(step_a, -1, 1), intercepts + np.clip(step_d, -1, 1)


def _newton(data: Patterns, model: Model, slopes: Floats, intercepts: Floats) -> tuple[Floats, Floats, Floats] | None:
    """The maximum, and the covariance of all intercepts and slopes there; None when there is none to be found.

    The information is kept from step to step while each is less than a quarter of the one before.
    """
    k = len(slopes)
    free = np.eye(2 * k) if model is Model.TWO_PL else np.c_[np.eye(2 * k)[:, :k], np.r_[np.zeros(k), np.ones(k)]]
    spread, size = _inverse(data, slopes, intercepts, free), math.inf
    for _ in range(_NEWTON_STEPS):
        if spread is None:
            return None
        step = _up(data, slopes, intercepts, spread @ _gradient(data, slopes, intercepts))
        slopes, intercepts = slopes + step[k:], intercepts + step[:k]
        if max(np.abs(slopes).max(), np.abs(intercepts).max()) > _RUNAWAY or np.abs(slopes).min() < 1e-6:
            return None
        before, size = size, float(np.abs(step).max())
        if size < _DONE:
            spread = _inverse(data, slopes, intercepts, free)
            return None if spread is None else (slopes, intercepts, spread)
        if size > before / 4:
            spread = _inverse(data, slopes, intercepts, free)
    return None


def _inverse(data: Patterns, slopes: Floats, intercepts: Floats, free: Floats) -> Floats | None:
    """Of the information in the free parameters, spread out over all; None where it is no maximum's."""
    try:
        spread = np.linalg.inv(free.T @ _information(data, slopes, intercepts) @ free)
        np.linalg.cholesky(spread)
    except np.linalg.LinAlgError:
        return None
    return np.asarray(free @ spread @ free.T)


def _up(data: Patterns, slopes: Floats, intercepts: Floats, step: Floats) -> Floats:
    """The step, halved until the likelihood does not fall."""
    k = len(slopes)
    _, height = _posterior(data, slopes, intercepts)
    for _ in range(30):
        _, reached = _posterior(data, slopes + step[k:], intercepts + step[:k])
        if reached >= height - 1e-12 * abs(height):
            break
        step = step / 2
    return step


def _gradient(data: Patterns, slopes: Floats, intercepts: Floats) -> Floats:
    """Of the marginal log-likelihood in (intercepts, slopes)."""
    posterior, _ = _posterior(data, slopes, intercepts)
    return np.asarray(data.people @ _mean_scores(data, posterior, _curves(slopes, intercepts)))


def _information(data: Patterns, slopes: Floats, intercepts: Floats) -> Floats:
    """Observed information in (intercepts, slopes): that of known abilities less what is lost by not knowing them."""
    posterior, _ = _posterior(data, slopes, intercepts)
    p = _curves(slopes, intercepts)
    weighted = posterior * data.people[:, None]
    mean = _mean_scores(data, posterior, p)
    lost = _in_blocks(_squares(data, weighted, p)) - mean.T @ (mean * data.people[:, None])
    weight = (data.seen.T @ weighted) * p * (1 - p)
    return _in_blocks([np.diag(weight @ NODES**m) for m in range(3)]) - lost


def _curves(slopes: Floats, intercepts: Floats) -> Floats:
    return _logistic(slopes[:, None] * NODES + intercepts[:, None])


def _mean_scores(data: Patterns, posterior: Floats, p: Floats) -> Floats:
    """Rows x (intercepts, slopes): the derivative of the row's log-likelihood."""
    return np.hstack([data.right * (posterior @ NODES**m)[:, None] - data.seen * (posterior @ (p * NODES**m).T) for m in range(2)])


def _squares(data: Patterns, weighted: Floats, p: Floats) -> list[Floats]:
    """For m = 0, 1, 2: sum over people and nodes of weight x theta^m x one question's residual x another's."""
    right, seen = data.right, data.seen
    together = _mass_of_pairs(data, weighted)
    found = []
    for m in range(3):
        at = NODES**m
        crossed = right.T @ (seen * (weighted @ (p * at).T))
        both = right.T @ (right * (weighted @ at)[:, None])
        found.append(both - crossed - crossed.T + np.einsum("iq,jq,ijq->ij", p * at, p, together, optimize=True))
    return found


def _mass_of_pairs(data: Patterns, weighted: Floats) -> Floats:
    """Questions x questions x nodes: the weight at each node of those who have seen both."""
    alike, group = data.alike
    k = alike.shape[1]
    mass = np.zeros((len(alike), len(NODES)))
    np.add.at(mass, group, weighted)
    one, other = np.triu_indices(k)
    found = np.zeros((len(one), len(NODES)))
    block = max(1, _BLOCK // len(one))
    for start in range(0, len(alike), block):
        rows = alike[start : start + block]
        found += (rows[:, one] * rows[:, other]).T @ mass[start : start + block]
    square = np.empty((k, k, len(NODES)))
    square[one, other] = square[other, one] = found
    return square


def _in_blocks(moments: list[Floats]) -> Floats:
    """From the moments 0, 1 and 2 of theta to a matrix over (intercepts, slopes)."""
    return np.block([[moments[0], moments[1]], [moments[1], moments[2]]])
