"""Reading the audit: who changed what, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from course.access.permissions import TABLE, Action
from course.services.people.desk import Caller, Desk, allowed
from course.storage.stores.audit import Entry, Via

PAGE = 50
_WORDS = {rule.action.value: rule.words for rule in TABLE}
ERASED = "somebody who was erased"


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
    return tuple(_line(entry, {k: v for k, v in names.items() if v}) for entry in found)


def of_site(desk: Desk, who: Caller, *, before: int | None = None) -> tuple[AuditLine, ...]:
    """What was changed outside of any cohort, newest first, for an admin."""
    with desk.uow.read() as tx:
        allowed(tx, who, Action.AUDIT_VIEW)
        return tuple(_line(entry, {}) for entry in tx.audit.of_site(before=before, limit=PAGE))


def _line(entry: Entry, names: dict[str, str]) -> AuditLine:
    def name(learner: str | None) -> str:
        return ERASED if learner is None else names.get(learner) or entry.names.get(learner) or "somebody without a name"

    who = "the command line" if entry.via is Via.COMMAND else name(entry.actor)
    person = name(entry.person) if entry.person is not None else ""
    about = ", ".join(filter(None, ("themselves" if entry.person and entry.person == entry.actor else person, entry.subject or "")))
    return AuditLine(entry.id, entry.at, who, action_in_words(entry.action), about, _change(entry))


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
    return {True: "yes", False: "no", None: "none"}.get(value, str(value)) if isinstance(value, bool | None) else str(value)
