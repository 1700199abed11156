"""What an assignment means for one person, and why: windows, extensions, exemptions, extra time, required order.

Everything follows from the assignment, the person and the clock. An extended due date takes the close along, so extra time
is never cut off; an attempt begun before the window closes runs to its own deadline.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from math import ceil
from typing import Final

from course.access.assignments import Assignment, Extension, Item, Late, LateKind, TargetKind

DAY: Final = timedelta(days=1)
MOST_EXTRA_TIME: Final = 5.0


class Phase(StrEnum):
    """How an assignment stands for a person now."""

    NOT_YOURS = "not yours"
    EXEMPT = "exempt"
    NOT_OPEN = "not open yet"
    OPEN = "open"
    LATE = "late"
    """Past the due date, and still taken."""
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Person:
    """Whom rules are asked for. `groups`: ids of groups in the assignment's cohort. `member`: learns in that cohort.

    `extra_time` multiplies every time limit.
    """

    id: str
    groups: frozenset[str] = frozenset()
    extra_time: float = 1.0
    member: bool = True


@dataclass(frozen=True, slots=True)
class Effective:
    """The rules of one assignment for one person. `attempts` and `pass_mark` None: the quiz's own; `more_attempts` come on top.

    `extended`: an extension moved something.
    """

    assignment: Assignment
    person: str
    assigned: bool
    exempt: bool
    opens: datetime | None
    due: datetime | None
    closes: datetime | None
    late: Late
    attempts: int | None
    more_attempts: int
    pass_mark: float | None
    extra_time: float
    extended: bool

    @property
    def last_moment(self) -> datetime | None:
        """After this nothing can be begun: the close, or the due date when late work is not taken; None: no end."""
        ends = [self.closes] if self.late.kind is not LateKind.REFUSED else [self.closes, self.due]
        return min((e for e in ends if e is not None), default=None)


def effective(one: Assignment, person: Person, extension: Extension | None = None, *, exempt: bool = False) -> Effective:
    """What holds for this person. An extension of another assignment or person changes nothing."""
    ours = extension if extension is not None and (extension.assignment, extension.person) == (one.id, person.id) else None
    due = ours.due if ours is not None and ours.due is not None and one.due is not None else one.due
    return Effective(
        assignment=one,
        person=person.id,
        assigned=person.member and any(_meets(t.kind, t.id, person) for t in one.targets),
        exempt=exempt,
        opens=one.opens,
        due=due,
        closes=_closes(one, ours, due),
        late=one.late,
        attempts=one.attempts,
        more_attempts=(ours.attempts or 0) if ours is not None else 0,
        pass_mark=one.pass_mark,
        extra_time=min(max(1.0, person.extra_time), MOST_EXTRA_TIME),
        extended=ours is not None,
    )


def phase(found: Effective, now: datetime) -> Phase:
    """How it stands at `now`. A window opens at its first moment and ends after its last."""
    if not found.assigned:
        return Phase.NOT_YOURS
    if found.exempt:
        return Phase.EXEMPT
    if found.opens is not None and now < found.opens:
        return Phase.NOT_OPEN
    if found.last_moment is not None and now > found.last_moment:
        return Phase.CLOSED
    return Phase.LATE if found.due is not None and now > found.due else Phase.OPEN


def may_begin(found: Effective, now: datetime) -> bool:
    """Whether its quizzes may be begun now. Who is exempt may."""
    return phase(found, now) in (Phase.OPEN, Phase.LATE) or (found.assigned and found.exempt)


def days_late(found: Effective, at: datetime) -> int:
    """Begun days between the due date and `at`; 0 in time or without a due date."""
    return 0 if found.due is None or at <= found.due else ceil((at - found.due) / DAY)


def factor(found: Effective, begun: datetime, at: datetime) -> float:
    """What a score handed in at `at` is multiplied by. An attempt begun after the last moment does not count (0).

    Where late work is refused, an attempt begun in time counts whole: it ran to its own deadline.
    """
    if found.last_moment is not None and begun > found.last_moment:
        return 0.0
    return 1.0 if found.late.kind is LateKind.REFUSED else found.late.factor(days_late(found, at))


def locked_behind(one: Assignment, item: Item, done: Collection[Item]) -> Item | None:
    """The item to finish first where the order is required; None: this one may be begun."""
    if not one.in_order or item not in one.items:
        return None
    return next((before for before in one.items[: one.items.index(item)] if before not in done), None)


def in_words(found: Effective, now: datetime, zone: tzinfo) -> tuple[str, ...]:
    """Why it is shown or hidden and what differs from the others' rules, one sentence each."""
    match phase(found, now):
        case Phase.NOT_YOURS:
            return ("Hidden because it is assigned to others.",)
        case Phase.EXEMPT:
            return ("Does not count: you are exempt. You may still do it.",)
        case Phase.NOT_OPEN:
            first = f"Hidden because it opens on {moment(found.opens, zone)}."
        case Phase.OPEN:
            first = f"Due on {moment(found.due, zone)}." if found.due is not None else "Open, without a due date."
        case Phase.LATE:
            first = f"Late: it was due on {moment(found.due, zone)}. {_late(found, now)}"
        case Phase.CLOSED:
            first = f"Closed since {moment(found.last_moment, zone)}."
    return (first, *_differences(found, zone, over=phase(found, now) is Phase.CLOSED))


def moment(at: datetime | None, zone: tzinfo) -> str:
    """ "Monday 30 November 2026, 09:00" where the person is."""
    if at is None:
        return "no set day"
    there = at.astimezone(zone)
    return f"{there:%A} {there.day} {there:%B %Y, %H:%M}"


def _meets(kind: TargetKind, target: str, person: Person) -> bool:
    match kind:
        case TargetKind.COHORT:
            return True
        case TargetKind.GROUP:
            return target in person.groups
        case TargetKind.PERSON:
            return target == person.id


def _closes(one: Assignment, ours: Extension | None, due: datetime | None) -> datetime | None:
    """The later of the close and what the extension says; a due date that moves takes it along."""
    if one.closes is None or ours is None:
        return one.closes
    ends: Iterable[datetime | None] = (one.closes, ours.closes, due + (one.closes - one.due) if due and one.due else None)
    return max(e for e in ends if e is not None)


def _late(found: Effective, now: datetime) -> str:
    if found.late.kind is LateKind.PENALTY:
        worth = found.late.factor(days_late(found, now))
        return f"Handed in today it counts {worth:.0%} of its score."
    return "It is still taken."


def _differences(found: Effective, zone: tzinfo, *, over: bool) -> Iterable[str]:
    if found.extended:
        yield "Your times differ from the others': you have an extension."
    if found.last_moment is not None and found.last_moment != found.due and not over:
        yield f"Nothing can be begun after {moment(found.last_moment, zone)}; what was begun runs to its end."
    if found.more_attempts:
        yield f"You have {found.more_attempts} more {'attempt' if found.more_attempts == 1 else 'attempts'} than the others."
    if found.extra_time > 1:
        yield f"Your time limits are {found.extra_time:g} times as long."
