"""Answers as columns: what storage or a CSV hands over, and which rows of it an analysis is over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


class Answer(IntEnum):
    """What became of a question that stood in an attempt."""

    ANSWERED = 0
    OMITTED = 1
    """Seen and left blank: counts 0."""
    NOT_REACHED = 2
    """The attempt ended before it: missing."""
    NOT_PRESENTED = 3
    """Not drawn, or skipped at its notice: missing."""


class Attempts(StrEnum):
    """Which graded attempts of a learner are analysed."""

    FIRST = "first"
    LAST = "last"
    ALL = "all"


@dataclass(frozen=True, slots=True, eq=False)
class Responses:
    """A long table, one row a question of an attempt; equal lengths. Codes index the tuple of names beside them.

    `attempt`: 0, 1, ... in the order they were made. `score` and `max` in points; a score that is not there yet is NaN.
    `option`: what was chosen, -1 for nothing or no options; `more_rows` and `more_options` add further choices of a row
    where several may be chosen. `seconds`: time on the question. `variant`: which drawn numbers, -1 for none.
    """

    questions: tuple[str, ...]
    attempt: Codes
    learner: Codes
    question: Codes
    score: Floats
    max: Floats
    state: npt.NDArray[np.int8]
    options: tuple[str, ...] = ()
    option: Codes | None = None
    more_rows: npt.NDArray[np.int64] | None = None
    more_options: Codes | None = None
    seconds: Floats | None = None
    variants: tuple[str, ...] = ()
    variant: Codes | None = None

    def __len__(self) -> int:
        return len(self.attempt)

    def where(self, rows: Mask) -> Responses:
        """The same table with some of its rows; names and codes stay."""
        if rows.all():
            return self
        place = np.cumsum(rows, dtype=np.int64) - 1
        kept = None if self.more_rows is None else rows[self.more_rows]
        return replace(
            self,
            attempt=self.attempt[rows],
            learner=self.learner[rows],
            question=self.question[rows],
            score=self.score[rows],
            max=self.max[rows],
            state=self.state[rows],
            option=None if self.option is None else self.option[rows],
            more_rows=None if self.more_rows is None else place[self.more_rows[kept]],
            more_options=None if self.more_options is None else self.more_options[kept],
            seconds=None if self.seconds is None else self.seconds[rows],
            variant=None if self.variant is None else self.variant[rows],
        )


_WAITING: Final = 0


def attempt_numbers(responses: Responses) -> npt.NDArray[np.int32]:
    """For each attempt code: the how-manieth graded attempt of its learner it is, from 1; 0 when nothing in it is graded."""
    count = int(responses.attempt.max(initial=-1)) + 1
    owner = np.full(count, -1, dtype=np.int32)
    owner[responses.attempt] = responses.learner
    graded = np.zeros(count, dtype=bool)
    graded[responses.attempt[counted(responses)]] = True
    attempts = np.flatnonzero(graded)
    attempts = attempts[np.argsort(owner[attempts], kind="stable")]
    owners = owner[attempts]
    starts = np.flatnonzero(np.r_[True, owners[1:] != owners[:-1]]) if len(owners) else np.zeros(0, dtype=np.int64)
    numbers = np.full(count, _WAITING, dtype=np.int32)
    numbers[attempts] = np.arange(len(attempts)) - np.repeat(starts, np.diff(np.r_[starts, len(attempts)])) + 1
    return numbers


def chosen_attempts(responses: Responses, which: Attempts) -> Responses:
    """The rows of the first, the last or all graded attempts of each learner."""
    numbers = attempt_numbers(responses)
    match which:
        case Attempts.FIRST:
            kept = numbers == 1
        case Attempts.ALL:
            kept = numbers > _WAITING
        case Attempts.LAST:
            highest = np.zeros(int(responses.learner.max(initial=-1)) + 1, dtype=np.int32)
            np.maximum.at(highest, responses.learner, numbers[responses.attempt])
            last = np.zeros(len(numbers), dtype=bool)
            last[responses.attempt] = highest[responses.learner] == numbers[responses.attempt]
            kept = last & (numbers > _WAITING)
    return responses.where(kept[responses.attempt])


def counted(responses: Responses) -> Mask:
    """Rows that count: answered with a score, or omitted. Not reached, not presented and not yet graded are missing."""
    rows: Mask = (responses.state == Answer.OMITTED) | ((responses.state == Answer.ANSWERED) & ~np.isnan(responses.score))
    return rows
