"""When a person's mark of an answer is final: one grader, a second one, and who decides when they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

APART: Final = 0.2
"""Two marks differ when they lie further apart than this share of the points."""
_SLACK: Final = 1e-9


class Waiting(StrEnum):
    """What an answer waits for."""

    FIRST_MARK = "first mark"
    SECOND_MARK = "second mark"
    DECIDING_MARK = "deciding mark"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class HandMark:
    """What one grader gave: points by criterion, and the share of the question's points that they come to.

    `grader` tells the graders of one answer apart: the id of an account, or the name that was typed on the command line.
    `wants_second`: the grader asks for a second mark before anything is final. `name`: the grader's, to be shown to graders.
    """

    grader: str
    at: datetime
    points: Mapping[str, float]
    share: float
    comment: str = ""
    wants_second: bool = False
    person: str | None = None
    """The grader's id; None on the command line, and once they are erased."""
    name: str = ""

    @property
    def by(self) -> str:
        """The grader as other graders read it."""
        return self.name or ("somebody without a name" if self.person else self.grader)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The mark that counts (None: none yet), what is still awaited, and every grader's present mark in the order they came."""

    final: HandMark | None
    waiting: Waiting
    marks: tuple[HandMark, ...] = field(default=())


def verdict(log: Sequence[HandMark]) -> Verdict:
    """Judge the marks of one answer, oldest first. A grader's later mark replaces their earlier one.

    One mark is final unless its grader wants a second. A second within 20 % of the points confirms the first, which counts.
    Further apart, a third grader's mark decides, and until then nothing is final. What has once been final stands until
    it is decided: a learner has seen it.
    """
    present: dict[str, HandMark] = {}
    stands: str | None = None
    for one in log:
        present[one.grader] = one
        stands = _counting(tuple(present.values()), stands)
    marks = tuple(present.values())
    return Verdict(present[stands] if stands is not None else None, _awaited(marks, stands), marks)


def agree(one: HandMark, other: HandMark) -> bool:
    """Whether two marks lie within 20 % of the points of each other."""
    return abs(one.share - other.share) <= APART + _SLACK


def _counting(marks: Sequence[HandMark], before: str | None) -> str | None:
    """The grader whose mark counts now; `before`: whose counted until this one came."""
    if len(marks) > 2:
        return marks[2].grader
    if len(marks) == 2:
        return marks[0].grader if agree(*marks) else before
    return before if marks[0].wants_second else marks[0].grader


def _awaited(marks: Sequence[HandMark], stands: str | None) -> Waiting:
    if not marks:
        return Waiting.FIRST_MARK
    if len(marks) == 2 and not agree(*marks):
        return Waiting.DECIDING_MARK
    return Waiting.SECOND_MARK if stands is None else Waiting.NOTHING
