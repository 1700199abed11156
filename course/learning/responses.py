"""The log of an attempt: one row a step, appended, never changed. Every score follows from it and from what the attempt pins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final


class ResponseKind(StrEnum):
    """Why a row was written. The value is stored, so it never changes.

    SAVED: an answer, written while working. CHECKED: an answer handed in for this question alone, a try. HINT: a hint was
    taken; its `response` is the number of the hint, counted from 1. TOLD: a case was told further; its `response` is how many
    of its parts are told.
    """

    SAVED = "saved"
    CHECKED = "checked"
    HINT = "hint"
    TOLD = "told"


ANSWERS: Final = frozenset({ResponseKind.SAVED, ResponseKind.CHECKED})
"""The kinds of rows that hold an answer."""


@dataclass(frozen=True, slots=True)
class Response:
    """One step at one question, as it was sent. `response` is JSON; `certainty` 1 to 3 where the quiz asks for it."""

    position: int
    at: datetime
    kind: ResponseKind
    response: Any
    certainty: int | None = None


def last_answer(log: Sequence[Response]) -> Response | None:
    """What stands in the question's inputs: the last answer, saved or checked."""
    return next((r for r in reversed(log) if r.kind in ANSWERS), None)


def last_checked(log: Sequence[Response]) -> Response | None:
    """The last try; None before the first."""
    return next((r for r in reversed(log) if r.kind is ResponseKind.CHECKED), None)


def unchecked(log: Sequence[Response]) -> Response | None:
    """An answer that was saved after the last try and not tried; None when there is none."""
    last = last_answer(log)
    return last if last is not None and last.kind is ResponseKind.SAVED else None


def hints_taken(log: Sequence[Response]) -> int:
    return sum(r.kind is ResponseKind.HINT for r in log)
