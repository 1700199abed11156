"""What is noted when somebody learns: one small event a step, appended, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EventKind(StrEnum):
    """What happened. The value is stored, so it never changes.

    CASE_STEP: one part of a case in a notebook was answered; its data holds `question`, `version`, `part` and `response`.
    """

    CELL_OPENED = "cell_opened"
    CELL_ANSWERED = "cell_answered"
    CASE_STEP = "case_step"
    MODULE_COMPLETED = "module_completed"
    QUIZ_STARTED = "quiz_started"
    QUIZ_SUBMITTED = "quiz_submitted"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the course."""

    module: str
    cell: str


@dataclass(frozen=True, slots=True)
class Moment:
    """When a learner did something, and in which module (None: outside of one). UTC."""

    at: datetime
    module: str | None = None
