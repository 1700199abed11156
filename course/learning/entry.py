"""Whether a quiz can be begun now, and if not, why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from course.learning.attempts import OPEN, OVER, Attempt, AttemptState
from course.learning.policy import Counts, QuizPolicy, Unlock
from course.learning.scoring import counted_fraction, passes


@dataclass(frozen=True, slots=True)
class Entry:
    """How a learner stands before a quiz. `left` None: unlimited. `wait_until` only when it lies ahead.

    `running` is the id of an attempt that takes answers. `locked_by`: conditions not met. `barred`: an assignment of the quiz
    does not let this learner begin it now. `opens_at`: when the time since another quiz will be long enough, only when it lies ahead.
    """

    used: int
    left: int | None
    running: int | None
    wait_until: datetime | None
    locked_by: tuple[Unlock, ...]
    barred: bool = False
    opens_at: datetime | None = None

    @property
    def may_begin(self) -> bool:
        """Whether a fresh attempt may start now."""
        ahead = self.wait_until or self.opens_at
        return self.running is None and self.left != 0 and ahead is None and not self.locked_by and not self.barred


def entry(
    policy: QuizPolicy,
    attempts: Sequence[Attempt],
    *,
    passed: frozenset[str],
    completed: frozenset[str],
    now: datetime,
    barred: bool = False,
    handed_in: Mapping[str, datetime] | None = None,
) -> Entry:
    """`attempts`: the learner's at this quiz, settled. `passed` quizzes and `completed` modules open what is locked, `handed_in`
    quizzes what follows them after some time: each with the moment when it was handed in first.

    Voided attempts, and those abandoned after 30 idle days, use up none.
    """
    used = [a for a in attempts if a.state in OPEN | OVER]
    ended = [a.submitted_at for a in used if a.submitted_at is not None]
    wait_until = max(ended) + timedelta(seconds=policy.wait) if ended else None
    first = handed_in or {}
    opens = [first[u.handed_in] + timedelta(seconds=u.after) for u in policy.unlock if u.handed_in and u.handed_in in first]
    return Entry(
        used=len(used),
        left=None if policy.attempts is None else max(0, policy.attempts - len(used)),
        running=next((a.id for a in attempts if a.state in OPEN), None),
        wait_until=wait_until if wait_until is not None and wait_until > now else None,
        locked_by=tuple(u for u in policy.unlock if not _met(u, passed, completed, first)),
        barred=barred,
        opens_at=max((at for at in opens if at > now), default=None),
    )


def next_number(attempts: Sequence[Attempt]) -> int:
    """The number of the learner's next attempt at the quiz."""
    return max((a.number for a in attempts), default=0) + 1


def counts_as_passed(attempt: Attempt) -> bool:
    """Passed, or graded where there is nothing to pass (a survey)."""
    return attempt.state is AttemptState.GRADED and (attempt.passed is True or attempt.fraction is None)


def is_passed(attempts: Sequence[Attempt]) -> bool:
    """Whether the quiz is passed by the attempt that counts, under the rules of the last graded one: its best, last or first
    attempt reaches the pass mark, or the mean of all does. `attempts`: the learner's at one quiz, in order.
    """
    graded = [a for a in attempts if a.state is AttemptState.GRADED]
    if not graded:
        return False
    rules = graded[-1].policy
    match rules.counts:
        case Counts.BEST:
            return any(map(counts_as_passed, graded))
        case Counts.LAST:
            return counts_as_passed(graded[-1])
        case Counts.FIRST:
            return counts_as_passed(graded[0])
        case Counts.MEAN:
            return passes(counted_fraction(graded, Counts.MEAN), rules.pass_mark) is not False


def _met(condition: Unlock, passed: frozenset[str], completed: frozenset[str], handed_in: Mapping[str, datetime]) -> bool:
    if condition.handed_in is not None:
        return condition.handed_in in handed_in
    if condition.passed is not None:
        return condition.passed in passed
    return condition.completed is None or condition.completed in completed
