"""From answers to marks: each answer graded, the totals, what counts. The same log gives the same marks, always."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from course.learning.attempts import Attempt, AttemptState
from course.learning.policy import Counts
from course.questions import grade
from course.questions.base import Graded, Json, Question, State

_SLACK: Final = 1e-9
_NO_TRY: Final = frozenset({State.OMITTED, State.INVALID})


@dataclass(frozen=True, slots=True)
class Answered:
    """A question as it was asked and what was answered (None: nothing). `points`: what it carries in this quiz."""

    question: Question
    points: float
    response: Json
    skipped: bool = False
    """Passed over at its content notice: counts as not presented."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A graded answer. `score` is a fraction of 1; None when a person must grade it or nothing can be scored.

    `state` None: not presented.
    """

    score: float | None
    state: State | None
    points: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """Points over the questions that have a score (FORMAT section 2); no floor. `fraction` None when nothing counts."""

    points: float
    max: float
    fraction: float | None
    pending: bool
    """A person still has to grade something."""


def is_try(state: State) -> bool:
    """Whether an answer of this state counts as a try: blank and unreadable ones are asked again at no cost."""
    return state not in _NO_TRY


def mark(answered: Answered) -> Mark:
    """Grade one answer; never raises on what a learner sent."""
    if answered.skipped:
        return Mark(None, None, answered.points)
    graded: Graded = grade(answered.question, answered.response)
    return Mark(graded.score, graded.state, answered.points, graded.reason)


def totals(marks: Iterable[Mark], override: float | None = None) -> Totals:
    """Sum of score x points over the marks that have a score, and of their points.

    `override`: the share that a person gave the whole attempt, in place of what the marks come to.
    """
    marks = list(marks)
    counted = [m for m in marks if m.score is not None and m.points > 0]
    points = sum(m.score * m.points for m in counted if m.score is not None)
    maximum = sum(m.points for m in counted)
    pending = any(m.state is State.MANUAL for m in marks)
    if override is not None:
        return Totals(override * maximum, maximum, override, pending)
    return Totals(points, maximum, points / maximum if maximum > 0 else None, pending)


def passes(fraction: float | None, pass_mark: float) -> bool | None:
    """Whether a share reaches the pass mark; None when there is no share."""
    return None if fraction is None else fraction >= pass_mark - _SLACK


def right(state: State | None) -> bool | None:
    """Right, or not; None where there is no right or wrong (survey answers, essays, nothing presented)."""
    if state is None or state in (State.RECORDED, State.MANUAL):
        return None
    return state is State.RIGHT


def counted_fraction(attempts: Sequence[Attempt], counts: Counts) -> float | None:
    """The share that stands for a learner's graded attempts (in order): best, last, first or mean; None without any."""
    fractions = [a.fraction for a in attempts if a.state is AttemptState.GRADED and a.fraction is not None]
    if not fractions:
        return None
    match counts:
        case Counts.BEST:
            return max(fractions)
        case Counts.LAST:
            return fractions[-1]
        case Counts.FIRST:
            return fractions[0]
        case Counts.MEAN:
            return sum(fractions) / len(fractions)
