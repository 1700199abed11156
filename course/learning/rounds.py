"""Behaviour `mastery`: a question is asked again, each time differently, until m of the last n rounds were right.

One slot of the quiz becomes a chain of rounds. A round is answered once, like a question of an immediate quiz; then the
learner asks for the next one. The chain ends when m of the last n rounds were right (MASTERED; m right in a row at the start
are enough, n rounds need not have been asked), after 3n rounds (EXHAUSTED), or when a round is passed over at its content
notice (PASSED_OVER). A question without right and wrong (a survey's, an essay) is asked once (RECORDED). `TRANSITIONS` is the
whole table.

**Score.** 1 when mastered; else the share of right answers among the last n rounds, counted out of n: rounds not asked are
not right. Passed over: among those that were presented, out of at most n; nothing when that was the first. "Right" is a
full score; a partly right answer is not. With 3 of 4: right, right, right is 1; right, wrong, right is 0.5 when handed in
there; wrong twelve times is 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from course.errors import Refused


class RoundState(StrEnum):
    """How a chain of rounds stands. ANSWERED: its last round was, and another one follows."""

    ASKING = "asking"
    ANSWERED = "answered"
    MASTERED = "mastered"
    EXHAUSTED = "exhausted"
    PASSED_OVER = "passed_over"
    RECORDED = "recorded"


class RoundStep(StrEnum):
    """What can happen to a chain. ANSWER: neither of the two that end it."""

    ANSWER = "answer"
    MASTER = "master"
    EXHAUST = "exhaust"
    AGAIN = "again"
    PASS_OVER = "pass_over"
    COME_BACK = "come_back"
    RECORD = "record"


_S, _T = RoundState, RoundStep
TRANSITIONS: Final[Mapping[tuple[RoundState, RoundStep], RoundState]] = {
    (_S.ASKING, _T.ANSWER): _S.ANSWERED,
    (_S.ASKING, _T.MASTER): _S.MASTERED,
    (_S.ASKING, _T.EXHAUST): _S.EXHAUSTED,
    (_S.ASKING, _T.PASS_OVER): _S.PASSED_OVER,
    (_S.ASKING, _T.RECORD): _S.RECORDED,
    (_S.ANSWERED, _T.AGAIN): _S.ASKING,
    (_S.PASSED_OVER, _T.COME_BACK): _S.ASKING,
}
CAP: Final = 3
"""A chain has at most this many times n rounds."""


@dataclass(frozen=True, slots=True)
class Rounds:
    """A chain of rounds. `asked` rounds, `right` of the last n of those answered. `score` None: nothing was presented."""

    state: RoundState
    asked: int
    right: int
    score: float | None

    @property
    def over(self) -> bool:
        """Whether no further round follows."""
        return self.state not in (RoundState.ASKING, RoundState.ANSWERED)


def rounds(verdicts: Sequence[bool | None], *, skipped: bool, needed: tuple[int, int]) -> Rounds:
    """The chain from its rounds' verdicts in order (None: not answered, only the last one can be).

    `skipped`: the last round was passed over. `needed` is (m, n).
    """
    (m, n), answered = needed, [v for v in verdicts if v is not None]
    right = sum(answered[-n:])
    out_of = min(n, len(answered)) if skipped else n
    score = 1.0 if right >= m else right / out_of if out_of else None
    return Rounds(_state(len(verdicts), len(answered), right, skipped=skipped, needed=needed), len(verdicts), right, score)


def recorded(asked: int) -> Rounds:
    """A question answered that has no right and wrong."""
    return Rounds(RoundState.RECORDED, asked, 0, None)


def again(chain: Rounds) -> int:
    """The number of the round that follows. Raises Refused while a round is open, and when the chain is over."""
    if TRANSITIONS.get((chain.state, RoundStep.AGAIN)) is None:
        raise Refused("Answer this question first." if chain.state is RoundState.ASKING else "This question is not asked again.")
    return chain.asked + 1


def _state(asked: int, answered: int, right: int, *, skipped: bool, needed: tuple[int, int]) -> RoundState:
    m, n = needed
    if skipped:
        return RoundState.PASSED_OVER
    if right >= m:
        return RoundState.MASTERED
    if answered < asked:
        return RoundState.ASKING
    return RoundState.EXHAUSTED if asked >= CAP * n else RoundState.ANSWERED
