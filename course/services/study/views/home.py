"""The learner's own page: where to go on, how far they are. Nothing in it that may not be shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from course.learning.continuing import StepKind
from course.learning.progress import ModuleState
from course.services.study.views.asking import Place
from course.services.study.views.due import AnnouncementView, DueView


@dataclass(frozen=True, slots=True)
class ScorePoint:
    """One result in the course of time."""

    at: datetime
    attempt: int
    title: str
    fraction: float
    passed: bool | None


@dataclass(frozen=True, slots=True)
class ContinueView:
    """Where to go on. `eyebrow` is "Module 2, cell 4 of 12"."""

    place: Place
    eyebrow: str
    minutes_left: int


@dataclass(frozen=True, slots=True)
class ModuleCard:
    """A module in a list. `words` say how far it is; `checkpoint` is the best result in words ("" before)."""

    id: str
    number: int
    title: str
    summary: str
    minutes: int
    done: int
    total: int
    state: ModuleState
    words: str
    checkpoint: str
    new_cells: int


@dataclass(frozen=True, slots=True)
class StepView:
    """The one thing to do next, and why."""

    kind: StepKind
    title: str
    reason: str
    place: Place | None = None
    quiz: str | None = None
    attempt: int | None = None


@dataclass(frozen=True, slots=True)
class TestView:
    """The opening or closing test, or one that follows it. `fraction` None until taken, or while it may not be shown.

    `opens_at`: when a follow-up opens, only when that lies ahead. `questions`: how many it asks.
    """

    __test__ = False  # not a test class, whatever pytest thinks

    quiz: str
    title: str
    taken: bool
    running: int | None
    may_begin: bool
    attempt: int | None
    fraction: float | None
    questions: int = 0
    opens_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ByHandView:
    """An attempt with an answer that a person marks. `marked_at` None: it waits."""

    attempt: int
    title: str
    marked_at: datetime | None


@dataclass(frozen=True, slots=True)
class HomeView:
    """The learner's own page. `by_day`: minutes on each of the last 84 days, oldest first."""

    name: str | None
    continue_at: ContinueView | None
    modules: tuple[ModuleCard, ...]
    scores: tuple[ScorePoint, ...]
    by_day: tuple[tuple[date, float], ...]
    minutes_this_week: int
    next_step: StepView
    pretest: TestView | None
    posttest: TestView | None
    started: bool
    """Whether the learner has done anything yet."""
    due: tuple[DueView, ...] = ()
    announcements: tuple[AnnouncementView, ...] = ()
    followups: tuple[TestView, ...] = ()
    """Those whose closing test was handed in, soonest first."""
    by_hand: tuple[ByHandView, ...] = ()
