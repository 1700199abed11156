"""Importing a roster: what each line would do, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from course.access.permissions import Action
from course.access.roles import CohortRole
from course.errors import Refused
from course.interop.roster import RosterRow, read_roster
from course.services.people.desk import NAME_LENGTH, Caller, Desk, allowed, locked, note, open_cohort, tidy
from course.services.people.members import LEAST_TIME, MOST_TIME, put_new
from course.services.people.more_time import reach_running
from course.storage.stores.cohorts import Group, Member
from course.storage.unit_of_work import Transaction


class LineKind(StrEnum):
    """What a line of the file does."""

    ADDED = "added"
    CHANGED = "changed"
    BACK = "back"
    SAME = "same"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One line: who, what it does, and the particulars as a sentence ("" for none)."""

    line: int
    name: str
    kind: LineKind
    said: str = ""


@dataclass(frozen=True, slots=True)
class RosterReport:
    """What a file does to a cohort. `missing`: learners of the cohort who are not in the file; nothing happens to them."""

    source: str
    lines: tuple[RosterLine, ...]
    missing: tuple[str, ...]
    applied: bool

    @property
    def problems(self) -> tuple[RosterLine, ...]:
        return tuple(line for line in self.lines if line.kind is LineKind.PROBLEM)

    def count(self, kind: LineKind) -> int:
        return sum(line.kind is kind for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Step:
    """A line and what to store for it."""

    line: RosterLine
    row: RosterRow
    before: Member | None = None
    after: Member | None = None


def import_roster(desk: Desk, who: Caller, cohort_id: str, data: bytes, *, apply: bool = False) -> RosterReport:
    """Say what the file would do, line by line; with `apply` do it, in one transaction. People are known by the file's number,
    else by their address.

    Raises:
        Refused: with `apply`, when any line has a problem; nothing is stored then.
    """
    found = read_roster(data)
    with desk.uow.write() if apply else desk.uow.read() as tx:
        allowed(tx, who, Action.MEMBER_IMPORT, cohort_id)
        if apply:
            open_cohort(tx, cohort_id)
        people = tx.memberships.of_cohort(cohort_id, past=True)
        groups = {g.name.casefold(): g for g in tx.cohorts.groups(cohort_id)}
        steps = _steps(cohort_id, found.rows, people, groups)
        unread = [RosterLine(p.line, "", LineKind.PROBLEM, p.message) for p in found.problems]
        lines = sorted([*unread, *(s.line for s in steps)], key=lambda one: one.line)
        seen = {s.before.learner for s in steps if s.before is not None}
        missing = [m.name or "" for m in people if m.removed_at is None and m.role is CohortRole.LEARNER and m.learner not in seen]
        report = RosterReport(found.source, tuple(lines), tuple(missing), applied=apply)
        if apply:
            if report.problems:
                first = report.problems[0]
                more = f" (and {len(report.problems) - 1} more)" if len(report.problems) > 1 else ""
                raise Refused(f"Nothing was imported. Line {first.line}: {first.said}{more}")
            _store(desk, tx, who, cohort_id, steps, groups)
    return report


def _steps(cohort_id: str, rows: Iterable[RosterRow], people: Iterable[Member], groups: dict[str, Group]) -> list[_Step]:
    by_id = {m.roster["id"].casefold(): m for m in people if m.roster.get("id")}
    by_email = {m.email: m for m in people if m.email}
    steps: list[_Step] = []
    seen: dict[str, int] = {}
    for row in rows:
        one, other = by_id.get(row.id.casefold()) if row.id else None, by_email.get(row.email) if row.email else None
        if one is not None and other is not None and one.learner != other.learner:
            said = f"The number {row.id} and the address {row.email} belong to two different people of the cohort."
            steps.append(_Step(RosterLine(row.line, row.name, LineKind.PROBLEM, said), row))
            continue
        before = one or other
        if before is not None and before.learner in seen:
            said = f"This is the person of line {seen[before.learner]}: one is known by the number, one by the address."
            steps.append(_Step(RosterLine(row.line, row.name, LineKind.PROBLEM, said), row))
            continue
        if before is not None:
            seen[before.learner] = row.line
        steps.append(_step(cohort_id, row, before, groups))
    return steps


def _step(cohort_id: str, row: RosterRow, before: Member | None, groups: dict[str, Group]) -> _Step:
    wrong = _wrong(row, before)
    if wrong:
        return _Step(RosterLine(row.line, row.name, LineKind.PROBLEM, wrong), row, before)
    roster = {**(before.roster if before else {}), **({"id": row.id} if row.id else {})}
    if before is None:
        return _Step(RosterLine(row.line, row.name, LineKind.ADDED, _particulars(row)), row)
    name = tidy(row.name)
    after = replace(before, listed=name, email=row.email or before.email, roster=roster, removed_at=None)
    changes = [
        f"name was {before.name}" if name != (before.listed or before.name) else "",
        f"address was {before.email or 'none'}" if after.email != before.email else "",
        "number is new" if dict(roster) != dict(before.roster) else "",
        f"extra time was {before.extra_time:g}" if row.extra_time not in (None, before.extra_time) else "",
        f"joins the group {row.group}" if row.group and not _is_in(groups, row.group, before.learner) else "",
    ]
    said = "; ".join(filter(None, changes))
    kind = LineKind.BACK if before.removed_at is not None else LineKind.CHANGED if said else LineKind.SAME
    return _Step(RosterLine(row.line, row.name, kind, said), row, before, after)


def _wrong(row: RosterRow, before: Member | None) -> str:
    if before is not None and before.removed_at is None and before.role is not CohortRole.LEARNER:
        return f"{row.name} is in the cohort already, as its {before.role.value}."
    if row.extra_time is not None and not LEAST_TIME <= row.extra_time <= MOST_TIME:
        return f"Extra time is a factor from {LEAST_TIME:g} to {MOST_TIME:g}, not {row.extra_time:g}."
    if len(row.name) > NAME_LENGTH:
        return f"The name is longer than {NAME_LENGTH} characters."
    return ""


def _particulars(row: RosterRow) -> str:
    told = [row.email, f"number {row.id}" if row.id else "", f"group {row.group}" if row.group else ""]
    if row.extra_time is not None and row.extra_time != 1:
        told.append(f"extra time {row.extra_time:g}")
    return ", ".join(filter(None, told))


def _is_in(groups: dict[str, Group], name: str, learner: str) -> bool:
    group = groups.get(name.casefold())
    return group is not None and learner in group.members


def _store(desk: Desk, tx: Transaction, who: Caller, cohort_id: str, steps: Iterable[_Step], groups: dict[str, Group]) -> None:
    joining: dict[str, set[str]] = {}
    kinds: dict[str, int] = {}
    for step in steps:
        learner = _stored(desk, tx, who, cohort_id, step)
        kinds[step.line.kind.value] = kinds.get(step.line.kind.value, 0) + 1
        if step.row.group:
            joining.setdefault(tidy(step.row.group, 120), set()).add(learner)
    for name, learners in joining.items():
        old = groups.get(name.casefold())
        if old is None:
            groups[name.casefold()] = made = Group(desk.ids(), cohort_id, name, tuple(sorted(learners)))
            tx.cohorts.add_group(made)
        else:
            tx.cohorts.set_group(replace(old, members=tuple(sorted({*old.members, *learners}))))
    note(desk, tx, who, Action.MEMBER_IMPORT, cohort=cohort_id, after=kinds)


def _stored(desk: Desk, tx: Transaction, who: Caller, cohort_id: str, step: _Step) -> str:
    """Store one line; the learner's id."""
    row = step.row
    if step.before is None or step.after is None:
        roster = {"id": row.id} if row.id else {}
        new = Member(cohort_id, desk.ids(), CohortRole.LEARNER, desk.clock(), listed=tidy(row.name), email=row.email or None, roster=roster)
        return put_new(desk, tx, who, new, row.extra_time or 1.0).learner
    after = step.after
    if step.line.kind is LineKind.BACK:
        after = replace(after, role=CohortRole.LEARNER, since=desk.clock())
        note(desk, tx, who, Action.MEMBER_ADD, cohort=cohort_id, person=after.learner, after={"role": after.role.value})
    if step.line.kind is not LineKind.SAME:
        tx.memberships.put(after)
    if row.extra_time is not None and row.extra_time != step.before.extra_time:
        tx.people.save(replace(locked(tx, after.learner), extra_time=row.extra_time))
        old, new_factor = {"factor": step.before.extra_time}, {"factor": row.extra_time}
        note(desk, tx, who, Action.MEMBER_EXTRA_TIME, cohort=cohort_id, person=after.learner, before=old, after=new_factor)
        reach_running(desk, tx, who, after.learner, row.extra_time, cohort_id)
    return after.learner
