"""How sure the learner is of an answer, and whether they are right about that (DESIGN section 6).

**Mark.** Certainty 1, 2, 3 earns +1, +2, +3 when the answer is right and 0, -2, -6 when it is wrong, so that stating what
one believes pays best: 1 below a chance of 2/3 of being right, 2 up to 4/5, 3 above. A partly right answer earns its share
of the mark for right, as Moodle does (question_cbm::adjust_fraction); one with a score of 0 or less counts as wrong. The
mark stands beside the score and never changes it.

**Calibration.** A level says that the chance lies in a range; 0.5, 0.75 and 0.9 stand for the three: the middles between
even chance at a guess among three (1/3) and 2/3, between 2/3 and 4/5 (0.73), and between 4/5 and 1. Right is a full score.
The Brier score is the mean of (stated chance - 1 when right, else 0)^2: 0 is best, 0.25 is what saying "half" to everything gets.

Sources: Gardner-Medwin A.R. (2006) Confidence-based marking, in Bryan and Clegg (eds) Innovative Assessment in Higher
Education, Routledge (marks, 67 % and 80 %); Brier G.W. (1950) Monthly Weather Review 78:1-3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Level:
    """One step of certainty. `stated`: the chance of being right that it stands for."""

    number: int
    stated: float
    if_right: float
    if_wrong: float


LEVELS: Final = (Level(1, 0.5, 1, 0), Level(2, 0.75, 2, -2), Level(3, 0.9, 3, -6))
SURE: Final = LEVELS[-1].number
"""The level at which a wrong answer is worth talking about."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A graded answer with its certainty. `score` is a fraction of 1."""

    certainty: int
    score: float
    right: bool


@dataclass(frozen=True, slots=True)
class AtLevel:
    """The answers given with one certainty."""

    level: Level
    answered: int
    right: int


@dataclass(frozen=True, slots=True)
class Confidence:
    """All answers with a certainty: the mark, the most it could be, plain accuracy beside it, and each level."""

    mark: float
    most: float
    answered: int
    right: int
    brier: float
    levels: tuple[AtLevel, ...]

    @property
    def accuracy(self) -> float:
        """Share of answers that were right."""
        return self.right / self.answered


def certainty_mark(score: float, certainty: int) -> float:
    """What one answer earns. Raises ValueError for a certainty that is not 1, 2 or 3."""
    level = _level(certainty)
    return level.if_right * min(score, 1.0) if score > 0 else level.if_wrong


def confidence(answers: Sequence[Stated]) -> Confidence | None:
    """None without any answer."""
    if not answers:
        return None
    return Confidence(
        mark=sum(certainty_mark(a.score, a.certainty) for a in answers),
        most=LEVELS[-1].if_right * len(answers),
        answered=len(answers),
        right=sum(a.right for a in answers),
        brier=sum((_level(a.certainty).stated - a.right) ** 2 for a in answers) / len(answers),
        levels=tuple(_at(level, [a for a in answers if a.certainty == level.number]) for level in LEVELS),
    )


def certain_and_wrong(answer: Stated) -> bool:
    return answer.certainty == SURE and not answer.right


def _at(level: Level, answers: Sequence[Stated]) -> AtLevel:
    return AtLevel(level, len(answers), sum(a.right for a in answers))


def _level(certainty: int) -> Level:
    for level in LEVELS:
        if level.number == certainty:
            return level
    raise ValueError(f"certainty is 1, 2 or 3, not {certainty}")
