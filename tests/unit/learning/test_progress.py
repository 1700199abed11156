"""Done follows DESIGN section 6, and a completion is never taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.learning.events import Spot
from course.learning.outline import CellKind, CellOutline, ModuleOutline
from course.learning.progress import (
    CellState,
    Completion,
    Facts,
    ModuleState,
    cell_done,
    cell_state,
    done_of,
    is_complete,
    minutes_left,
    module_state,
    new_since,
)

NOW = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)


def cell(cell_id: str, kind: CellKind = CellKind.READ, **changes: object) -> CellOutline:
    made = CellOutline(cell_id, kind, required=True, clinician=False, minutes=2.0)
    return replace(made, **changes)  # type: ignore[arg-type]


MODULE = ModuleOutline(
    "m",
    (
        cell("read"),
        cell("ask", CellKind.QUESTION, question="q"),
        cell("dose", clinician=True),
        cell("extra", required=False),
        cell("check", CellKind.CHECKPOINT, quiz="quiz"),
    ),
    "quiz",
)
DONE = Facts(opened=frozenset({Spot("m", "read")}), answers={"q": False}, passed=frozenset({"quiz"}))


@pytest.mark.parametrize(
    "kind", [k for k in CellKind if k not in (CellKind.QUESTION, CellKind.CASE, CellKind.SIMULATION, CellKind.CHECKPOINT)]
)
def test_what_is_read_is_done_when_opened(kind: CellKind) -> None:
    assert not cell_done(Facts(), "m", cell("c", kind))
    assert cell_done(Facts(opened=frozenset({Spot("m", "c")})), "m", cell("c", kind))
    assert not cell_done(Facts(opened=frozenset({Spot("other", "c")})), "m", cell("c", kind))


@pytest.mark.parametrize("kind", [CellKind.QUESTION, CellKind.CASE, CellKind.SIMULATION])
def test_what_asks_is_done_when_answered_rightly_or_not(kind: CellKind) -> None:
    asks = cell("c", kind, question="q")
    assert not cell_done(Facts(opened=frozenset({Spot("m", "c")})), "m", asks)
    for verdict in (True, False, None):
        assert cell_done(Facts(answers={"q": verdict}), "m", asks)


def test_a_simulation_that_asks_nothing_is_done_when_opened() -> None:
    assert cell_done(Facts(opened=frozenset({Spot("m", "c")})), "m", cell("c", CellKind.SIMULATION))


def test_a_checkpoint_is_done_when_passed_not_when_failed() -> None:
    check = cell("c", CellKind.CHECKPOINT, quiz="quiz")
    assert not cell_done(Facts(failed=frozenset({"quiz"})), "m", check)
    assert cell_done(Facts(passed=frozenset({"quiz"})), "m", check)


@pytest.mark.parametrize(
    ("facts", "which", "now", "expected"),
    [
        (Facts(), "read", False, CellState.UNSEEN),
        (Facts(), "read", True, CellState.NOW),
        (DONE, "read", False, CellState.SEEN),
        (DONE, "ask", True, CellState.WRONG),
        (Facts(answers={"q": True}), "ask", False, CellState.RIGHT),
        (Facts(answers={"q": None}), "ask", False, CellState.SEEN),
        (Facts(opened=frozenset({Spot("m", "ask")})), "ask", False, CellState.SEEN),
        (Facts(failed=frozenset({"quiz"})), "check", True, CellState.WRONG),
        (DONE, "check", False, CellState.RIGHT),
    ],
)
def test_a_cells_state(facts: Facts, which: str, now: bool, expected: CellState) -> None:
    found = next(c for c in MODULE.cells if c.id == which)
    assert cell_state(facts, "m", found, now=now) is expected


def test_cells_for_clinicians_and_optional_ones_do_not_count() -> None:
    assert done_of(Facts(), MODULE) == (0, 3)
    assert done_of(DONE, MODULE) == (3, 3)
    assert is_complete(DONE, MODULE)


def test_a_module_is_not_done_before_its_checkpoint_is_passed() -> None:
    facts = replace(DONE, passed=frozenset())
    assert not is_complete(facts, MODULE)
    assert module_state(facts, MODULE) is ModuleState.CELLS_DONE


def test_an_optional_checkpoint_cell_still_belongs_to_the_module() -> None:
    cells = (cell("read"), cell("check", CellKind.CHECKPOINT, quiz="quiz", required=False))
    assert done_of(Facts(), ModuleOutline("m", cells, "quiz")) == (0, 2)


def test_minutes_left_are_those_of_cells_not_done() -> None:
    assert minutes_left(Facts(), MODULE) == 6
    assert minutes_left(replace(DONE, passed=frozenset()), MODULE) == 2


def test_a_completion_outlives_cells_added_later() -> None:
    completed = Completion(NOW, frozenset(c.id for c in MODULE.cells))
    grown = replace(MODULE, cells=(*MODULE.cells, cell("added")))
    facts = replace(DONE, completed={"m": completed})
    assert module_state(facts, grown) is ModuleState.DONE
    assert new_since(facts, grown) == {"added"}
    assert new_since(replace(facts, opened=facts.opened | {Spot("m", "added")}), grown) == frozenset()


def test_nothing_is_new_before_a_module_was_completed() -> None:
    assert new_since(DONE, MODULE) == frozenset()


@given(
    opened=st.sets(st.sampled_from([c.id for c in MODULE.cells])),
    answered=st.booleans(),
    passed=st.booleans(),
    more=st.sets(st.sampled_from(["read", "ask", "extra"])),
)
def test_doing_more_never_undoes(opened: set[str], answered: bool, passed: bool, more: set[str]) -> None:
    facts = Facts(frozenset(Spot("m", c) for c in opened), {"q": True} if answered else {}, frozenset({"quiz"} if passed else set()))
    later = replace(facts, opened=facts.opened | {Spot("m", c) for c in more}, answers={"q": False})
    assert done_of(later, MODULE)[0] >= done_of(facts, MODULE)[0]
    assert minutes_left(later, MODULE) <= minutes_left(facts, MODULE)


def test_a_prediction_that_is_kept_nowhere_is_done_when_committed_and_not_when_opened() -> None:
    guess = replace(cell("guess", CellKind.SIMULATION), predicts=True)
    assert not cell_done(Facts(opened=frozenset({Spot("m", "guess")})), "m", guess)
    committed = Facts(predicted=frozenset({Spot("m", "guess")}))
    assert cell_done(committed, "m", guess)
    assert cell_state(committed, "m", guess, now=False) is CellState.SEEN
