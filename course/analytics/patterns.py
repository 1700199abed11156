"""Right or wrong, person by question: what item response models are fitted to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from course.analytics.responses import Answer, Responses, counted

Floats = npt.NDArray[np.float64]
MOST_PEOPLE: Final = 10_000
"""More are thinned evenly: a difficulty is known to 0.03 by then, and its fit would only take longer."""
MOST_QUESTIONS: Final = 300
"""The work grows with their square."""
_SLACK: Final = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Patterns:
    """People with the same answers are one row, `people` says how many; `right` and `seen` are 0 or 1, rows x questions.

    `left_out`: question and why it is in no model. `of`: people before thinning. `row_of[i]`: the row of person i.
    """

    questions: tuple[str, ...]
    max: Floats
    right: Floats
    seen: Floats
    people: Floats
    of: int
    row_of: npt.NDArray[np.int64]
    alike: tuple[Floats, npt.NDArray[np.int64]]
    """The different rows of `seen`, and which of them each row has."""
    left_out: tuple[tuple[str, str], ...] = ()

    @property
    def n(self) -> int:
        return len(self.row_of)


def patterns(responses: Responses) -> Patterns:
    """Right is full points; partly right is wrong. Questions without points, or that all got right or all wrong, are left out."""
    kept = responses.where(counted(responses))
    right = (kept.score >= kept.max - _SLACK) & (kept.state == Answer.ANSWERED)
    count = len(kept.questions)
    n = np.bincount(kept.question, minlength=count)
    hits = np.bincount(kept.question, right, minlength=count)
    worth = np.bincount(kept.question, kept.max, minlength=count) / np.maximum(n, 1)
    useful = (worth > 0) & (hits > 0) & (hits < n)
    used = useful & (np.argsort(np.argsort(np.where(useful, -n, 1), kind="stable")) < MOST_QUESTIONS)
    left_out = tuple((kept.questions[q], _why(int(n[q]), float(worth[q]), float(hits[q]))) for q in np.flatnonzero(~used))
    cells, of = _cells(kept, right, used)
    rows, place, people = _together(cells)
    names = tuple(kept.questions[q] for q in np.flatnonzero(used))
    seen, group, _ = _together((rows >= 0).astype(np.int8))
    return Patterns(
        questions=names,
        max=worth[used],
        right=(rows == 1).astype(float),
        seen=(rows >= 0).astype(float),
        people=people.astype(float),
        of=of,
        row_of=place,
        alike=(seen.astype(float), group),
        left_out=left_out,
    )


def _why(n: int, worth: float, hits: float) -> str:
    if n == 0:
        return "Nobody answered it."
    if worth <= 0:
        return "The question carries no points."
    if 0 < hits < n:
        return f"A model takes the {MOST_QUESTIONS} questions with the most answers."
    return "Everybody has it right." if hits == n else "Nobody has full points on it."


def _cells(kept: Responses, right: npt.NDArray[np.bool_], used: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.int8], int]:
    """1 right, 0 wrong, -1 not seen; a row each attempt that has any of the questions, thinned evenly."""
    rows = used[kept.question]
    attempts = np.flatnonzero(np.bincount(kept.attempt[rows]))
    of = len(attempts)
    if of > MOST_PEOPLE:
        attempts = attempts[np.linspace(0, of - 1, MOST_PEOPLE).round().astype(np.int64)]
    row_of = np.full(int(kept.attempt.max(initial=-1)) + 1, -1, dtype=np.int64)
    row_of[attempts] = np.arange(len(attempts))
    rows &= row_of[kept.attempt] >= 0
    column_of = np.cumsum(used) - 1
    cells = np.full((len(attempts), int(used.sum())), -1, dtype=np.int8)
    cells[row_of[kept.attempt[rows]], column_of[kept.question[rows]]] = right[rows]
    return cells, of


def _together(
    cells: npt.NDArray[np.int8],
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    if cells.size == 0:
        return cells, np.zeros(len(cells), dtype=np.int64), np.ones(len(cells), dtype=np.int64)
    rows, place, people = np.unique(cells, axis=0, return_inverse=True, return_counts=True)
    return rows, place.reshape(-1).astype(np.int64), people.astype(np.int64)
