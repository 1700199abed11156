"""What a cohort's grader sees: the queue with how far it is, and one answer to mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import Final

from course.learning.moderation import HandMark, Waiting
from course.services.teach.views import EssayView
from course.storage.stores.marking import Draft


class MarkState(StrEnum):
    """How an answer stands, as graders filter by it."""

    TO_MARK = "To mark"
    SECOND = "Needs a second mark"
    DIFFER = "Marks differ"
    DONE = "Done"


STATES: Final[Mapping[Waiting, MarkState]] = {
    Waiting.FIRST_MARK: MarkState.TO_MARK,
    Waiting.SECOND_MARK: MarkState.SECOND,
    Waiting.DECIDING_MARK: MarkState.DIFFER,
    Waiting.NOTHING: MarkState.DONE,
}
STEPS: Final = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""Edges of the steps in which final marks are counted, as shares of the points; the last step holds full marks alone."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which answers of the cohort are wanted; "" for all."""

    quiz: str = ""
    assignment: str = ""
    question: str = ""
    state: MarkState | None = None


@dataclass(frozen=True, slots=True)
class Waits:
    """One answer in the queue. `name` is "" where marking is anonymous.

    `graders` gave the marks it has; `begun` have begun another, without the reader. `mine`: the reader gave one of the
    marks; `draft`: the reader has begun one. `open_to_me`: the reader's mark is what it waits for. `share` is the mark that counts.
    """

    attempt: int
    position: int
    name: str
    quiz: str
    quiz_title: str
    question: str
    handed_in: datetime
    state: MarkState
    graders: tuple[str, ...]
    begun: tuple[str, ...]
    mine: bool
    draft: bool
    open_to_me: bool
    share: float | None

    @property
    def place(self) -> tuple[int, int]:
        return self.attempt, self.position


@dataclass(frozen=True, slots=True)
class MarkingQueue:
    """A cohort's answers, oldest first. `marked` of `total` are done, whatever their state that is wanted; `shares` are theirs.

    `quizzes` and `assignments` are those with answers to mark: id -> title.
    """

    cohort: str
    cohort_name: str
    time_zone: str
    archived: bool
    anonymous: bool
    answers: tuple[Waits, ...]
    total: int
    marked: int
    shares: tuple[float, ...]
    quizzes: Mapping[str, str]
    assignments: Mapping[str, str]
    questions: tuple[str, ...]
    advice: str

    def counts(self) -> tuple[tuple[str, int], ...]:
        """How many final marks lie in each step of the points, in words."""
        edges = [*pairwise(STEPS)]
        told = [(f"{low:.0%} to under {high:.0%}", sum(low <= s + 1e-9 < high for s in self.shares)) for low, high in edges]
        return (*told, ("full marks", sum(s + 1e-9 >= 1 for s in self.shares)))

    def after(self, place: tuple[int, int]) -> Waits | None:
        """The next answer that waits for the reader, past this one and then from the front; None when none is left."""
        open_ = [one for one in self.answers if one.open_to_me and one.place != place]
        at = next((i for i, one in enumerate(self.answers) if one.place == place), -1)
        later = [one for one in open_ if self.answers.index(one) > at]
        return next(iter(later or open_), None)


@dataclass(frozen=True, slots=True)
class AnswerToMark:
    """One answer with all that its grader needs. `marks` are those the reader may see; `hidden` others stand unseen.

    `seen` names the state of the marks: a mark that was given against another state is not stored.
    """

    cohort: str
    cohort_name: str
    time_zone: str
    archived: bool
    line: Waits
    view: EssayView
    marks: Sequence[HandMark]
    hidden: int
    draft: Draft | None
    own: HandMark | None
    may_decide: bool
    seen: int = 0
    why_not: str = field(default="")
    """Why the reader cannot mark it; "" when they can."""
