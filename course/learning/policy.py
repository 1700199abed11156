"""How a quiz is asked: the `quiz` block of FORMAT section 1 as data. Content builds it; learning reads it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Kind(StrEnum):
    PRACTICE = "practice"
    PRETEST = "pretest"
    POSTTEST = "posttest"
    FOLLOWUP = "followup"
    CHECKPOINT = "checkpoint"
    EXAM = "exam"
    CASE = "case"
    SURVEY = "survey"


class Behaviour(StrEnum):
    IMMEDIATE = "immediate"
    DEFERRED = "deferred"
    INTERACTIVE = "interactive"
    MASTERY = "mastery"


class Counts(StrEnum):
    BEST = "best"
    LAST = "last"
    FIRST = "first"
    MEAN = "mean"


class Moment(StrEnum):
    """When something may be shown. AFTER_POSTTEST is the pre-test's own: once the post-test has been submitted."""

    AFTER_QUESTION = "after_question"
    AFTER_ATTEMPT = "after_attempt"
    AFTER_PASS = "after_pass"
    AFTER_CLOSE = "after_close"
    AFTER_POSTTEST = "after_posttest"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Reveal:
    score: Moment
    correctness: Moment
    feedback: Moment
    explanation: Moment
    key: Moment


@dataclass(frozen=True, slots=True)
class Draw:
    """Take `take` questions from those that match; exactly one of the filters is given."""

    take: int
    objectives: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unlock:
    """A condition to start: a quiz passed, a module completed, or `after` seconds since a quiz was handed in first (one of the three is set)."""

    passed: str | None = None
    completed: str | None = None
    handed_in: str | None = None
    after: float = 0.0


@dataclass(frozen=True, slots=True)
class QuizPolicy:
    """All rules of one quiz. Durations in seconds. `attempts` None: unlimited. `time_limit` None: untimed."""

    quiz_id: str
    kind: Kind
    behaviour: Behaviour
    certainty: bool
    attempts: int | None
    wait: float
    counts: Counts
    pass_mark: float
    time_limit: float | None
    grace: float
    sequential: bool
    shuffle_questions: bool
    shuffle_options: bool
    draw: tuple[Draw, ...]
    seed: str
    tries: tuple[float, ...]
    mastery: tuple[int, int]
    unlock: tuple[Unlock, ...]
    reveal: Reveal


def default_behaviour(kind: Kind) -> Behaviour:
    return Behaviour.IMMEDIATE if kind in (Kind.PRACTICE, Kind.SURVEY, Kind.CASE) else Behaviour.DEFERRED


def default_attempts(kind: Kind) -> int | None:
    """None is unlimited."""
    return {Kind.PRACTICE: None, Kind.PRETEST: 1}.get(kind, 3)


def default_reveal(kind: Kind) -> Reveal:
    """What may be shown when, by kind of quiz (FORMAT section 1)."""
    if kind in (Kind.PRACTICE, Kind.CASE, Kind.SURVEY):
        return _reveal(score=Moment.AFTER_QUESTION, rest=Moment.AFTER_QUESTION)
    if kind is Kind.EXAM:
        return _reveal(score=Moment.AFTER_ATTEMPT, rest=Moment.AFTER_CLOSE)
    if kind is Kind.PRETEST:
        return _reveal(score=Moment.AFTER_ATTEMPT, rest=Moment.AFTER_POSTTEST)
    return replace(_reveal(score=Moment.AFTER_ATTEMPT, rest=Moment.AFTER_ATTEMPT), key=Moment.AFTER_PASS)


def _reveal(*, score: Moment, rest: Moment) -> Reveal:
    return Reveal(score, correctness=rest, feedback=rest, explanation=rest, key=rest)
