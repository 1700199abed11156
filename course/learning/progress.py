"""How far a learner is: which cells are done, when a module is, what has been added since (DESIGN section 6).

Cells for clinicians are extras: they never count towards a module, so that turning them on or off changes no progress.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from course.learning.events import Spot
from course.learning.outline import ANSWERED, CellKind, CellOutline, ModuleOutline


class CellState(StrEnum):
    """How a cell stands for a learner. NOW: the next one to work on."""

    UNSEEN = "unseen"
    SEEN = "seen"
    RIGHT = "right"
    WRONG = "wrong"
    NOW = "now"


class ModuleState(StrEnum):
    NOT_STARTED = "not_started"
    STARTED = "started"
    CELLS_DONE = "cells_done"
    """Every required cell but the checkpoint is done."""
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Completion:
    """A module was completed at `at`, when it had these cells. Never revoked."""

    at: datetime
    cells: frozenset[str]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a learner has done, as far as progress needs it."""

    opened: frozenset[Spot] = frozenset()
    answers: Mapping[str, bool | None] | None = None
    """Question id -> whether the latest answer was right; None where there is no right or wrong."""
    passed: frozenset[str] = frozenset()
    """Quizzes passed, or handed in where there is nothing to pass."""
    failed: frozenset[str] = frozenset()
    """Quizzes handed in and not passed yet."""
    closed: frozenset[str] = frozenset()
    """Quizzes that cannot be begun now: locked, waiting, attempts used up."""
    completed: Mapping[str, Completion] | None = None
    stopped_at: Spot | None = None
    """Where the learner last did something."""
    predicted: frozenset[Spot] = frozenset()
    """Cells in which a prediction was committed."""

    def answer(self, question: str) -> tuple[bool, bool | None]:
        """Whether the question was answered, and whether rightly."""
        answers = self.answers or {}
        return question in answers, answers.get(question)

    def completion(self, module: str) -> Completion | None:
        return (self.completed or {}).get(module)


def cell_done(facts: Facts, module: str, cell: CellOutline) -> bool:
    """A question, case or simulation that asks something: answered. A checkpoint: passed. Anything else: opened.

    Where only that a prediction was made is kept, that is its answer.
    """
    if cell.kind is CellKind.CHECKPOINT and cell.quiz is not None:
        return cell.quiz in facts.passed
    if cell.predicts:
        return Spot(module, cell.id) in facts.predicted
    if cell.kind in ANSWERED and cell.question is not None:
        return facts.answer(cell.question)[0]
    return Spot(module, cell.id) in facts.opened


def cell_state(facts: Facts, module: str, cell: CellOutline, *, now: bool) -> CellState:
    """How the cell stands; `now` marks the next one to work on and yields to a right or wrong answer."""
    verdict = _verdict(facts, cell)
    if verdict is not None:
        return CellState.RIGHT if verdict else CellState.WRONG
    if now:
        return CellState.NOW
    seen = Spot(module, cell.id) in facts.opened or cell_done(facts, module, cell)
    return CellState.SEEN if seen else CellState.UNSEEN


def counting(module: ModuleOutline) -> tuple[CellOutline, ...]:
    """The cells that make up a module's progress: its checkpoint and the required ones that everybody sees."""
    return tuple(c for c in module.cells if (c.required and not c.clinician) or (c.quiz is not None and c.quiz == module.checkpoint))


def done_of(facts: Facts, module: ModuleOutline) -> tuple[int, int]:
    """How many counting cells are done, of how many."""
    cells = counting(module)
    return sum(cell_done(facts, module.id, c) for c in cells), len(cells)


def is_complete(facts: Facts, module: ModuleOutline) -> bool:
    """Whether the module is done now: all counting cells, and its checkpoint passed."""
    done, total = done_of(facts, module)
    return done == total and (module.checkpoint is None or module.checkpoint in facts.passed)


def module_state(facts: Facts, module: ModuleOutline) -> ModuleState:
    """A completed module stays done, whatever is added to it later."""
    if facts.completion(module.id) is not None:
        return ModuleState.DONE
    cells = counting(module)
    if all(cell_done(facts, module.id, c) for c in cells if c.kind is not CellKind.CHECKPOINT) and cells:
        return ModuleState.CELLS_DONE
    touched = any(spot.module == module.id for spot in facts.opened) or any(cell_done(facts, module.id, c) for c in cells)
    return ModuleState.STARTED if touched else ModuleState.NOT_STARTED


def new_since(facts: Facts, module: ModuleOutline) -> frozenset[str]:
    """Cells added after the learner completed the module and not done since."""
    completion = facts.completion(module.id)
    if completion is None:
        return frozenset()
    return frozenset(c.id for c in module.cells if c.id not in completion.cells and not cell_done(facts, module.id, c))


def minutes_left(facts: Facts, module: ModuleOutline) -> float:
    """Reading and working time of the counting cells that are not done."""
    return sum(c.minutes for c in counting(module) if not cell_done(facts, module.id, c))


def _verdict(facts: Facts, cell: CellOutline) -> bool | None:
    if cell.kind is CellKind.CHECKPOINT and cell.quiz is not None:
        return True if cell.quiz in facts.passed else False if cell.quiz in facts.failed else None
    return facts.answer(cell.question)[1] if cell.question is not None else None
