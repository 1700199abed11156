"""How a question is asked: what may be answered, checked and changed once it has been checked.

Behaviours know whether an answer settled its question, nothing of question types.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from course.learning.policy import Behaviour

ASKABLE: Final = frozenset({Behaviour.IMMEDIATE, Behaviour.DEFERRED})
"""Behaviours that a quiz can be taken with."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What may be done with one question now. `shows`: it has been answered for good and feedback may follow."""

    may_change: bool
    may_check: bool
    shows: bool


def turn(behaviour: Behaviour, *, checked: bool) -> Turn:
    """In a quiz. `checked`: an answer that counts as a try has been checked.

    Immediate: one check settles the question. Deferred: nothing is checked before the attempt is handed in.
    """
    if behaviour is not Behaviour.IMMEDIATE:
        return Turn(may_change=True, may_check=False, shows=False)
    return Turn(may_change=not checked, may_check=not checked, shows=checked)


def practice_turn(*, answered: bool) -> Turn:
    """In a notebook: every try is answered at once and another is always welcome; the first is kept apart."""
    return Turn(may_change=True, may_check=True, shows=answered)


def may_go_back(sequential: bool, *, later_answered: bool) -> bool:
    """Whether a question may still be answered although a later one has been: not where the order is fixed."""
    return not (sequential and later_answered)
