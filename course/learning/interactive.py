"""Behaviour `interactive`: several tries with falling credit, hints on the way.

A question is ASKED, then tried until it is right or its tries are used; then it is SETTLED and takes nothing more. Between
two tries (AGAIN) the learner may change the answer and take hints, one by one in their order. Blank and unreadable answers,
and the very answer just tried, are no tries. `TRANSITIONS` is the whole table.

**Score.** Each try is worth its score x the credit of that try, less the penalties of the hints taken before it, and never
less than 0 by that; a try whose own score is below 0 (scoring rule `per_option`) is worth just that score, whatever the
credit and the hints. The question's score is that of its best try. With credits 1, 0.5, 0.25: wrong, then right is 0.5;
a hint of 0.1, then right is 0.9; two hints of 0.3, wrong, wrong, then right is 0 (0.25 - 0.6, floored); half right, then
wrong, then wrong is 0.5; -0.5, then wrong is 0; -0.5 alone is -0.5. An answer saved and not tried when the attempt ends is
tried then, at the credit of the next try.

Source: Moodle's behaviour "Interactive with multiple tries" (question/behaviour/interactive: tries, a hint between tries,
a penalty for each try used, the floor at 0, and finishing an attempt grades what was saved). It differs in three things:
Moodle counts the last try and we the best, so that trying again never costs what was reached; Moodle's penalty is
subtracted and our credit multiplies; Moodle lifts negative scores to 0 and we keep them, as the author chose the rule.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from course.errors import Refused


class TryState(StrEnum):
    """How a question stands that may be tried several times."""

    ASKED = "asked"
    AGAIN = "again"
    SETTLED = "settled"


class TryStep(StrEnum):
    """What can happen to it. UNGRADED: an answer that has no score (an essay, a survey answer)."""

    RIGHT = "right"
    MISSED = "missed"
    MISSED_LAST = "missed_last"
    UNGRADED = "ungraded"
    HINT = "hint"


_S, _T = TryState, TryStep
TRANSITIONS: Final[Mapping[tuple[TryState, TryStep], TryState]] = {
    (_S.ASKED, _T.HINT): _S.ASKED,
    (_S.ASKED, _T.MISSED): _S.AGAIN,
    (_S.AGAIN, _T.HINT): _S.AGAIN,
    (_S.AGAIN, _T.MISSED): _S.AGAIN,
    **{(state, step): _S.SETTLED for state in (_S.ASKED, _S.AGAIN) for step in (_T.RIGHT, _T.MISSED_LAST, _T.UNGRADED)},
}


@dataclass(frozen=True, slots=True)
class Trying:
    """Where a question stands. `score`: of the best try so far, None before the first. `penalties`: of all hints taken."""

    state: TryState = TryState.ASKED
    tries: int = 0
    hints: int = 0
    penalties: float = 0.0
    score: float | None = None

    @property
    def settled(self) -> bool:
        return self.state is TryState.SETTLED


def hinted(trying: Trying, penalty: float) -> Trying:
    """After the next hint was taken. Raises Refused when the question is settled."""
    state = _next(trying.state, TryStep.HINT)
    return replace(trying, state=state, hints=trying.hints + 1, penalties=trying.penalties + penalty)


def tried(trying: Trying, score: float | None, *, right: bool, credits: Sequence[float]) -> Trying:
    """After a try that got this score (None: it has none). Raises Refused when the question is settled."""
    last = trying.tries + 1 >= len(credits)
    step = TryStep.UNGRADED if score is None else TryStep.RIGHT if right else TryStep.MISSED_LAST if last else TryStep.MISSED
    state = _next(trying.state, step)
    got = None if score is None else worth(score, credits[trying.tries], trying.penalties)
    best = got if trying.score is None or got is None else max(trying.score, got)
    return replace(trying, state=state, tries=trying.tries + 1, score=best)


def worth(score: float, credit: float, penalties: float) -> float:
    """What one try is worth; see the head of this file."""
    return score if score < 0 else max(0.0, score * credit - penalties)


def next_credit(trying: Trying, credits: Sequence[float]) -> float | None:
    """What a right answer is worth now, hints taken off; None when no try is left."""
    return None if trying.settled or trying.tries >= len(credits) else worth(1.0, credits[trying.tries], trying.penalties)


def _next(state: TryState, step: TryStep) -> TryState:
    following = TRANSITIONS.get((state, step))
    if following is None:
        raise Refused("This question is settled; it takes no more tries and gives no more hints.")
    return following
