"""What an instructor's act changes, for whom, and what waits for a grader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from course.learning.attempts import AttemptState
from course.learning.moderation import HandMark, Waiting
from course.learning.rulings import ActKind
from course.questions.base import Json, State
from course.storage.stores.rulings import Result, Ruled, Void


class Effect(StrEnum):
    """What a change means to the learner."""

    GAINS = "gains"
    LOSES = "loses"
    STAYS = "stays"


@dataclass(frozen=True, slots=True)
class SlotChange:
    """One question of an attempt: version graded against, score (a fraction of 1) and state, each before and after."""

    position: int
    question: str
    versions: tuple[str, str]
    scores: tuple[float | None, float | None]
    states: tuple[State | None, State | None]


@dataclass(frozen=True, slots=True)
class AttemptChange:
    """One attempt before and after. `learner` is the beginning of the learner's id, `person` the whole."""

    attempt: int
    learner: str
    quiz: str
    number: int
    slots: tuple[SlotChange, ...]
    before: Result
    after: Result
    effect: Effect
    person: str = ""


@dataclass(frozen=True, slots=True)
class PracticeChange:
    """One answer in a notebook before and after."""

    learner: str
    question: str
    number: int
    versions: tuple[str, str]
    scores: tuple[float | None, float | None]
    states: tuple[State, State]
    effect: Effect
    person: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """Answers that stay as they are, and why. `attempt` None: answers in notebooks."""

    attempt: int | None
    question: str
    why: str


@dataclass(frozen=True, slots=True)
class ChangeReport:
    """Who moves from what to what. `applied` False: a dry run, nothing was stored.

    `open` attempts have the question and are not handed in yet.
    """

    act: ActKind
    questions: tuple[str, ...]
    applied: bool
    attempts: tuple[AttemptChange, ...] = ()
    practice: tuple[PracticeChange, ...] = ()
    left: tuple[Left, ...] = ()
    open: int = 0

    def count(self, effect: Effect) -> int:
        """How many attempts and answers in notebooks it has this effect on."""
        return sum(found is effect for found in self._effects())

    @property
    def nothing_counts(self) -> int:
        """Attempts in which no question counts any more; they count as done."""
        return sum(bool(one.before.max) and one.after.max == 0 for one in self.attempts)

    def _effects(self) -> Iterator[Effect]:
        yield from (one.effect for one in self.attempts)
        yield from (one.effect for one in self.practice)


@dataclass(frozen=True, slots=True)
class HistoryView:
    """Everything that was decided about one attempt, oldest first. `voids`: of the questions it asked."""

    attempt: int
    learner: str
    quiz: str
    number: int
    state: AttemptState
    result: Result
    rulings: tuple[Ruled, ...]
    voids: tuple[Void, ...]


@dataclass(frozen=True, slots=True)
class CriterionView:
    """A line of a rubric. `levels`: points and words of each step that can be given; empty when any points can."""

    id: str
    text: str
    points: float
    levels: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """One answer in the queue. No learner is named: graders need not know whose it is."""

    attempt: int
    position: int
    quiz: str
    question: str
    handed_in: datetime
    words: int
    waiting: Waiting
    graders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueueView:
    """Answers that wait for a grader, oldest first, and what to do when somebody discloses."""

    entries: tuple[QueueEntry, ...]
    advice: str


@dataclass(frozen=True, slots=True)
class EssayView:
    """One answer to mark. `marks`: each grader's present one; `final` counts. `points`: what the question is worth."""

    entry: QueueEntry
    stem: str
    answer: Json
    least: int
    most: int
    points: float
    rubric: tuple[CriterionView, ...]
    marks: tuple[HandMark, ...]
    final: HandMark | None
    advice: str


@dataclass(frozen=True, slots=True)
class MarkReport:
    """A mark and what follows from it. `changes`: empty while nothing is final, or when nothing changes."""

    mark: HandMark
    points: float
    of: float
    waiting: Waiting
    changes: ChangeReport
