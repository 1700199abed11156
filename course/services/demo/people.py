"""Invented learners: names, and abilities that statistics can be held against."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

_FIRST: Final = (
    "Ada", "Bilal", "Carmen", "Dewi", "Elif", "Femi", "Greta", "Hamid", "Ines", "Jonas", "Kofi", "Leila", "Mina", "Noor", "Oskar",
    "Priya", "Quentin", "Rosa", "Sami", "Tomas", "Uma", "Vera", "Wanda", "Xenia", "Yusuf", "Zoltan",
)  # fmt: skip
_LAST: Final = (
    "Adeyemi", "Bianchi", "Chen", "Dlamini", "Evans", "Farah", "Gruber", "Haddad", "Iqbal", "Jensen", "Kaur", "Lopez", "Moreau",
    "Nowak", "Okafor", "Petrov", "Quist", "Rossi", "Silva", "Tanaka", "Ueda", "Vogel", "Weber", "Xu", "Yilmaz", "Zimmer",
)  # fmt: skip
_SPACE: Final = uuid.UUID("6f1c2f0e-6f3b-4f5e-9b57-0a4c1d2e3f40")
LEAVING: Final = 0.18
"""The share of learners who stop for good on the way."""
HELD_BY: Final = (0.1, 0.5)
"""The share of learners who hold a misconception lies between these, for each its own."""


@dataclass(frozen=True, slots=True)
class Invented:
    """`ability` on the scale of section 6: 0 is the middle, the spread is 1. `diligence`: the chance to begin a piece of work.

    `leaves`: the share of the course's time after which nothing more is done; 1 stays to the end.
    """

    id: str
    name: str
    email: str
    number: str
    ability: float
    diligence: float
    leaves: float = 1.0


def abilities(seed: int, learners: int, year: int = 0) -> NDArray[np.float64]:
    """The abilities of a demo's learners: the same for the same seed, whatever the course holds."""
    return np.random.default_rng([seed, 1 + 10 * year]).normal(0.0, 1.0, learners)


def invented(seed: int, learners: int, year: int = 0) -> tuple[Invented, ...]:
    """The learners, by number. Ids follow from the seed, so that two demos with different seeds can stand side by side.

    `year`: 0 is the class of today, 1 the one before it. The first learner stays and does everything.
    """
    ability = abilities(seed, learners, year)
    rng = np.random.default_rng([seed, 2 + 10 * year])
    diligence = np.clip(rng.beta(9, 1.2, learners), 0.05, 1.0)
    leaves = np.where(rng.random(learners) < LEAVING, rng.uniform(0.1, 0.8, learners), 1.0)
    mark = "" if year == 0 else f"earlier-{year}/"
    return tuple(
        Invented(
            str(uuid.uuid5(_SPACE, f"{seed}/{mark}{n}")),
            f"{_FIRST[(n * 7 + seed + 5 * year) % len(_FIRST)]} {_LAST[(n // len(_FIRST) + n * 3 + 11 * year) % len(_LAST)]}",
            f"{'learner' if year == 0 else 'former'}{n + 1:04}@example.org",
            f"{'D' if year == 0 else 'E'}{n + 1:04}",
            float(ability[n]),
            float(diligence[n]) if n else 1.0,
            float(leaves[n]) if n else 1.0,
        )
        for n in range(learners)
    )


def beliefs(seed: int, people: Iterable[Invented], misconceptions: Iterable[str]) -> frozenset[tuple[str, str]]:
    """Who holds which misconception for certain: pairs of a learner's id and a misconception's."""
    rng = np.random.default_rng([seed, 4])
    ids, names = [p.id for p in people], sorted(misconceptions)
    rates = rng.uniform(*HELD_BY, len(names))
    held = rng.random((len(ids), len(names))) < rates
    return frozenset((ids[row], names[column]) for row, column in np.argwhere(held).tolist())


def chance(ability: float, difficulty: str | None, guess: float, harder: float = 0.0) -> float:
    """The chance of a right answer: g + (1-g) logistic(1.2(theta - b)), b from the author's label (section 6 of the design) and `harder`."""
    b = {"easy": -0.8, "hard": 0.8}.get(difficulty or "", 0.0) + harder
    return guess + (1 - guess) / (1 + float(np.exp(-1.2 * (ability - b))))
