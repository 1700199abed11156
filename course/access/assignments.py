"""What an instructor hands out: to whom, when, under which rules; and what is changed for single people.

Windows and order govern quizzes: when one may be begun. Notebooks stay open to read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Any

from course.errors import Refused

TITLE_LENGTH = 120
MOST_ITEMS = 40


class ItemKind(StrEnum):
    """What is worked on. The value is stored, so it never changes."""

    MODULE = "module"
    QUIZ = "quiz"


class TargetKind(StrEnum):
    """To whom. The value is stored, so it never changes."""

    COHORT = "cohort"
    GROUP = "group"
    PERSON = "person"


class LateKind(StrEnum):
    """What happens to work after the due date. The value is stored, so it never changes."""

    ACCEPTED = "accepted"
    PENALTY = "penalty"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Item:
    """A module or a quiz, by id."""

    kind: ItemKind
    id: str


@dataclass(frozen=True, slots=True)
class Target:
    """The whole cohort, a group of it, or a person in it. `id` is "" for the cohort."""

    kind: TargetKind
    id: str = ""


@dataclass(frozen=True, slots=True)
class Late:
    """The late rule. `per_day`: what each begun day takes off, as a share of the full score; the score never falls below
    `floor` times what was earned."""

    kind: LateKind = LateKind.ACCEPTED
    per_day: float = 0.0
    floor: float = 0.0

    def factor(self, days: int) -> float:
        """What the score is multiplied by, `days` begun days after the due date (0: in time)."""
        if days <= 0 or self.kind is LateKind.ACCEPTED:
            return 1.0
        if self.kind is LateKind.REFUSED:
            return 0.0
        return max(self.floor, 1.0 - self.per_day * days)


@dataclass(frozen=True, slots=True)
class Assignment:
    """One assignment of a cohort. Times are UTC; None: no such limit. `attempts` and `pass_mark` None: the quiz's own.

    `in_order`: each item opens when the one before it is done. `weight`: its share of the grade beside the others'; 0 does
    not count. Several items count equally.
    """

    id: str
    cohort: str
    title: str
    items: tuple[Item, ...]
    targets: tuple[Target, ...] = (Target(TargetKind.COHORT),)
    opens: datetime | None = None
    due: datetime | None = None
    closes: datetime | None = None
    late: Late = Late()
    attempts: int | None = None
    pass_mark: float | None = None
    weight: float = 1.0
    in_order: bool = False


@dataclass(frozen=True, slots=True)
class Extension:
    """Other times for one person. `attempts`: so many more. What is None stays as the assignment has it."""

    assignment: str
    person: str
    due: datetime | None = None
    closes: datetime | None = None
    attempts: int | None = None


def timing(one: Assignment) -> tuple[str, ...]:
    """What cannot be about its times: one sentence each."""
    return tuple(
        sentence
        for wrong, sentence in (
            (_after(one.opens, one.due), "It would be due before it opens."),
            (_after(one.opens, one.closes), "It would close before it opens."),
            (one.due is not None and one.closes is not None and one.closes < one.due, "It would close before it is due."),
            (one.late.kind is not LateKind.ACCEPTED and one.due is None, "A rule for late work needs a due date."),
        )
        if wrong
    )


def moved(one: Assignment, days: int, zone: tzinfo) -> Assignment:
    """The assignment `days` later, each time at the same hour of the clocks in `zone`."""

    def at(moment: datetime | None) -> datetime | None:
        return None if moment is None else (moment.astimezone(zone) + timedelta(days=days)).astimezone(UTC)

    return replace(one, opens=at(one.opens), due=at(one.due), closes=at(one.closes))


def as_data(one: Assignment) -> Mapping[str, Any]:
    """The assignment as plain JSON values; people stand in it by id."""
    return {
        "title": one.title,
        "items": [f"{i.kind}:{i.id}" for i in one.items],
        "targets": [f"{t.kind}:{t.id}" if t.id else str(t.kind) for t in one.targets],
        **{name: at.isoformat() if (at := getattr(one, name)) is not None else None for name in ("opens", "due", "closes")},
        "late": [one.late.kind.value, one.late.per_day, one.late.floor],
        "attempts": one.attempts,
        "pass_mark": one.pass_mark,
        "weight": one.weight,
        "in_order": one.in_order,
    }


def checked(one: Assignment) -> Assignment:
    """The assignment, its title tidied. Raises Refused with what to mend."""
    title = " ".join(one.title.split())
    for wrong, sentence in (
        (not title, "Give the assignment a title."),
        (len(title) > TITLE_LENGTH, f"The title is longer than {TITLE_LENGTH} characters."),
        (not one.items, "Choose at least one module or quiz."),
        (len(one.items) > MOST_ITEMS, f"An assignment holds at most {MOST_ITEMS} modules and quizzes."),
        (len(set(one.items)) < len(one.items), "A module or quiz is chosen twice."),
        (not one.targets, "Choose to whom it goes."),
        (one.attempts is not None and one.attempts < 1, "Give at least one attempt."),
        (one.pass_mark is not None and not 0 <= one.pass_mark <= 1, "The pass mark lies between 0 % and 100 %."),
        (not 0 <= one.weight <= 1000, "The weight lies between 0 and 1000."),
        (not 0 <= one.late.per_day <= 1 or not 0 <= one.late.floor <= 1, "The penalty and its floor lie between 0 % and 100 %."),
        *((True, sentence) for sentence in timing(one)),
    ):
        if wrong:
            raise Refused(sentence)
    return replace(one, title=title)


def _after(first: datetime | None, second: datetime | None) -> bool:
    return first is not None and second is not None and first >= second
