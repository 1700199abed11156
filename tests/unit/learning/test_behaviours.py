"""What may be done with a question follows from how the quiz is asked."""

from __future__ import annotations

import pytest

from course.learning.behaviours import ASKABLE, Turn, may_go_back, practice_turn, turn
from course.learning.policy import Behaviour


def test_immediate_settles_a_question_with_one_check() -> None:
    assert turn(Behaviour.IMMEDIATE, checked=False) == Turn(may_change=True, may_check=True, shows=False)
    assert turn(Behaviour.IMMEDIATE, checked=True) == Turn(may_change=False, may_check=False, shows=True)


@pytest.mark.parametrize("checked", [True, False])
def test_deferred_never_checks_and_always_lets_change(checked: bool) -> None:
    assert turn(Behaviour.DEFERRED, checked=checked) == Turn(may_change=True, may_check=False, shows=False)


@pytest.mark.parametrize("answered", [True, False])
def test_practice_may_always_be_tried_again(answered: bool) -> None:
    assert practice_turn(answered=answered) == Turn(may_change=True, may_check=True, shows=answered)


def test_a_fixed_order_has_no_way_back() -> None:
    assert may_go_back(False, later_answered=True)
    assert may_go_back(True, later_answered=False)
    assert not may_go_back(True, later_answered=True)


def test_what_cannot_be_asked_yet_is_known() -> None:
    assert {Behaviour.INTERACTIVE, Behaviour.MASTERY}.isdisjoint(ASKABLE)
