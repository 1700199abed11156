"""Where a learner goes on, and why: the place they stopped, and the one step that helps most next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from course.learning.events import Spot
from course.learning.outline import CellKind, CellOutline, ModuleOutline, Outline
from course.learning.policy import Kind
from course.learning.progress import Facts, ModuleState, cell_done, counting, module_state, new_since


class StepKind(StrEnum):
    FINISH_ATTEMPT = "finish_attempt"
    PRETEST = "pretest"
    READ = "read"
    CHECKPOINT = "checkpoint"
    RETRY_CHECKPOINT = "retry_checkpoint"
    NEW_CELLS = "new_cells"
    POSTTEST = "posttest"
    FOLLOWUP = "followup"
    ALL_DONE = "all_done"


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do next: a cell (`spot`) or a quiz, or neither when all is done."""

    kind: StepKind
    spot: Spot | None = None
    quiz: str | None = None
    attempt: int | None = None


def next_cell(facts: Facts, module: ModuleOutline) -> CellOutline | None:
    """The first cell not done at or after where the learner stopped in this module, else the first not done at all.

    A checkpoint that cannot be begun now is passed over.
    """
    stopped = facts.stopped_at
    positions = [c.id for c in module.cells]
    start = positions.index(stopped.cell) if stopped and stopped.module == module.id and stopped.cell in positions else 0
    ahead = set(positions[start:])
    undone = [c for c in counting(module) if not cell_done(facts, module.id, c) and c.quiz not in facts.closed]
    return next((c for c in undone if c.id in ahead), undone[0] if undone else None)


def where_to_continue(facts: Facts, outline: Outline) -> Spot | None:
    """The cell to open for "continue": in the module where the learner stopped, else in the next one not done.

    None when nothing is left that can be done now.
    """
    for module in _from_where_stopped(facts, outline.modules):
        if module_state(facts, module) is ModuleState.DONE:
            continue
        cell = next_cell(facts, module)
        if cell is not None:
            return Spot(module.id, cell.id)
    return None


def next_step(facts: Facts, outline: Outline, *, open_attempt: tuple[int, str] | None) -> NextStep:
    """The one step to suggest. `open_attempt` is (attempt id, quiz id).

    An attempt that runs comes first, then a follow-up that is due, for its day passes; then the pre-test before anything was read,
    then the place where the learner stopped (its checkpoint when only that is left), then the post-test, then cells added to
    finished modules.
    """
    if open_attempt is not None:
        return NextStep(StepKind.FINISH_ATTEMPT, quiz=open_attempt[1], attempt=open_attempt[0])
    followup = _followup(facts, outline)
    if followup is not None:
        return NextStep(StepKind.FOLLOWUP, quiz=followup)
    pretest, posttest = _untaken(facts, outline, Kind.PRETEST), _untaken(facts, outline, Kind.POSTTEST)
    if not facts.opened and not facts.answers and pretest is not None:
        return NextStep(StepKind.PRETEST, quiz=pretest)
    spot = where_to_continue(facts, outline)
    if spot is not None:
        return _towards(spot, facts, outline)
    if posttest is not None:
        return NextStep(StepKind.POSTTEST, quiz=posttest)
    added = next((Spot(m.id, c.id) for m in outline.modules for c in counting(m) if c.id in new_since(facts, m)), None)
    return NextStep(StepKind.NEW_CELLS, spot=added) if added else NextStep(StepKind.ALL_DONE)


def _followup(facts: Facts, outline: Outline) -> str | None:
    """The latest that is open: who comes after three months is not sent to the one of the first month, before it or after it."""
    waits = {
        q: max(u.after for u in p.unlock if u.handed_in)
        for q, p in outline.policies.items()
        if p.kind is Kind.FOLLOWUP and any(u.handed_in for u in p.unlock)
    }
    taken = facts.passed | facts.failed
    latest = max((waits[q] for q in waits if q in taken), default=-1.0)
    open_now = [q for q in waits if q not in taken | facts.closed and waits[q] > latest]
    return max(open_now, key=lambda q: waits[q], default=None)


def _untaken(facts: Facts, outline: Outline, kind: Kind) -> str | None:
    taken = facts.passed | facts.failed | facts.closed
    return next((quiz for quiz, policy in outline.policies.items() if policy.kind is kind and quiz not in taken), None)


def _towards(spot: Spot, facts: Facts, outline: Outline) -> NextStep:
    module = outline.module(spot.module)
    cell = next((c for c in module.cells if c.id == spot.cell), None) if module else None
    if cell is not None and cell.kind is CellKind.CHECKPOINT and cell.quiz is not None:
        kind = StepKind.RETRY_CHECKPOINT if cell.quiz in facts.failed else StepKind.CHECKPOINT
        return NextStep(kind, spot=spot, quiz=cell.quiz)
    return NextStep(StepKind.READ, spot=spot)


def _from_where_stopped(facts: Facts, modules: Sequence[ModuleOutline]) -> Sequence[ModuleOutline]:
    ids = [m.id for m in modules]
    start = ids.index(facts.stopped_at.module) if facts.stopped_at and facts.stopped_at.module in ids else 0
    return [*modules[start:], *modules[:start]]
