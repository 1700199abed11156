"""How often the 80 % interval of mastery holds the truth: learners drawn from a stated truth, answers from it, the interval from the model.

Under the model's own truth it must be near 80 %. Under others it shows what the assumptions are worth.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from course.learning.mastery import SLOPE, MasteryItem, chances, estimates, log_likelihoods


@dataclass(frozen=True, slots=True)
class Truth:
    """Where learners and answers are drawn from; the defaults are what the model assumes. `guess` is a factor on each question's g."""

    name: str
    mean: float = 0.0
    sd: float = 1.0
    slope: float = SLOPE
    guess: float = 1.0


TRUTHS: Final = (
    Truth("as the model assumes"),
    Truth("learners one SD better than the prior", mean=1.0),
    Truth("learners half as far apart", sd=0.5),
    Truth("learners half again as far apart", sd=1.5),
    Truth("questions that tell less (slope 0.8)", slope=0.8),
    Truth("questions that tell more (slope 1.8)", slope=1.8),
    Truth("nobody guesses", guess=0.0),
)

ANSWERS: Final = (3, 6, 12)
PRINTED: Final[Mapping[str, tuple[float, ...]]] = {
    "as the model assumes": (79.8, 81.4, 80.9),
    "learners one SD better than the prior": (67.4, 70.7, 74.1),
    "learners half as far apart": (91.7, 88.6, 85.4),
    "learners half again as far apart": (64.6, 69.1, 71.4),
    "questions that tell less (slope 0.8)": (87.5, 85.2, 82.8),
    "questions that tell more (slope 1.8)": (70.5, 73.2, 75.6),
    "nobody guesses": (71.7, 71.9, 72.2),
}
"""Per cent covered after so many answers, of 6,000 learners at the typical objective."""


def coverage(truth: Truth, items: Sequence[MasteryItem], answers: int, people: int, random: np.random.Generator) -> float:
    """Share of `people` whose interval, after first tries at the first `answers` questions, holds their true expected share."""
    b = np.array([item.difficulty for item in items])
    g = np.array([item.guess for item in items]) * truth.guess
    ability = random.normal(truth.mean, truth.sd, (people, 1))
    chance = g + (1 - g) / (1 + np.exp(-truth.slope * (ability - b)))
    learner, item = np.repeat(np.arange(people), answers), np.tile(np.arange(answers), people)
    score = (random.random(len(item)) < chance[learner, item]).astype(np.float64)
    curves = chances(items)
    likelihood = log_likelihoods(curves, learner, item, score, np.ones(len(item)), people)
    count = np.full(people, answers)
    found = estimates(curves, likelihood, count, count)
    return float(np.mean([m.low <= e <= m.high for m, e in zip(found, chance.mean(axis=1), strict=True)]))


def typical_objective() -> tuple[MasteryItem, ...]:
    """Twelve questions: easy, medium and hard, every other one with four options."""
    return tuple(MasteryItem(f"q{n}", (-0.8, 0.0, 0.8)[n % 3], (0.25, 0.0)[n % 2]) for n in range(12))
