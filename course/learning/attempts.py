"""An attempt at a quiz: its states, its deadline, and what each step turns it into.

Every function takes the present attempt and the time and gives the next one. `TRANSITIONS` is the whole table of steps;
nothing moves an attempt except through it. `overdue` and `abandoned` follow from deadline and clock: `settle` says what an
attempt is now, whoever stores it makes that durable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from course.errors import Refused
from course.learning.policy import QuizPolicy


class AttemptState(StrEnum):
    """Where an attempt stands. The value is stored, so it never changes."""

    IN_PROGRESS = "in_progress"
    OVERDUE = "overdue"
    SUBMITTED = "submitted"
    GRADED = "graded"
    ABANDONED = "abandoned"
    VOIDED = "voided"


class Step(StrEnum):
    """What can happen to an attempt."""

    ANSWER = "answer"
    RUN_OUT = "run_out"
    SUBMIT = "submit"
    GRADE = "grade"
    FALL_IDLE = "fall_idle"
    VOID = "void"
    BRING_BACK = "bring_back"
    MORE_TIME = "more_time"


_S, _T = AttemptState, Step
TRANSITIONS: Final[Mapping[tuple[AttemptState, Step], AttemptState]] = {
    (_S.IN_PROGRESS, _T.ANSWER): _S.IN_PROGRESS,
    (_S.IN_PROGRESS, _T.RUN_OUT): _S.OVERDUE,
    (_S.IN_PROGRESS, _T.SUBMIT): _S.SUBMITTED,
    (_S.IN_PROGRESS, _T.FALL_IDLE): _S.ABANDONED,
    (_S.OVERDUE, _T.ANSWER): _S.OVERDUE,
    (_S.OVERDUE, _T.SUBMIT): _S.SUBMITTED,
    (_S.IN_PROGRESS, _T.MORE_TIME): _S.IN_PROGRESS,
    (_S.OVERDUE, _T.MORE_TIME): _S.IN_PROGRESS,
    (_S.SUBMITTED, _T.GRADE): _S.GRADED,
    (_S.SUBMITTED, _T.VOID): _S.VOIDED,
    (_S.GRADED, _T.VOID): _S.VOIDED,
    (_S.VOIDED, _T.BRING_BACK): _S.SUBMITTED,
}
OPEN: Final = frozenset({AttemptState.IN_PROGRESS, AttemptState.OVERDUE})
"""States in which answers are still taken."""
OVER: Final = frozenset({AttemptState.SUBMITTED, AttemptState.GRADED})
"""States of an attempt that was handed in, by the learner or by the clock."""
IDLE: Final = timedelta(days=30)
"""An untimed attempt without any step for this long is abandoned (DESIGN section 5)."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt. Times are UTC. `id` 0: not stored yet. `number` counts a learner's attempts at the quiz from 1.

    `policy` is the quiz's as it stood at the start. Totals are None until graded; `fraction` and `passed` stay None when
    nothing counts (a survey). `reached`: the position of the question the learner worked on last; where there is no way back,
    of the furthest they went to. None before the first step.
    """

    id: int
    learner: str
    quiz: str
    number: int
    policy: QuizPolicy
    seed: int
    state: AttemptState
    started_at: datetime
    deadline: datetime | None
    last_activity_at: datetime
    start_key: str
    submitted_at: datetime | None = None
    graded_at: datetime | None = None
    submit_key: str | None = None
    points: float | None = None
    max: float | None = None
    fraction: float | None = None
    passed: bool | None = None
    reached: int | None = None


def begin(policy: QuizPolicy, *, learner: str, number: int, seed: int, key: str, extra_time: float, now: datetime) -> Attempt:
    """A fresh attempt. `extra_time` multiplies the time limit (1.0: none); the grace is the same for everybody."""
    deadline = None if policy.time_limit is None else now + timedelta(seconds=policy.time_limit * extra_time)
    return Attempt(0, learner, policy.quiz_id, number, policy, seed, AttemptState.IN_PROGRESS, now, deadline, now, key)


def closes_at(attempt: Attempt) -> datetime | None:
    """The last moment an answer is taken: deadline plus grace. None when untimed."""
    return None if attempt.deadline is None else attempt.deadline + timedelta(seconds=attempt.policy.grace)


def settle(attempt: Attempt, now: datetime) -> Attempt:
    """What the attempt is at `now`, by the clock alone; the same object when nothing has changed.

    In progress -> overdue once the deadline has passed -> submitted once the grace has passed too (handed in at the end of
    the grace); untimed and idle for 30 days -> abandoned.
    """
    if attempt.state is AttemptState.IN_PROGRESS and attempt.deadline is None and now - attempt.last_activity_at > IDLE:
        return replace(attempt, state=_next(attempt.state, Step.FALL_IDLE))
    if attempt.state is AttemptState.IN_PROGRESS and attempt.deadline is not None and now > attempt.deadline:
        attempt = replace(attempt, state=_next(attempt.state, Step.RUN_OUT))
    end = closes_at(attempt)
    if attempt.state is AttemptState.OVERDUE and end is not None and now > end:
        return replace(attempt, state=_next(attempt.state, Step.SUBMIT), submitted_at=end)
    return attempt


def lengthened(attempt: Attempt, extra_time: float, now: datetime) -> Attempt:
    """A running attempt under the person's present `extra_time`: its deadline moves to later, never to earlier.

    The same object when nothing changes: untimed, ended by the clock or by hand, or no more time than it has.
    """
    running = settle(attempt, now)
    limit = attempt.policy.time_limit
    if running.state not in OPEN or running.deadline is None or limit is None:
        return attempt
    deadline = attempt.started_at + timedelta(seconds=limit * extra_time)
    if deadline <= running.deadline:
        return attempt
    return settle(replace(running, state=_next(running.state, Step.MORE_TIME), deadline=deadline), now)


def answer(attempt: Attempt, now: datetime) -> Attempt:
    """The attempt after an answer was saved at `now`. Raises Refused once it takes no more answers."""
    attempt = settle(attempt, now)
    if attempt.state not in OPEN:
        raise Refused(_why_closed(attempt), kept="Every answer shown as saved is kept.")
    return replace(attempt, state=_next(attempt.state, Step.ANSWER), last_activity_at=max(now, attempt.last_activity_at))


def submit(attempt: Attempt, now: datetime, key: str) -> Attempt:
    """The attempt handed in at `now`; one already handed in comes back unchanged, whatever the key.

    After deadline and grace it was handed in by the clock: what was saved by then counts. Raises Refused for an abandoned
    or voided attempt.
    """
    attempt = settle(attempt, now)
    if attempt.state in OVER:
        return attempt
    if attempt.state not in OPEN:
        raise Refused(_why_closed(attempt), kept="Every answer shown as saved is kept.")
    return replace(attempt, state=_next(attempt.state, Step.SUBMIT), submitted_at=now, submit_key=key)


def grade(attempt: Attempt, now: datetime, *, points: float, maximum: float, fraction: float | None, passed: bool | None) -> Attempt:
    """The submitted attempt with its totals. Raises Refused when it was not submitted."""
    state = _next(attempt.state, Step.GRADE)
    return replace(attempt, state=state, graded_at=now, points=points, max=maximum, fraction=fraction, passed=passed)


def void(attempt: Attempt) -> Attempt:
    """The attempt that was handed in taken out of every count, its result with it. Raises Refused for any other."""
    return replace(attempt, state=_next(attempt.state, Step.VOID), points=None, max=None, fraction=None, passed=None)


def bring_back(attempt: Attempt) -> Attempt:
    """The voided attempt as it was before, still without its totals: graded if it had been, else handed in. Raises Refused for any other."""
    state = _next(attempt.state, Step.BRING_BACK)
    return replace(attempt, state=state if attempt.graded_at is None else _next(state, Step.GRADE))


def seconds_left(attempt: Attempt, now: datetime) -> int | None:
    """Whole seconds until the deadline, never below 0; None when untimed."""
    return None if attempt.deadline is None else max(0, int((attempt.deadline - now).total_seconds()))


def minutes_used(attempt: Attempt) -> float | None:
    """From start to hand-in, at most up to the deadline; None while it runs."""
    if attempt.submitted_at is None:
        return None
    end = attempt.submitted_at if attempt.deadline is None else min(attempt.submitted_at, attempt.deadline)
    return max(0.0, (end - attempt.started_at).total_seconds() / 60)


def _next(state: AttemptState, step: Step) -> AttemptState:
    following = TRANSITIONS.get((state, step))
    if following is None:
        raise Refused(f"An attempt that is {state.replace('_', ' ')} cannot take this step.")
    return following


def _why_closed(attempt: Attempt) -> str:
    if attempt.state is AttemptState.ABANDONED:
        return "This attempt was closed after 30 days without an answer. You can start a new one."
    if attempt.state is AttemptState.VOIDED:
        return "This attempt was voided. It does not count any more."
    if attempt.submit_key is None and attempt.deadline is not None:
        return "The time is up; this attempt was handed in with what was saved."
    return "This attempt has been handed in; its answers can no longer be changed."
