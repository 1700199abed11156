"""Reading the audit: who changed what, in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from course.access.permissions import TABLE, Action
from course.services.people import assignments_told
from course.services.people.desk import Caller, Desk, allowed, the_cohort
from course.storage.stores.audit import Entry, Via
from course.storage.unit_of_work import Transaction

PAGE = 50
READ: Final = 500
"""Changes that are looked through for a page: what was done to many at once becomes one line of it."""
TOGETHER: Final = timedelta(seconds=5)
_WORDS = {rule.action.value: rule.words for rule in TABLE}
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?\+00:00")
ERASED = "somebody who was erased"
NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One act as it is read. `people`: whom it changed alike, where they are several; each has a change of their own in what is
    stored, of which `id` is the oldest."""

    id: int
    at: datetime
    who: str
    action: str
    about: str
    change: str
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Acts, newest first. `more`: there are older ones, before the last of these."""

    lines: tuple[AuditLine, ...]
    more: bool


def of_cohort(desk: Desk, who: Caller, cohort_id: str, *, before: int | None = None, titles: Mapping[str, str] = NOTHING) -> AuditPage:
    """What was changed in the cohort, newest first, fifty acts at a time; `before`: only what is older than this line.

    `titles`: what can be assigned, "module:id" and "quiz:id", with its name.
    """
    with desk.uow.read() as tx:
        allowed(tx, who, Action.AUDIT_VIEW, cohort_id)
        names = {m.learner: m.name for m in tx.memberships.of_cohort(cohort_id, past=True)}
        found = tx.audit.of_cohort(cohort_id, before=before, limit=READ + 1)
        things, zone = _things(tx, cohort_id, found), the_cohort(tx, cohort_id).time_zone
    known = {k: v for k, v in names.items() if v}
    called = {**titles, **things, **{f"person:{k}": v for k, v in known.items()}}
    told = {e.id: assignments_told.told(e.before, e.after or {}, called, zone) for e in found if _of_assignment(e)}
    shown = _acts(found, known, things)
    return replace(shown, lines=tuple(replace(line, change=told.get(line.id, line.change)) for line in shown.lines))


def _of_assignment(entry: Entry) -> bool:
    """Whether it made or changed an assignment as a whole."""
    about = (entry.subject or "").startswith("assignment:") and entry.person is None
    return about and assignments_told.is_told(entry.after or {})


def of_site(desk: Desk, who: Caller, *, before: int | None = None) -> AuditPage:
    """What was changed outside of any cohort, newest first, for an admin."""
    with desk.uow.read() as tx:
        allowed(tx, who, Action.AUDIT_VIEW)
        return _acts(tx.audit.of_site(before=before, limit=READ + 1), {})


def _things(tx: Transaction, cohort_id: str, entries: Iterable[Entry]) -> dict[str, str]:
    """What subjects of the audit are called now; what is gone keeps its id."""
    assignments = (*tx.assignments.of_cohort(cohort_id), *tx.assignments.withdrawn(cohort_id))
    told = {e.subject for e in entries if e.subject and e.subject.startswith("announcement:")}
    announcements = {s: tx.announcements.get(int(s.partition(":")[2])) for s in told}
    return {
        **{f"assignment:{a.id}": f"“{a.title}”" for a in assignments},
        **{f"group:{g.id}": f"group {g.name}" for g in tx.cohorts.groups(cohort_id)},
        **{subject: f"announcement “{one.title}”" for subject, one in announcements.items() if one is not None},
    }


def _acts(entries: Sequence[Entry], names: dict[str, str], things: Mapping[str, str] = NOTHING) -> AuditPage:
    """Changes that one act made alike to several people, one after the other, are one line."""
    found: list[list[Entry]] = []
    for entry in entries[:READ]:
        if found and _alike(found[-1][-1], entry):
            found[-1].append(entry)
        elif len(found) < PAGE:
            found.append([entry])
        else:
            break
    lines = tuple(_together([_line(e, names, things) for e in act], act, names, things) for act in found)
    return AuditPage(lines, more=sum(map(len, found)) < len(entries))


def _alike(one: Entry, other: Entry) -> bool:
    """Whether both are the same change, each about somebody."""

    def change(e: Entry) -> tuple[object, ...]:
        subject = e.subject or ""
        each = subject.partition(":")[0] if subject.startswith("invitation:") else subject
        return e.via, e.actor, e.action, each, e.before, e.after

    about = one.person is not None and other.person is not None and one.person != other.person
    return about and one.at - other.at <= TOGETHER and change(one) == change(other)


def _together(lines: Sequence[AuditLine], act: Sequence[Entry], names: dict[str, str], things: Mapping[str, str]) -> AuditLine:
    if len(lines) == 1:
        return lines[0]
    subject = act[0].subject or ""
    about = "" if subject.startswith("invitation:") else _subject(subject, things)
    people = tuple(_name(e.person, e, names) for e in reversed(act))
    return replace(lines[0], id=lines[-1].id, about=about, people=people)


def _name(learner: str | None, entry: Entry, names: Mapping[str, str]) -> str:
    return ERASED if learner is None else names.get(learner) or entry.names.get(learner) or "somebody without a name"


def _line(entry: Entry, names: dict[str, str], things: Mapping[str, str] = NOTHING) -> AuditLine:
    who = "the command line" if entry.via is Via.COMMAND else _name(entry.actor, entry, names)
    person = _name(entry.person, entry, names) if entry.person is not None else ""
    about = ", ".join(
        filter(None, ("themselves" if entry.person and entry.person == entry.actor else person, _subject(entry.subject or "", things)))
    )
    return AuditLine(entry.id, entry.at, who, action_in_words(entry.action), about, _change(entry))


def _subject(subject: str, things: Mapping[str, str]) -> str:
    """ "“Week 1”", "attempt 12"; an id that nothing is known of is shortened."""
    kind, _, ref = subject.partition(":")
    return things.get(subject) or f"{kind} {ref[:8]}".strip()


def action_in_words(action: str) -> str:
    return _WORDS.get(action, action).partition(";")[0]


def _change(entry: Entry) -> str:
    """What differs; of what was made, what was said of it."""
    before, after = entry.before or {}, entry.after or {}
    told = []
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        label = str(key).replace("_", " ")
        if key in before and key in after:
            told += [f"{label}: {_value(old)} to {_value(new)}"] if old != new else []
        elif (value := after.get(key, old)) is not None:
            told.append(f"{label}: {_value(value)}")
    return "; ".join(told)


def _value(value: object) -> str:
    if value is None or isinstance(value, bool):
        return {True: "yes", False: "no", None: "none"}[value]
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_value(one)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(" ".join(map(_value, v)) if isinstance(v, list | tuple) else _value(v) for v in value) or "none"
    text = str(value)
    return f"{text[:10]} {text[11:16]} UTC" if _MOMENT.fullmatch(text) else text
