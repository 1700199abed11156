"""How a question is asked: what may be answered, checked and changed, and when it is settled.

Behaviours know whether an answer settled its question, nothing of question types.
"""

from __future__ import annotations

from dataclasses import dataclass

from course.learning.policy import Behaviour


@dataclass(frozen=True, slots=True)
class Turn:
    """What may be done with one question now. `shows`: it has been answered for good and feedback may follow."""

    may_change: bool
    may_check: bool
    shows: bool


def turn(behaviour: Behaviour, *, settled: bool) -> Turn:
    """In a quiz. `settled`: the question takes no more answers.

    Immediate, and each round of mastery: settled by one check. Interactive: by a right answer or the last try
    (`learning.interactive`). Deferred: nothing is checked before the attempt is handed in.
    """
    if behaviour is Behaviour.DEFERRED:
        return Turn(may_change=True, may_check=False, shows=False)
    return Turn(may_change=not settled, may_check=not settled, shows=settled)


def is_behind(sequential: bool, position: int, reached: int | None) -> bool:
    """Whether a question lies behind the learner and takes nothing any more: only where the order is fixed.

    `reached`: the furthest position the learner went to, None before the first step.
    """
    return sequential and reached is not None and position < reached
