"""The gradebook as records: a page of it for those who teach, and a learner's own line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from course.services.teach.class_book import BookSettings


class Show(StrEnum):
    """Which learners a page of the gradebook lists."""

    EVERYBODY = "Everybody"
    MISSING = "Something missing or late"
    CHANGED = "With changed grades"


@dataclass(frozen=True, slots=True)
class BookColumn:
    """An assignment over its column. `mean` and `median` are shares; `handed_in` of `asked` learners finished it."""

    id: str
    title: str
    weight: float
    mean: float | None
    median: float | None
    handed_in: int
    asked: int


@dataclass(frozen=True, slots=True)
class BookCell:
    """`share` None: nothing yet. `state`: see `class_book`. `changed`: a person set it; `dropped`: it is the lowest and left out."""

    share: float | None
    state: int
    late: bool
    changed: bool
    dropped: bool


@dataclass(frozen=True, slots=True)
class BookRow:
    learner: str
    name: str
    group: str
    cells: tuple[BookCell, ...]
    total: float | None
    label: str


@dataclass(frozen=True, slots=True)
class Earned:
    """A grade, the lowest total that earns it (None: the one below all steps), and the names of who gets it."""

    label: str
    least: float | None
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BookView:
    """One page of the gradebook. `found` learners match the filter, of `learners`; `page` counts from 1. `earned`: by the whole class."""

    cohort: str
    title: str
    settings: BookSettings
    columns: tuple[BookColumn, ...]
    rows: tuple[BookRow, ...]
    groups: tuple[str, ...]
    learners: int
    found: int
    page: int
    pages: int
    mean: float | None
    earned: tuple[Earned, ...]


@dataclass(frozen=True, slots=True)
class OwnGrade:
    """One assignment of one's own. `why`: why no number stands there, "" when one does. `mean`: the class's, where it may be shown."""

    title: str
    share: float | None
    why: str
    weight: float
    late: bool
    changed: bool
    mean: float | None


@dataclass(frozen=True, slots=True)
class OwnBook:
    """A learner's own line. `place` of `of` (None: not shown), `note` says why the class is not."""

    cohort: str
    grades: tuple[OwnGrade, ...]
    total: float | None
    label: str
    mean: float | None
    place: int | None
    of: int
    note: str
