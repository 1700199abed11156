"""The moments of a quiz: what a learner sees when, from the quiz's rules alone. For authors, on the page and from the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from course.learning.policy import Behaviour, Kind, QuizPolicy
from course.learning.reveal import Occasion, Shown, between_tries, shown


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment of a quiz and what is shown at it. `id` stands in addresses; `passed` None: nothing is handed in yet."""

    id: str
    words: str
    shown: Shown
    passed: bool | None = None

    @property
    def over(self) -> bool:
        """Whether the attempt was handed in: there is a result to look at."""
        return self.passed is not None


_MOMENTS: Final[tuple[tuple[str, str, Occasion], ...]] = (
    ("open", "while a question is open", Occasion(answered=False, over=False, passed=False, closed=False, posttest=False)),
    ("settled", "once a question is settled", Occasion(answered=True, over=False, passed=False, closed=False, posttest=False)),
    ("not-passed", "handed in, not passed", Occasion(answered=True, over=True, passed=False, closed=False, posttest=False)),
    ("passed", "handed in and passed", Occasion(answered=True, over=True, passed=True, closed=False, posttest=False)),
    ("closed", "no attempt is left", Occasion(answered=True, over=True, passed=False, closed=True, posttest=False)),
    ("posttest", "the closing test is handed in", Occasion(answered=True, over=True, passed=False, closed=False, posttest=True)),
)
"""Soonest first, each with what has happened by then."""


def moments(policy: QuizPolicy) -> tuple[Moment, ...]:
    """Those that can come in this quiz, soonest first; where a question can be tried again, the time between two tries is one."""
    found: list[Moment] = []
    for name, words, occasion in _MOMENTS:
        if not _comes(policy, occasion):
            continue
        seen = shown(policy.reveal, occasion)
        if name == "settled" and policy.behaviour is Behaviour.INTERACTIVE:
            found.append(Moment("between-tries", "between two tries", between_tries(seen)))
        found.append(Moment(name, words, seen, occasion.passed if occasion.over else None))
    return tuple(found)


def _comes(policy: QuizPolicy, occasion: Occasion) -> bool:
    return (
        (policy.behaviour is not Behaviour.DEFERRED or occasion.over or not occasion.answered)
        and (policy.attempts is not None or not occasion.closed)
        and (policy.kind is Kind.PRETEST or not occasion.posttest)
    )
