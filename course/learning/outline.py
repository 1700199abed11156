"""What learning needs to know of content: which cells a module has and what each asks for. Content builds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from course.learning.policy import QuizPolicy


class CellKind(StrEnum):
    """What a cell is. The value is stored in events, so it never changes."""

    READ = "read"
    FIGURE = "figure"
    SIMULATION = "simulation"
    QUESTION = "question"
    CASE = "case"
    EVIDENCE = "evidence"
    NOTE = "note"
    WARNING = "warning"
    SUPPORT = "support"
    REFLECTION = "reflection"
    CHECKPOINT = "checkpoint"


ANSWERED: frozenset[CellKind] = frozenset({CellKind.QUESTION, CellKind.CASE, CellKind.SIMULATION})
"""Kinds that are done when answered, not when opened."""


@dataclass(frozen=True, slots=True)
class CellOutline:
    id: str
    kind: CellKind
    required: bool
    clinician: bool
    question: str | None = None
    """Question id, for kinds that ask one."""
    quiz: str | None = None
    """Quiz id, for a checkpoint."""
    predicts: bool = False
    """A prediction is committed here that is kept nowhere: only that it was made."""
    minutes: float = 0.0


@dataclass(frozen=True, slots=True)
class ModuleOutline:
    id: str
    cells: tuple[CellOutline, ...]
    checkpoint: str | None

    def visible(self, *, clinician: bool) -> tuple[CellOutline, ...]:
        """The cells this reader may see; clinician cells are left out for everybody else."""
        return tuple(c for c in self.cells if clinician or not c.clinician)


@dataclass(frozen=True, slots=True)
class Outline:
    """The whole course, as far as progress needs it. Modules in order."""

    modules: tuple[ModuleOutline, ...]
    policies: Mapping[str, QuizPolicy]

    def module(self, module_id: str) -> ModuleOutline | None:
        return next((m for m in self.modules if m.id == module_id), None)
