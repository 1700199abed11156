"""There is always one next step, with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from course.learning.continuing import NextStep, StepKind, next_cell, next_step, where_to_continue
from course.learning.events import Spot
from course.learning.outline import CellKind, CellOutline, ModuleOutline, Outline
from course.learning.policy import Kind, Unlock
from course.learning.progress import Completion, Facts
from tests.factories import policy

NOW = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)


def module(module_id: str) -> ModuleOutline:
    cells = [CellOutline(f"{module_id}-{n}", CellKind.READ, True, False) for n in (1, 2, 3)]
    check = CellOutline(f"{module_id}-check", CellKind.CHECKPOINT, True, False, quiz=f"{module_id}-quiz")
    return ModuleOutline(module_id, (*cells, check), f"{module_id}-quiz")


A, B = module("a"), module("b")
OUTLINE = Outline(
    (A, B),
    {
        "opening": policy("opening", Kind.PRETEST),
        "closing": policy("closing", Kind.POSTTEST),
        "a-quiz": policy("a-quiz"),
        "b-quiz": policy("b-quiz"),
    },
)
READ_A = frozenset(Spot("a", f"a-{n}") for n in (1, 2, 3))
DONE_A = Completion(NOW, frozenset(c.id for c in A.cells))
ALL_DONE = Facts(
    opened=READ_A | {Spot("b", f"b-{n}") for n in (1, 2, 3)},
    passed=frozenset({"a-quiz", "b-quiz", "opening"}),
    completed={"a": DONE_A, "b": Completion(NOW, frozenset(c.id for c in B.cells))},
)


def step(facts: Facts, running: tuple[int, str] | None = None) -> NextStep:
    return next_step(facts, OUTLINE, open_attempt=running)


def test_a_newcomer_is_offered_the_opening_test() -> None:
    assert step(Facts()) == NextStep(StepKind.PRETEST, quiz="opening")


def test_who_began_reading_is_not_sent_back_to_the_opening_test() -> None:
    assert step(Facts(opened=frozenset({Spot("a", "a-1")}))) == NextStep(StepKind.READ, spot=Spot("a", "a-2"))


def test_a_running_attempt_comes_first() -> None:
    assert step(ALL_DONE, (7, "a-quiz")) == NextStep(StepKind.FINISH_ATTEMPT, quiz="a-quiz", attempt=7)


def test_reading_goes_on_where_it_stopped() -> None:
    facts = Facts(opened=frozenset({Spot("b", "b-2")}), stopped_at=Spot("b", "b-2"))
    assert step(facts) == NextStep(StepKind.READ, spot=Spot("b", "b-3"))


def test_skipped_cells_come_after_those_ahead() -> None:
    facts = Facts(opened=frozenset({Spot("a", "a-2"), Spot("a", "a-3")}), passed=frozenset({"a-quiz"}), stopped_at=Spot("a", "a-3"))
    found = next_cell(facts, A)
    assert found is not None
    assert found.id == "a-1"


def test_a_finished_module_leads_to_the_next_and_round_again() -> None:
    facts = Facts(opened=READ_A, passed=frozenset({"a-quiz"}), completed={"a": DONE_A}, stopped_at=Spot("a", "a-3"))
    assert where_to_continue(facts, OUTLINE) == Spot("b", "b-1")
    late = replace(ALL_DONE, completed={"b": DONE_A}, opened=frozenset(), passed=frozenset(), stopped_at=Spot("b", "b-3"))
    assert where_to_continue(late, OUTLINE) == Spot("a", "a-1")


def test_a_checkpoint_is_named_as_such_and_again_after_failing() -> None:
    read = Facts(opened=READ_A, stopped_at=Spot("a", "a-3"))
    assert step(read) == NextStep(StepKind.CHECKPOINT, spot=Spot("a", "a-check"), quiz="a-quiz")
    assert step(replace(read, failed=frozenset({"a-quiz"}))).kind is StepKind.RETRY_CHECKPOINT


def test_a_checkpoint_that_cannot_be_begun_holds_nobody_up() -> None:
    facts = Facts(opened=READ_A, failed=frozenset({"a-quiz"}), closed=frozenset({"a-quiz"}), stopped_at=Spot("a", "a-3"))
    assert step(facts) == NextStep(StepKind.READ, spot=Spot("b", "b-1"))


def test_the_closing_test_follows_the_last_module() -> None:
    assert step(ALL_DONE) == NextStep(StepKind.POSTTEST, quiz="closing")


def test_added_cells_come_last_then_nothing_is_left() -> None:
    facts = replace(ALL_DONE, passed=ALL_DONE.passed | {"closing"})
    assert step(facts) == NextStep(StepKind.ALL_DONE)
    grown = replace(A, cells=(*A.cells, CellOutline("a-new", CellKind.READ, True, False)))
    found = next_step(facts, replace(OUTLINE, modules=(grown, B)), open_attempt=None)
    assert found == NextStep(StepKind.NEW_CELLS, spot=Spot("a", "a-new"))


def test_a_follow_up_that_is_open_comes_first_and_the_latest_of_them() -> None:
    later = {f"after-{n}": policy(f"after-{n}", Kind.FOLLOWUP, unlock=(Unlock(handed_in="closing", after=n),)) for n in (30, 90)}
    outline = Outline(OUTLINE.modules, {**OUTLINE.policies, **later, "loose": policy("loose", Kind.FOLLOWUP)})

    def offered(closed: set[str], taken: set[str] = frozenset()) -> str | None:  # type: ignore[assignment]
        facts = replace(ALL_DONE, passed=ALL_DONE.passed | {"closing"}, closed=frozenset(closed), failed=frozenset(taken))
        return next_step(facts, outline, open_attempt=None).quiz

    assert offered({"after-30", "after-90"}) is None
    assert offered({"after-90"}) == "after-30"
    assert offered(set()) == "after-90"
    assert offered(set(), {"after-90"}) is None, "the first month is over"
    assert offered(set(), {"after-30"}) == "after-90"
