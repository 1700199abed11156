"""Assignments of cohorts, and what was changed in them for single people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, Row, bindparam, delete, exists, func, insert, or_, select, update

from course.access.assignments import Assignment, Extension, Item, ItemKind, Late, LateKind, Target, TargetKind
from course.access.roles import CohortRole
from course.storage.tables import (
    assignment,
    assignment_exemption,
    assignment_extension,
    assignment_item,
    assignment_target,
    cohort,
    cohort_group,
    group_member,
    membership,
)


@dataclass(frozen=True, slots=True)
class Handed:
    """An assignment with what concerns one learner: their extension, whether they are exempt, their groups in its cohort.

    `latest`: the latest due date and close that anybody's extension of it names.
    """

    assignment: Assignment
    cohort_name: str
    extension: Extension | None
    exempt: bool
    groups: frozenset[str]
    latest: Extension | None


@dataclass(frozen=True, slots=True)
class AssignmentStore:
    connection: Connection

    def add(self, one: Assignment, now: datetime) -> None:
        self.connection.execute(insert(assignment).values(id=one.id, created_at=now, **_row(one, now)))
        self._set_parts(one)

    def save(self, one: Assignment, now: datetime) -> None:
        """Store the assignment's present values over those of the same id."""
        self.connection.execute(update(assignment).where(assignment.c.id == one.id).values(_row(one, now)))
        for table in (assignment_item, assignment_target):
            self.connection.execute(delete(table).where(table.c.assignment_id == one.id))
        self._set_parts(one)

    def withdraw(self, assignment_id: str, now: datetime) -> None:
        """From now on it is nobody's; what was done stays."""
        self.connection.execute(update(assignment).where(assignment.c.id == assignment_id).values(withdrawn_at=now, changed_at=now))

    def bring_back(self, assignment_id: str, now: datetime) -> None:
        """It is handed out again, as it was when it was withdrawn."""
        self.connection.execute(update(assignment).where(assignment.c.id == assignment_id).values(withdrawn_at=None, changed_at=now))

    def withdrawn(self, cohort_id: str) -> tuple[Assignment, ...]:
        """What was withdrawn from the cohort, the latest first."""
        gone = (assignment.c.cohort_id == cohort_id) & assignment.c.withdrawn_at.is_not(None)
        return self._read(select(assignment).where(gone).order_by(assignment.c.withdrawn_at.desc(), assignment.c.id))

    def get(self, assignment_id: str) -> Assignment | None:
        """The assignment, unless it was withdrawn."""
        return next(iter(self._read(_ALL.where(assignment.c.id == assignment_id))), None)

    def of_cohort(self, cohort_id: str) -> tuple[Assignment, ...]:
        """The cohort's assignments by due date, those without one last; withdrawn ones left out."""
        return self._read(_ALL.where(assignment.c.cohort_id == cohort_id))

    def changed_at(self, ids: Iterable[str]) -> Mapping[str, datetime]:
        """When each assignment was changed last."""
        query = select(assignment.c.id, assignment.c.changed_at).where(assignment.c.id.in_(list(ids)))
        return {row.id: row.changed_at for row in self.connection.execute(query)}

    def of_learner(self, learner: str) -> tuple[Handed, ...]:
        """Assignments of the cohorts that the person learns in now, whomever they go to; archived cohorts left out."""
        rows = self.connection.execute(_OF_LEARNER, {"learner": learner}).all()
        if not rows:
            return ()
        found = self._whole(rows)
        ids, names = list(found), {row.id: row.cohort_name for row in rows}
        mine = self._one(_MY_EXTENSIONS, learner, ids)
        free = {row.assignment_id for row in self.connection.execute(_MY_EXEMPTIONS, {"learner": learner, "ids": ids})}
        latest = {
            row.assignment_id: Extension(row.assignment_id, "", row.due, row.closes)
            for row in self.connection.execute(_LATEST, {"ids": ids})
        }
        groups: dict[str, set[str]] = defaultdict(set)
        for row in self.connection.execute(_MY_GROUPS, {"learner": learner}):
            groups[row.cohort_id].add(row.group_id)
        return tuple(
            Handed(one, names[one.id], mine.get(one.id), one.id in free, frozenset(groups[one.cohort]), latest.get(one.id))
            for one in found.values()
        )

    def is_assigned(self, quiz: str, module: str | None) -> bool:
        """Whether any cohort that is not archived has the quiz, or the module whose checkpoint it is, in an assignment."""
        return bool(self.connection.execute(_IS_ASSIGNED, {"quiz": quiz, "module": module or ""}).scalar_one())

    def extensions(self, ids: Iterable[str]) -> tuple[Extension, ...]:
        """Everybody's extensions of these assignments."""
        query = select(assignment_extension).where(assignment_extension.c.assignment_id.in_(list(ids)))
        return tuple(map(_extension, self.connection.execute(query)))

    def exemptions(self, ids: Iterable[str]) -> frozenset[tuple[str, str]]:
        """Assignment and learner of every exemption."""
        query = select(assignment_exemption).where(assignment_exemption.c.assignment_id.in_(list(ids)))
        return frozenset((row.assignment_id, row.learner_id) for row in self.connection.execute(query))

    def extend(self, one: Extension, now: datetime) -> None:
        """Store the extension over an earlier one; one that says nothing takes it back."""
        mine = (assignment_extension.c.assignment_id == one.assignment) & (assignment_extension.c.learner_id == one.person)
        self.connection.execute(delete(assignment_extension).where(mine))
        if (one.due, one.closes, one.attempts) != (None, None, None):
            values = {"due": one.due, "closes": one.closes, "attempts": one.attempts, "at": now}
            self.connection.execute(insert(assignment_extension).values(assignment_id=one.assignment, learner_id=one.person, **values))

    def exempt(self, assignment_id: str, learner: str, yes: bool, now: datetime) -> None:
        mine = (assignment_exemption.c.assignment_id == assignment_id) & (assignment_exemption.c.learner_id == learner)
        self.connection.execute(delete(assignment_exemption).where(mine))
        if yes:
            self.connection.execute(insert(assignment_exemption).values(assignment_id=assignment_id, learner_id=learner, at=now))

    def _read(self, query: Any) -> tuple[Assignment, ...]:
        rows = self.connection.execute(query).all()
        return tuple(self._whole(rows).values()) if rows else ()

    def _whole(self, rows: Iterable[Row[Any]]) -> dict[str, Assignment]:
        rows = list(rows)
        ids = [row.id for row in rows]
        items: dict[str, list[Item]] = defaultdict(list)
        for row in self.connection.execute(_ITEMS, {"ids": ids}):
            items[row.assignment_id].append(Item(ItemKind(row.kind), row.ref))
        targets: dict[str, list[Target]] = defaultdict(list)
        for row in self.connection.execute(_TARGETS, {"ids": ids}):
            targets[row.assignment_id].append(Target(TargetKind(row.kind), row.group_id or row.learner_id or ""))
        return {row.id: _assignment(row, tuple(items[row.id]), tuple(targets[row.id])) for row in rows}

    def _one(self, query: Any, learner: str, ids: list[str]) -> dict[str, Extension]:
        found = self.connection.execute(query, {"learner": learner, "ids": ids})
        return {row.assignment_id: _extension(row) for row in found}

    def _set_parts(self, one: Assignment) -> None:
        self.connection.execute(
            insert(assignment_item),
            [{"assignment_id": one.id, "position": at, "kind": item.kind.value, "ref": item.id} for at, item in enumerate(one.items)],
        )
        self.connection.execute(insert(assignment_target), [_target_row(one.id, target) for target in one.targets])


_ORDER: Final = (assignment.c.due.is_(None), assignment.c.due, assignment.c.created_at, assignment.c.id)
_ALL: Final = select(assignment).where(assignment.c.withdrawn_at.is_(None)).order_by(*_ORDER)
# Statements that clicks run are built once: building one costs five times as much as running it.
_OF_LEARNER: Final = (
    select(assignment, cohort.c.name.label("cohort_name"))
    .join(membership, membership.c.cohort_id == assignment.c.cohort_id)
    .join(cohort, cohort.c.id == assignment.c.cohort_id)
    .where(
        membership.c.learner_id == bindparam("learner"),
        membership.c.role == CohortRole.LEARNER.value,
        membership.c.removed_at.is_(None),
        cohort.c.archived_at.is_(None),
        assignment.c.withdrawn_at.is_(None),
    )
    .order_by(*_ORDER)
)
_IDS: Final[BindParameter[Any]] = bindparam("ids", expanding=True)
_ITEMS: Final = (
    select(assignment_item)
    .where(assignment_item.c.assignment_id.in_(_IDS))
    .order_by(assignment_item.c.assignment_id, assignment_item.c.position)
)
_TARGETS: Final = select(assignment_target).where(assignment_target.c.assignment_id.in_(_IDS)).order_by(assignment_target.c.id)
_MINE: Final = assignment_extension.c.learner_id == bindparam("learner")
_MY_EXTENSIONS: Final = select(assignment_extension).where(_MINE, assignment_extension.c.assignment_id.in_(_IDS))
_MY_EXEMPTIONS: Final = select(assignment_exemption).where(
    assignment_exemption.c.learner_id == bindparam("learner"), assignment_exemption.c.assignment_id.in_(_IDS)
)
_LATEST: Final = (
    select(
        assignment_extension.c.assignment_id,
        func.max(assignment_extension.c.due).label("due"),
        func.max(assignment_extension.c.closes).label("closes"),
    )
    .where(assignment_extension.c.assignment_id.in_(_IDS))
    .group_by(assignment_extension.c.assignment_id)
)
_MY_GROUPS: Final = (
    select(cohort_group.c.cohort_id, group_member.c.group_id)
    .join(cohort_group, cohort_group.c.id == group_member.c.group_id)
    .where(group_member.c.learner_id == bindparam("learner"))
)
_IS_ASSIGNED: Final = select(
    exists()
    .select_from(assignment_item.join(assignment).join(cohort))
    .where(
        or_(
            (assignment_item.c.kind == ItemKind.QUIZ.value) & (assignment_item.c.ref == bindparam("quiz")),
            (assignment_item.c.kind == ItemKind.MODULE.value) & (assignment_item.c.ref == bindparam("module")),
        ),
        assignment.c.withdrawn_at.is_(None),
        cohort.c.archived_at.is_(None),
    )
)


def _row(one: Assignment, now: datetime) -> dict[str, Any]:
    return {
        "cohort_id": one.cohort,
        "title": one.title,
        "opens": one.opens,
        "due": one.due,
        "closes": one.closes,
        "late": one.late.kind.value,
        "late_per_day": one.late.per_day,
        "late_floor": one.late.floor,
        "attempts": one.attempts,
        "pass_mark": one.pass_mark,
        "weight": one.weight,
        "in_order": one.in_order,
        "changed_at": now,
    }


def _target_row(assignment_id: str, target: Target) -> dict[str, Any]:
    return {
        "assignment_id": assignment_id,
        "kind": target.kind.value,
        "group_id": target.id if target.kind is TargetKind.GROUP else None,
        "learner_id": target.id if target.kind is TargetKind.PERSON else None,
    }


def _assignment(row: Row[Any], items: tuple[Item, ...], targets: tuple[Target, ...]) -> Assignment:
    return Assignment(
        id=row.id,
        cohort=row.cohort_id,
        title=row.title,
        items=items,
        targets=targets,
        opens=row.opens,
        due=row.due,
        closes=row.closes,
        late=Late(LateKind(row.late), row.late_per_day, row.late_floor),
        attempts=row.attempts,
        pass_mark=row.pass_mark,
        weight=row.weight,
        in_order=row.in_order,
    )


def _extension(row: Row[Any]) -> Extension:
    return Extension(row.assignment_id, row.learner_id, row.due, row.closes, row.attempts)
