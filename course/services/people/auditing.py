"""Reading the audit: who changed what, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from course.access.permissions import TABLE, Action
from course.services.people.desk import Caller, Desk, allowed
from course.storage.stores.audit import Entry, Via
from course.storage.unit_of_work import Transaction

PAGE = 50
_WORDS = {rule.action.value: rule.words for rule in TABLE}
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?\+00:00")
ERASED = "somebody who was erased"
NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One change as it is read."""

    id: int
    at: datetime
    who: str
    action: str
    about: str
    change: str


def of_cohort(desk: Desk, who: Caller, cohort_id: str, *, before: int | None = None) -> tuple[AuditLine, ...]:
    """What was changed in the cohort, newest first, fifty at a time; `before`: only what is older than this line."""
    with desk.uow.read() as tx:
        allowed(tx, who, Action.AUDIT_VIEW, cohort_id)
        names = {m.learner: m.name for m in tx.memberships.of_cohort(cohort_id, past=True)}
        found = tx.audit.of_cohort(cohort_id, before=before, limit=PAGE)
        things = _things(tx, cohort_id)
    return tuple(_line(entry, {k: v for k, v in names.items() if v}, things) for entry in found)


def of_site(desk: Desk, who: Caller, *, before: int | None = None) -> tuple[AuditLine, ...]:
    """What was changed outside of any cohort, newest first, for an admin."""
    with desk.uow.read() as tx:
        allowed(tx, who, Action.AUDIT_VIEW)
        return tuple(_line(entry, {}) for entry in tx.audit.of_site(before=before, limit=PAGE))


def _things(tx: Transaction, cohort_id: str) -> dict[str, str]:
    """What subjects of the audit are called now; what is gone keeps its id."""
    assignments = (*tx.assignments.of_cohort(cohort_id), *tx.assignments.withdrawn(cohort_id))
    return {
        **{f"assignment:{a.id}": f"“{a.title}”" for a in assignments},
        **{f"group:{g.id}": f"group {g.name}" for g in tx.cohorts.groups(cohort_id)},
    }


def _line(entry: Entry, names: dict[str, str], things: Mapping[str, str] = NOTHING) -> AuditLine:
    def name(learner: str | None) -> str:
        return ERASED if learner is None else names.get(learner) or entry.names.get(learner) or "somebody without a name"

    who = "the command line" if entry.via is Via.COMMAND else name(entry.actor)
    person = name(entry.person) if entry.person is not None else ""
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
    before, after = entry.before or {}, entry.after or {}
    told = []
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        label = str(key).replace("_", " ")
        told.append(
            f"{label}: {_value(old)} to {_value(new)}" if key in before and key in after else f"{label}: {_value(after.get(key, old))}"
        )
    return "; ".join(told)


def _value(value: object) -> str:
    if value is None or isinstance(value, bool):
        return {True: "yes", False: "no", None: "none"}[value]
    if isinstance(value, list | tuple):
        return ", ".join(map(_value, value)) or "none"
    text = str(value)
    return f"{text[:10]} {text[11:16]} UTC" if _MOMENT.fullmatch(text) else text
