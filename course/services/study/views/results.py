"""A handed-in attempt, and everything a learner has done. Nothing in it that may not be shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from course.learning.attempts import AttemptState
from course.learning.certainty import AtLevel
from course.learning.mastery import MasteryState
from course.learning.policy import Kind
from course.questions.base import Json
from course.services.study.views.asking import Place, QuestionView, ReviewView
from course.services.study.views.attempts import PastAttempt
from course.services.study.views.home import ModuleCard, StepView


@dataclass(frozen=True, slots=True)
class ObjectiveScore:
    """How many of an objective's questions were answered right, how many `partly`. `questions`: how many there are in the course."""

    id: str
    number: str
    text: str
    module: str
    right: int
    partly: int
    answered: int
    questions: int

    @property
    def share(self) -> float:
        """How well it went, from 0 to 1, to compare by: a partly right answer is half a right one."""
        return (self.right + self.partly / 2) / self.answered if self.answered else 0.0


@dataclass(frozen=True, slots=True)
class RubricLine:
    """One criterion of a rubric with the points given for it, of how many."""

    text: str
    points: float
    of: float


@dataclass(frozen=True, slots=True)
class HandMarkView:
    """What a grader gave for an answer. `lines` and `comment` are empty while feedback is withheld. `note`: it may still change."""

    points: float
    of: float
    lines: tuple[RubricLine, ...]
    comment: str
    note: str


@dataclass(frozen=True, slots=True)
class ResultItem:
    """One question looked back at; in a mastery quiz, one round of it. `taught_in`: where the course teaches it.

    `number` counts the questions, `round` the rounds of this one (None: it is asked once). `note`: what tries, hints or rounds
    made of the answer, "" when there is nothing to say. `notice`: that the question was withdrawn or its answer graded again.
    `hand_mark`: what a person gave, None where nobody did or nothing is final.
    """

    number: int
    round: int | None
    position: int
    question: QuestionView
    response: Json
    skipped: bool
    flagged: bool
    certainty: int | None
    points: float | None
    note: str
    notice: str
    review: ReviewView
    hand_mark: HandMarkView | None
    taught_in: Place | None


@dataclass(frozen=True, slots=True)
class ConfidenceView:
    """Certainty against accuracy. `mark` of at most `most`; `right` of `answered`; `unstated` answers named no certainty.

    `brier`, `levels` and `certain_and_wrong` say something of single questions and are left out while that is withheld.
    """

    mark: float
    most: float
    answered: int
    right: int
    unstated: int
    brier: float | None
    levels: tuple[AtLevel, ...]
    certain_and_wrong: tuple[ResultItem, ...]


@dataclass(frozen=True, slots=True)
class ResultView:
    """A handed-in attempt. Points, `fraction` and `passed` are None while the score may not be shown (`score_shown`).

    `items` are empty unless something about single questions may be shown; `withheld` says what comes when. `pending`: a
    person still has to grade something. `by_clock`: the time ran out and what was saved was handed in. `confidence`: where
    certainty was asked. `notices` say when and why the result changed after it was first there. Of a voided attempt nothing is
    shown but its notices.
    """

    id: int
    quiz: str
    title: str
    kind: Kind
    module: str | None
    number: int
    state: AttemptState
    submitted_at: datetime
    by_clock: bool
    pending: bool
    score_shown: bool
    points: float | None
    max: float | None
    fraction: float | None
    passed: bool | None
    pass_mark: float
    minutes: int | None
    by_objective: tuple[ObjectiveScore, ...]
    confidence: ConfidenceView | None
    notices: tuple[str, ...]
    items: tuple[ResultItem, ...]
    withheld: tuple[str, ...]
    attempts_left: int | None
    may_begin: bool
    next_step: StepView
    disclaimer: bool


@dataclass(frozen=True, slots=True)
class ModuleProgress:
    """A module with time spent in it."""

    card: ModuleCard
    minutes: int
    completed_at: datetime | None


@dataclass(frozen=True, slots=True)
class MasteryView:
    """What the learner is likely to get right of an objective: `share` of all its questions, with its 80 % interval.

    `questions` different ones of `of` were answered, in `answers` tries. `missing`: what an estimate lacks, "" when nothing.
    """

    id: str
    number: str
    text: str
    module: str
    state: MasteryState
    share: float
    low: float
    high: float
    questions: int
    answers: int
    of: int
    missing: str


@dataclass(frozen=True, slots=True)
class ProgressView:
    """Everything the learner has done. Objectives count first tries whose correctness may be shown, and mastery such answers.

    `withheld`: answers left out of mastery, since their results may not be shown yet. `calibration`: its id and day, None while the
    authors' labels are all there is.
    """

    modules: tuple[ModuleProgress, ...]
    objectives: tuple[ObjectiveScore, ...]
    attempts: tuple[PastAttempt, ...]
    by_day: tuple[tuple[date, float], ...]
    minutes: int
    mastery: tuple[MasteryView, ...] = ()
    withheld: int = 0
    calibration: tuple[str, date] | None = None
