"""What instructors assigned to a learner and tell them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from course.access.assignments import ItemKind
from course.access.windows import Phase


@dataclass(frozen=True, slots=True)
class DueItem:
    """A module or quiz of an assignment. `locked`: what has to be done first, "" when it may be begun."""

    kind: ItemKind
    id: str
    title: str
    done: bool
    locked: str


@dataclass(frozen=True, slots=True)
class DueView:
    """What an instructor assigned to the learner. `words` say when and why; `extended`: the times are the learner's own."""

    id: str
    title: str
    cohort: str
    phase: Phase
    due: datetime | None
    words: tuple[str, ...]
    items: tuple[DueItem, ...]
    extended: bool

    @property
    def done(self) -> bool:
        return all(item.done for item in self.items)


@dataclass(frozen=True, slots=True)
class AnnouncementView:
    """What an instructor tells the learner's cohort."""

    cohort: str
    title: str
    body: str
    at: datetime
