"""What a number of answers is enough for (`docs/statistics.md`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Gates:
    """Answers needed for statistics, for flags, and learners for each item response model.

    `people`: learners that a mean over learners needs, and each side where two groups of them are held against one another.
    """

    people: int = 5
    statistics: int = 10
    flags: int = 30
    one_pl: int = 30
    two_pl: int = 200


GATES: Final = Gates()


def too_few(n: int, needed: int) -> str:
    """The reason of a statistic below its gate."""
    return f"{n} of the {needed} answers that it needs: only counts are shown." if n else "Nobody answered it."


def too_few_people(n: int, needed: int, who: str = "learners") -> str:
    """The same for people; `who`: which of them count."""
    return f"{n} of the {needed} {who} that it needs."
