"""Invented learners: names, and abilities that statistics can be held against."""

from __future__ import annotations

import uuid
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


@dataclass(frozen=True, slots=True)
class Invented:
    """`ability` on the scale of section 6: 0 is the middle, the spread is 1. `diligence`: the chance to begin a piece of work."""

    id: str
    name: str
    email: str
    number: str
    ability: float
    diligence: float


def abilities(seed: int, learners: int) -> NDArray[np.float64]:
    """The abilities of a demo's learners: the same for the same seed, whatever the course holds."""
    return np.random.default_rng([seed, 1]).normal(0.0, 1.0, learners)


def invented(seed: int, learners: int) -> tuple[Invented, ...]:
    """The learners, by number. Ids follow from the seed, so that two demos with different seeds can stand side by side."""
    ability = abilities(seed, learners)
    rng = np.random.default_rng([seed, 2])
    diligence = np.clip(rng.beta(9, 1.2, learners), 0.05, 1.0)
    return tuple(
        Invented(
            str(uuid.uuid5(_SPACE, f"{seed}/{n}")),
            f"{_FIRST[(n * 7 + seed) % len(_FIRST)]} {_LAST[(n // len(_FIRST) + n * 3) % len(_LAST)]}",
            f"learner{n + 1:04}@example.org",
            f"D{n + 1:04}",
            float(ability[n]),
            float(diligence[n]),
        )
        for n in range(learners)
    )


def chance(ability: float, difficulty: str | None, guess: float) -> float:
    """The chance of a right answer: g + (1-g) logistic(1.2(theta - b)), b from the author's label (section 6 of the design)."""
    b = {"easy": -0.8, "hard": 0.8}.get(difficulty or "", 0.0)
    return guess + (1 - guess) / (1 + float(np.exp(-1.2 * (ability - b))))
