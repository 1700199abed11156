"""A cohort at once is everybody alone; difficulties come back from answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pytest

from course.analytics.cohort_mastery import cohort_mastery
from course.analytics.difficulty_calibration import calibrate
from course.analytics.rollups import AnswerSums, answer_sums
from course.learning.mastery import SLOPE, Evidence, MasteryItem, MasteryState, mastery, weight_of
from tests.unit.analytics.tables import table

ITEMS = {
    "block": [MasteryItem("q0", -0.8, 0.25), MasteryItem("q1", 0.0), MasteryItem("q2", 0.8, 0.5), MasteryItem("unasked", 0.0)],
    "use": [MasteryItem("q3", 0.0, 0.25), MasteryItem("q4", 0.8)],
    "empty": [],
}
QUESTIONS = ("q4", "q3", "q2", "q1", "q0", "elsewhere")


@dataclass(frozen=True)
class Log:
    """Answers in order of time."""

    learner: npt.NDArray[np.int32]
    question: npt.NDArray[np.int32]
    score: npt.NDArray[np.float64]
    hinted: npt.NDArray[np.bool_]

    def sums(self) -> AnswerSums:
        return answer_sums(self.learner, self.question, self.score, self.hinted, ~self.hinted)

    def of(self, learner: int) -> Iterator[Evidence]:
        seen: set[int] = set()
        for row in np.flatnonzero(self.learner == learner):
            question = int(self.question[row])
            weight = weight_of(first=question not in seen, hinted=bool(self.hinted[row]))
            seen.add(question)
            yield Evidence(QUESTIONS[question], self.score[row], weight)


def log(rows: int, learners: int, seed: int = 1) -> Log:
    rng = np.random.default_rng(seed)
    return Log(
        rng.integers(0, learners, rows).astype(np.int32),
        rng.integers(0, len(QUESTIONS), rows).astype(np.int32),
        rng.choice([-0.5, 0.0, 0.5, 1.0], rows),
        rng.random(rows) < 0.2,
    )


def test_a_cohort_is_everybody_alone() -> None:
    answers = log(300, 12)
    found = cohort_mastery(answers.sums(), ITEMS, QUESTIONS, 12, "cal-1")
    assert [row.objective for row in found] == ["block", "use"]
    for row in found:
        for learner, estimate in enumerate(row.learners):
            alone = mastery(ITEMS[row.objective], answers.of(learner), "cal-1")
            assert alone is not None
            assert (estimate.questions, estimate.answers, estimate.state, estimate.calibration) == (
                alone.questions,
                alone.answers,
                alone.state,
                "cal-1",
            )
            assert (estimate.share, estimate.low, estimate.high, estimate.chance) == pytest.approx(
                (alone.share, alone.low, alone.high, alone.chance)
            )


def test_states_are_counted_and_the_mean_is_of_those_with_evidence() -> None:
    row = cohort_mastery(log(300, 12).sums(), ITEMS, QUESTIONS, 15)[0]
    known = [m.share for m in row.learners if m.state is not MasteryState.UNKNOWN]
    assert sum(row.states.values()) == 15
    assert row.states[MasteryState.UNKNOWN] >= 3
    assert (row.mean_share.n, row.mean_share.value) == (len(known), pytest.approx(np.mean(known)))


def test_a_mean_needs_five_learners_with_enough_evidence() -> None:
    rows = [cohort_mastery(log(300, 12).sums(), ITEMS, QUESTIONS, 12)[0], cohort_mastery(log(120, 4).sums(), ITEMS, QUESTIONS, 4)[0]]
    assert rows[0].mean_share.value is not None
    assert (rows[1].mean_share.n, rows[1].mean_share.value) == (4, None)
    assert rows[1].mean_share.reason == "4 of the 5 learners with enough evidence that it needs."


def test_nobody_and_nothing() -> None:
    nobody = cohort_mastery(log(0, 1).sums(), ITEMS, QUESTIONS, 0)[0]
    assert (nobody.learners, nobody.mean_share.value, bool(nobody.mean_share.reason)) == ((), None, True)
    silent = cohort_mastery(log(0, 1).sums(), ITEMS, QUESTIONS, 3)[0]
    assert silent.states == {MasteryState.UNKNOWN: 3}


def test_difficulties_come_back_from_answers() -> None:
    rng = np.random.default_rng(8)
    b, g = np.linspace(-1.5, 1.5, 7), np.array([0.0, 0.25, 0.5, 0.25, 0.0, 0.2, 0.25])
    chance = g + (1 - g) / (1 + np.exp(-SLOPE * (rng.standard_normal((4000, 1)) - b)))
    found = calibrate(
        table((rng.random(chance.shape) < chance).astype(float)), {f"q{n + 1}": x for n, x in enumerate(g)}, "c1", date(2026, 11, 1)
    )
    assert list(found.difficulties.values()) == pytest.approx(b, abs=0.15)
    assert (found.id, found.on, set(found.answers.values())) == ("c1", date(2026, 11, 1), {4000})


def test_fewer_than_thirty_first_attempts_have_no_estimate() -> None:
    cells = np.full((60, 2), np.nan)
    cells[:, 0] = np.arange(60) % 2
    cells[:29, 1] = np.arange(29) % 2
    found = calibrate(table(cells), {}, "c1", date(2026, 11, 1))
    assert list(found.difficulties) == ["q1"]
    assert calibrate(table([]), {}, "c1", date(2026, 11, 1)).difficulties == {}
