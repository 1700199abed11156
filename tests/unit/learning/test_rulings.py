"""What is in force follows from the order of decisions, and reaches marks and totals."""

from __future__ import annotations

import pytest

from course.learning.rulings import NO_RULINGS, Act, ActKind, Rulings, rulings
from course.learning.scoring import Mark, Totals, totals
from course.questions.base import State

REGRADE, OVERRIDE, REMOVED = ActKind.REGRADE, ActKind.OVERRIDE, ActKind.OVERRIDE_REMOVED
WAITING = Mark(None, State.MANUAL, 4)


def test_nothing_decided_changes_nothing() -> None:
    assert rulings([]) == NO_RULINGS
    for mark in (WAITING, Mark(0.5, State.PARTIAL, 2), Mark(None, None, 1)):
        assert NO_RULINGS.ruled(1, mark) == mark


def test_the_last_regrade_of_a_position_holds() -> None:
    acts = [Act(REGRADE, 1, "v2"), Act(REGRADE, 2, "v2"), Act(REGRADE, 1, "v3")]
    assert rulings(acts).regraded == {1: "v3", 2: "v2"}


def test_the_last_override_holds_until_it_is_removed() -> None:
    acts = [Act(OVERRIDE, share=0.5), Act(REGRADE, 1, "v2"), Act(OVERRIDE, share=0.8)]
    assert rulings(acts).override == 0.8
    assert rulings([*acts, Act(REMOVED)]).override is None
    assert rulings([*acts, Act(REMOVED), Act(OVERRIDE, share=0.0)]).override == 0.0


def test_records_of_marks_and_withdrawals_are_no_decisions_of_their_own() -> None:
    assert rulings([Act(ActKind.VOID, 1), Act(ActKind.MARK, 2), Act(ActKind.UNVOID, 1)]) == NO_RULINGS


def test_a_withdrawn_question_counts_neither_way() -> None:
    ruled = rulings([], voided=[1])
    assert ruled.ruled(1, Mark(1.0, State.RIGHT, 2)) == Mark(None, None, 2)
    assert ruled.ruled(2, Mark(1.0, State.RIGHT, 2)) == Mark(1.0, State.RIGHT, 2)


@pytest.mark.parametrize(("share", "state"), [(1.0, State.RIGHT), (0.75, State.PARTIAL), (0.0, State.WRONG)])
def test_a_mark_by_hand_fills_what_waited_for_a_person(share: float, state: State) -> None:
    assert rulings([], given={1: share}).ruled(1, WAITING) == Mark(share, state, 4)


@pytest.mark.parametrize(
    "graded", [Mark(0.0, State.OMITTED, 4), Mark(0.0, State.INVALID, 4), Mark(0.5, State.PARTIAL, 4), Mark(None, None, 4)]
)
def test_a_mark_by_hand_changes_nothing_else(graded: Mark) -> None:
    assert rulings([], given={1: 1.0}).ruled(1, graded) == graded


def test_a_withdrawn_question_does_not_count_even_when_it_was_marked() -> None:
    assert Rulings(voided=frozenset({1}), given={1: 1.0}).ruled(1, WAITING) == Mark(None, None, 4)


def test_an_override_stands_for_the_whole_and_keeps_the_maximum() -> None:
    marks = [Mark(0.0, State.WRONG, 2), Mark(1.0, State.RIGHT, 2), WAITING]
    assert totals(marks, 0.75) == Totals(3, 4, 0.75, pending=True)
    assert totals(marks, None) == totals(marks) == Totals(2, 4, 0.5, pending=True)
    assert totals([], 0.75) == Totals(0, 0, 0.75, pending=False)
