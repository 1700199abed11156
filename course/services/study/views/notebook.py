"""A module's notebook as its page draws it. Nothing in it that may not be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from course.content.model import Cell
from course.learning.progress import CellState, ModuleState
from course.questions.base import Json, State
from course.services.study.views.asking import QuestionView, ReviewView


@dataclass(frozen=True, slots=True)
class PracticeView:
    """A question asked in a notebook.

    `question` is what the last try answered, `again` what is asked next: the same, but for numbers drawn afresh. `first` is the
    state of the first try, kept apart from later ones; None when withheld. `changed`: it was answered in an older version, so
    the old answer is not shown. `notice`: that answer was graded again. `steps`: of a case that is being worked on, the answers
    given so far, by part.
    """

    question: QuestionView
    again: QuestionView
    response: Json
    tries: int
    review: ReviewView | None
    first: State | None
    notice: str = ""
    changed: bool = False
    steps: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StageView:
    """One answered stage of a case. `review` None: the answer was not taken, and `problem` says why."""

    review: ReviewView | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class CheckpointView:
    """A module's quiz in short. `best` in words, "" before the first result."""

    quiz: str
    title: str
    questions: int
    passed: bool
    best: str
    running: int | None
    """Id of an attempt that is running."""


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell as this learner sees it. `number` counts the cells shown; `quiz` is the title of a checkpoint's quiz."""

    cell: Cell
    number: int
    state: CellState
    done: bool
    new: bool
    practice: PracticeView | None
    checkpoint: CheckpointView | None


@dataclass(frozen=True, slots=True)
class ModuleView:
    """A notebook. `current` is the id of the next cell to work on, None when all is done. `minutes_left` is rounded up."""

    id: str
    number: int
    title: str
    summary: str
    content_notice: str
    cells: tuple[CellView, ...]
    done: int
    total: int
    minutes_left: int
    state: ModuleState
    current: str | None
    new_since: frozenset[str]
    previous: tuple[str, str] | None
    """Id and title of the module before."""
    following: tuple[str, str] | None
    """Id and title of the module after."""


@dataclass(frozen=True, slots=True)
class AnsweredView:
    """An answer in a notebook. `problem`: why it was not taken; "" when it was, and then `module` is the notebook with it."""

    problem: str
    module: ModuleView | None
