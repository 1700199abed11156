"""An assignment in the audit, in the words of its page: what was handed out, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from course.access.assignments import Assignment, LateKind, as_data

_PLAIN: Final = as_data(Assignment("", "", "", ()))
"""What need not be said of a new one."""
_LABELS: Final = {
    "title": "title",
    "items": "what",
    "targets": "for",
    "opens": "opens",
    "due": "due",
    "closes": "closes",
    "late": "late work",
    "attempts": "attempts",
    "pass_mark": "pass mark",
    "weight": "weight",
    "in_order": "one after the other",
}


def told(before: Mapping[str, Any] | None, after: Mapping[str, Any], titles: Mapping[str, str], zone: str) -> str:
    """Of a new one what differs from the plain; of a changed one, from what to what. Times in this zone, which is named after them.

    `titles`: what "module:id", "quiz:id", "group:id" and "person:id" are called.
    """
    words = {
        key: (_word(key, (before or {}).get(key), titles, zone), _word(key, after[key], titles, zone)) for key in _LABELS if key in after
    }
    if before is None:
        said = [f"{_LABELS[key]}: {new}" for key, (_, new) in words.items() if key in ("items", "targets") or after[key] != _PLAIN[key]]
    else:
        said = [f"{_LABELS[key]}: {old} to {new}" for key, (old, new) in words.items()]
    return "; ".join(said)


def is_told(values: Mapping[str, Any]) -> bool:
    """Whether these are values of an assignment."""
    return bool(values) and values.keys() <= _LABELS.keys()


def _word(key: str, value: Any, titles: Mapping[str, str], zone: str) -> str:
    match key:
        case "title":
            return f"“{value}”"
        case "items":
            return ", ".join(titles.get(one, one.partition(":")[2]) for one in value or ())
        case "targets":
            return ", ".join(titles.get(one, _GONE.get(one.partition(":")[0], one)) for one in value or ())
        case "opens" | "due" | "closes":
            return "no date" if value is None else _moment(datetime.fromisoformat(value), zone)
        case "late":
            return _late(*value) if value else ""
        case "attempts":
            return "as the quiz has it" if value is None else f"{value}"
        case "pass_mark":
            return "as the quiz has it" if value is None else f"{100 * value:.4g} %"
        case "in_order":
            return "yes" if value else "no"
        case _:
            return f"{value:g}" if value is not None else "none"


_GONE: Final = {"cohort": "everybody", "group": "a group that is gone", "person": "somebody who left"}


def _moment(at: datetime, zone: str) -> str:
    there = at.astimezone(ZoneInfo(zone))
    return f"{there:%a} {there.day} {there:%b %Y, %H:%M} ({zone})"


def _late(kind: str, per_day: float, floor: float) -> str:
    if kind == LateKind.REFUSED.value:
        return "not taken"
    if kind == LateKind.ACCEPTED.value:
        return "taken, at no cost"
    least = f", at least {100 * floor:.4g} % of a score stays" if floor else ""
    return f"taken, less {100 * per_day:.4g} % for each begun day{least}"
