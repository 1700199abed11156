"""Tables of answers for the tests, and published data sets with their source.

`reference/lsat6.csv`, `lsat7.csv`: five questions of the Law School Admission Test, sections 6 and 7, 1,000 people each
(Bock R.D. and Lieberman M. 1970, Psychometrika 35:179-197); expected values computed in R with ltm and psych.
`reference/moodle.csv`: second line the maxima, then 22 people, from Moodle's test of its quiz statistics, with the values it expects.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from course.analytics.responses import Answer, Responses

REFERENCE = Path(__file__).parent / "reference"


def table(scores: Sequence[Sequence[float | None]] | npt.NDArray[np.float64], maxima: Sequence[float] | None = None) -> Responses:
    """People x questions as one attempt each; None and NaN: not presented."""
    cells = np.array([[np.nan if cell is None else cell for cell in row] for row in scores], dtype=float)
    if cells.ndim < 2:
        cells = cells.reshape(len(scores), 0)
    people, questions = cells.shape
    state = np.where(np.isnan(cells), Answer.NOT_PRESENTED, Answer.ANSWERED)
    person = np.repeat(np.arange(people, dtype=np.int32), questions)
    return Responses(
        questions=tuple(f"q{number + 1}" for number in range(questions)),
        attempt=person,
        learner=person,
        question=np.tile(np.arange(questions, dtype=np.int32), people),
        score=cells.ravel(),
        max=np.tile(np.array(maxima if maxima is not None else [1.0] * questions), people),
        state=state.ravel().astype(np.int8),
    )


def lsat(section: int) -> Responses:
    with (REFERENCE / f"lsat{section}.csv").open(encoding="utf-8") as file:
        rows = [[float(c) for c in row["pattern"]] for row in csv.DictReader(file) for _ in range(int(row["people"]))]
    return table(rows)


def moodle() -> Responses:
    with (REFERENCE / "moodle.csv").open(encoding="utf-8") as file:
        _, maxima, *rows = list(csv.reader(file))
    return table([[float(cell) for cell in row] for row in rows], [float(cell) for cell in maxima])


def synthetic(people: int, slopes: npt.NDArray[np.float64], difficulties: npt.NDArray[np.float64], seed: int) -> npt.NDArray[np.float64]:
    """Right (1) and wrong (0) of people whose ability is drawn from a standard normal, by the logistic model."""
    rng = np.random.default_rng(seed)
    chance = 1 / (1 + np.exp(-slopes * (rng.standard_normal((people, 1)) - difficulties)))
    return (rng.random(chance.shape) < chance).astype(float)
