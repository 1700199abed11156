"""The rows that count, question by question: sorted once, so that each question is a slice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from course.analytics.responses import Answer, Codes, Floats, Responses, counted


@dataclass(frozen=True, slots=True, eq=False)
class QuestionColumns:
    """One question's answers: points, the same people's other points and totals; `choice_of[i]` chose `choice[i]`."""

    number: int
    points: Floats
    rest: Floats
    total: Floats
    max: float
    attempt: Codes
    omitted: int
    choice_of: npt.NDArray[np.int64]
    choice: Codes
    variant: Codes | None


@dataclass(frozen=True, slots=True, eq=False)
class QuizColumns:
    """All questions, and each attempt's total in points over what it was given."""

    names: tuple[str, ...]
    options: tuple[str, ...]
    variants: tuple[str, ...]
    attempts: Codes
    """Codes of the attempts in which something counts."""
    totals: Floats
    """By attempt code, 0 for attempts that are not among `attempts`."""
    questions: tuple[QuestionColumns, ...]


def quiz_columns(responses: Responses) -> QuizColumns:
    """Rows that do not count are left out; omitted answers have 0 points."""
    kept = responses.where(counted(responses))
    points = np.where(kept.state == Answer.OMITTED, 0.0, kept.score)
    count = int(kept.attempt.max(initial=-1)) + 1
    totals = np.bincount(kept.attempt, points, minlength=count).astype(np.float64)
    attempts = np.flatnonzero(np.bincount(kept.attempt, minlength=count)).astype(np.int32)
    questions = tuple(_questions(kept, points, totals))
    return QuizColumns(kept.questions, kept.options, kept.variants, attempts, totals, questions)


def _questions(kept: Responses, points: Floats, totals: Floats) -> Iterator[QuestionColumns]:
    count = len(kept.questions)
    order = np.argsort(kept.question.astype(np.int16) if count < 2**15 else kept.question, kind="stable")
    bounds = np.r_[0, np.cumsum(np.bincount(kept.question, minlength=count))]
    more = _more(kept, order)
    for number in range(count):
        rows = order[bounds[number] : bounds[number + 1]]
        mine, attempt, total = points[rows], kept.attempt[rows], totals[kept.attempt[rows]]
        option = None if kept.option is None else kept.option[rows]
        chose = np.zeros(0, dtype=np.int64) if option is None else np.flatnonzero(option >= 0)
        choice = np.zeros(0, dtype=np.int32) if option is None else option[chose]
        if more is not None:
            low, high = np.searchsorted(more[0], bounds[number : number + 2])
            chose, choice = np.r_[chose, more[0][low:high] - bounds[number]], np.r_[choice, more[1][low:high]]
        yield QuestionColumns(
            number=number,
            points=mine,
            rest=total - mine,
            total=total,
            max=float(kept.max[rows].mean()) if len(rows) else 0.0,
            attempt=attempt,
            omitted=int((kept.state[rows] == Answer.OMITTED).sum()),
            choice_of=chose,
            choice=choice,
            variant=None if kept.variant is None else kept.variant[rows],
        )


def _more(kept: Responses, order: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], Codes] | None:
    """Further choices as (place in the sorted rows, option), by place."""
    if kept.more_rows is None or kept.more_options is None:
        return None
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    places = place[kept.more_rows]
    by_place = np.argsort(places, kind="stable")
    return places[by_place], kept.more_options[by_place]
