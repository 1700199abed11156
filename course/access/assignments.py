"""What an instructor hands out: to whom, when, under which rules; and what is changed for single people.

Windows and order govern quizzes: when one may be begun. Notebooks stay open to read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

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
        (_after(one.opens, one.due), "It would be due before it opens."),
        (_after(one.opens, one.closes), "It would close before it opens."),
        (one.due is not None and one.closes is not None and one.closes < one.due, "It would close before it is due."),
        (one.late.kind is not LateKind.ACCEPTED and one.due is None, "A rule for late work needs a due date."),
    ):
        if wrong:
            raise Refused(sentence)
    return replace(one, title=title)


def _after(first: datetime | None, second: datetime | None) -> bool:
    return first is not None and second is not None and first >= second
