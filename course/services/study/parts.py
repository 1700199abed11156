"""The parts of a case: each as a question of its own, and how far a case in a running attempt is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from course.learning.responses import Response, last_answer
from course.learning.reveal import NOTHING, Shown
from course.learning.scoring import Answered, mark
from course.learning.telling import of_part, parts_of, told
from course.questions import Question
from course.questions.base import Json, OutcomeFeedback, Stage
from course.questions.composite import Composite, Part
from course.services.study.asking import review_view
from course.services.study.views import QuestionView, ReviewView, TellingView


def part_of(question: Question | None, name: str) -> Part | None:
    """The part of this id; None when the question has none."""
    parts = question.body.parts if question is not None and isinstance(question.body, Composite) else ()
    return next((part for part in parts if part.id == name), None)


def alone(question: Question, part: Part) -> Question:
    """The part as a question of its own: its words and its key, without those of the case."""
    return replace(
        question, type=part.kind.name, stem=part.stem, body=part.body, explanation=part.explanation, points=part.points, cites=(),
        feedback=OutcomeFeedback(), hints=(), notice="", figure=None, floor=None, parameters=None,
    )  # fmt: skip


def part_review(question: Question, part: Part, view: QuestionView, given: Json, shown: Shown) -> ReviewView:
    """What may be said about the answer to one part. `view` is the whole case, whose order it keeps."""
    own = alone(question, part)
    stage = next(c for c in view.controls if isinstance(c, Stage) and c.name == part.id)
    return review_view(own, replace(view, controls=stage.controls), given, mark(Answered(own, part.points, given)), shown)


def telling(question: Question, view: QuestionView, log: Sequence[Response]) -> TellingView | None:
    """How far the case is told, and what was answered to the parts that are fixed; None for a question that is no case."""
    parts, last = parts_of(question), last_answer(log)
    if not parts:
        return None
    far, given = told(log, parts), last.response if last is not None else None
    fixed = ((part_of(question, name), of_part(given, name)) for name in parts[: far - 1])
    return TellingView(far, len(parts), tuple(part_review(question, part, view, one, NOTHING) for part, one in fixed if part is not None))


def as_told(view: QuestionView, found: TellingView | None) -> QuestionView:
    """The question with the parts that are told, and no later one."""
    return view if found is None else replace(view, controls=view.controls[: found.told])
