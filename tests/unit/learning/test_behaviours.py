"""What may be done with a question follows from how the quiz is asked."""

from __future__ import annotations

import pytest

from course.learning.behaviours import Turn, is_behind, turn
from course.learning.policy import Behaviour

SETTLING = [Behaviour.IMMEDIATE, Behaviour.INTERACTIVE, Behaviour.MASTERY]


@pytest.mark.parametrize("behaviour", SETTLING)
def test_a_question_is_open_until_it_is_settled(behaviour: Behaviour) -> None:
    assert turn(behaviour, settled=False) == Turn(may_change=True, may_check=True, shows=False)
    assert turn(behaviour, settled=True) == Turn(may_change=False, may_check=False, shows=True)


@pytest.mark.parametrize("settled", [True, False])
def test_deferred_never_checks_and_always_lets_change(settled: bool) -> None:
    assert turn(Behaviour.DEFERRED, settled=settled) == Turn(may_change=True, may_check=False, shows=False)


def test_a_fixed_order_has_no_way_back() -> None:
    assert is_behind(True, 1, 2)
    assert not is_behind(True, 2, 2)
    assert not is_behind(True, 3, 2)
    assert not is_behind(True, 1, None)
    assert not is_behind(False, 1, 2)
