"""Difficulties for the mastery model, estimated from first attempts.

A one-parameter model in the form that mastery uses: slope 1.2, each question's own chance of guessing, ability standard
normal. Marginal maximum likelihood by EM over 61 nodes; with the slope given it settles in a few dozen steps. Estimates stay
within -4 and 4. A calibration has an id and a day, so that an estimate of mastery can say which it was computed with, and
others' answers move nobody's mastery until a new one is made.

Source: Bock R.D. and Aitkin M. (1981) Psychometrika 46:443-459.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from course.analytics.irt import NODES, WEIGHTS
from course.analytics.patterns import Floats, Patterns, patterns
from course.analytics.responses import Attempts, Responses, chosen_attempts
from course.learning.mastery import CALIBRATED_FROM, SLOPE

_STEPS: Final = 500
_DONE: Final = 1e-6
_FAR: Final = 4.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """`difficulties`: of questions with at least 30 first attempts; `answers`: how many each is from."""

    id: str
    on: date
    difficulties: Mapping[str, float]
    answers: Mapping[str, int]


def calibrate(responses: Responses, guess: Mapping[str, float], id: str, on: date) -> Calibration:
    """Estimate what can be estimated. `guess`: by question, 0 for those not named."""
    data = patterns(chosen_attempts(responses, Attempts.FIRST))
    answers = dict(zip(data.questions, (data.people @ data.seen).astype(int).tolist(), strict=True))
    found = _difficulties(data, np.array([guess.get(name, 0.0) for name in data.questions])) if data.questions else np.zeros(0)
    enough = [name for name in data.questions if answers[name] >= CALIBRATED_FROM]
    place = {name: number for number, name in enumerate(data.questions)}
    return Calibration(id, on, {name: float(found[place[name]]) for name in enough}, {name: answers[name] for name in enough})


def _difficulties(data: Patterns, guess: Floats) -> Floats:
    g, b = guess[:, None], np.zeros((len(guess), 1))
    for _ in range(_STEPS):
        curve = 1 / (1 + np.exp(-SLOPE * (NODES - b)))
        p = g + (1 - g) * curve
        likelihood = data.right @ np.log(p) + (data.seen - data.right) @ np.log1p(-p) + np.log(WEIGHTS)
        posterior = np.exp(likelihood - likelihood.max(axis=1, keepdims=True))
        posterior *= (data.people / posterior.sum(axis=1))[:, None]
        n, r = data.seen.T @ posterior, data.right.T @ posterior
        slope = -SLOPE * (1 - g) * curve * (1 - curve)
        gradient = ((r - n * p) / (p * (1 - p)) * slope).sum(axis=1)
        information = (n / (p * (1 - p)) * slope**2).sum(axis=1)
        step = np.clip(gradient / information, -1, 1)[:, None]
        before, b = b, np.clip(b + step, -_FAR, _FAR)
        if np.abs(b - before).max() < _DONE:
            break
    return np.asarray(b[:, 0])
