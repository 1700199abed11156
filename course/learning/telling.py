"""A case is told part by part. What the learner went on from is fixed, since the next part may tell what was right.

How far a case in a quiz is told follows from the log: from the steps that went on, and from answers to later parts. It never shrinks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from course.learning.responses import Response, ResponseKind, last_answer
from course.questions import Question
from course.questions.base import Json, is_blank
from course.questions.case import CaseBody


def parts_of(question: Question) -> tuple[str, ...]:
    """The ids of the parts in the order they are told; empty for a question that is no case."""
    return tuple(part.id for part in question.body.parts) if isinstance(question.body, CaseBody) else ()


def gone_on(log: Sequence[Response]) -> int:
    """How many parts the steps say are told: 1 at first, when only the first one is."""
    return max([1, *(int(step.response) for step in log if step.kind is ResponseKind.TOLD)])


def told(log: Sequence[Response], parts: Sequence[str]) -> int:
    """How many of these parts are told."""
    last = last_answer(log)
    return min(len(parts), max(gone_on(log), furthest(last.response if last is not None else None, parts)))


def furthest(response: Json, parts: Sequence[str]) -> int:
    """The number of the last part that has an answer, counted from 1; 0 when none has."""
    return max((n for n, part in enumerate(parts, 1) if not is_blank(of_part(response, part))), default=0)


def under_way(steps: Iterable[tuple[str, Json]], parts: Sequence[str]) -> dict[str, Json]:
    """The answers of the case that is being worked on in a notebook: of each part the first; none once all were answered."""
    found: dict[str, Json] = {}
    for part, response in steps:
        if part in parts:
            found.setdefault(part, response)
        if len(found) == len(parts):
            found = {}
    return found


def of_part(response: Json, part: str) -> Json:
    """The answer to one part; None when there is none."""
    return response.get(part) if isinstance(response, dict) else None
