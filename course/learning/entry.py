"""Whether a quiz can be begun now, and if not, why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from course.learning.attempts import OPEN, OVER, Attempt, AttemptState
from course.learning.behaviours import ASKABLE
from course.learning.policy import QuizPolicy, Unlock


@dataclass(frozen=True, slots=True)
class Entry:
    """How a learner stands before a quiz. `left` None: unlimited. `wait_until` only when it lies ahead.

    `running` is the id of an attempt that takes answers. `locked_by`: conditions not met. `askable`: this edition of the
    course can ask the quiz.
    """

    used: int
    left: int | None
    running: int | None
    wait_until: datetime | None
    locked_by: tuple[Unlock, ...]
    askable: bool

    @property
    def may_begin(self) -> bool:
        """Whether a fresh attempt may start now."""
        return self.running is None and self.left != 0 and self.wait_until is None and not self.locked_by and self.askable


def entry(policy: QuizPolicy, attempts: Sequence[Attempt], *, passed: frozenset[str], completed: frozenset[str], now: datetime) -> Entry:
    """`attempts`: the learner's at this quiz, settled. `passed` quizzes and `completed` modules open what is locked.

    Voided attempts, and those abandoned after 30 idle days, use up none.
    """
    used = [a for a in attempts if a.state in OPEN | OVER]
    ended = [a.submitted_at for a in used if a.submitted_at is not None]
    wait_until = max(ended) + timedelta(seconds=policy.wait) if ended else None
    return Entry(
        used=len(used),
        left=None if policy.attempts is None else max(0, policy.attempts - len(used)),
        running=next((a.id for a in attempts if a.state in OPEN), None),
        wait_until=wait_until if wait_until is not None and wait_until > now else None,
        locked_by=tuple(u for u in policy.unlock if not _met(u, passed, completed)),
        askable=policy.behaviour in ASKABLE,
    )


def next_number(attempts: Sequence[Attempt]) -> int:
    """The number of the learner's next attempt at the quiz."""
    return max((a.number for a in attempts), default=0) + 1


def counts_as_passed(attempt: Attempt) -> bool:
    """Passed, or graded where there is nothing to pass (a survey)."""
    return attempt.state is AttemptState.GRADED and (attempt.passed is True or attempt.fraction is None)


def _met(condition: Unlock, passed: frozenset[str], completed: frozenset[str]) -> bool:
    if condition.passed is not None:
        return condition.passed in passed
    return condition.completed is None or condition.completed in completed
