"""What a quiz asks under one seed, with a right and a wrong answer to each question and what they are worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from course.content.model import Quiz
from course.learning.drawing import Candidate, draw
from course.learning.scoring import Answered, Mark, mark
from course.questions import Question, by_name
from course.questions.base import Json, State
from course.services.study.desk import pinned_variant


@dataclass(frozen=True, slots=True)
class Answer:
    """A response and its mark."""

    response: Json
    mark: Mark


@dataclass(frozen=True, slots=True)
class Ask:
    """One slot: what it pins, the two answers, and how hard it is. `guess`: the chance of being right without knowing."""

    question: Question
    points: float
    variant: dict[str, Any] | None
    right: Answer
    wrong: Answer
    guess: float


@dataclass(frozen=True, slots=True)
class DemoPaper:
    seed: int
    asks: tuple[Ask, ...]


def paper(quiz: Quiz, seed: int) -> DemoPaper | None:
    """The paper as an attempt with this seed would have it; None when a question cannot be answered rightly and wrongly at once."""
    entries = {e.question.id: e for e in quiz.entries}
    candidates = [Candidate(e.question.id, e.question.objective, e.question.tags) for e in quiz.entries]
    asks = []
    for question_id in draw(candidates, quiz.policy.draw, seed=seed, shuffle=quiz.policy.shuffle_questions):
        entry = entries[question_id]
        asked, variant = pinned_variant(entry.question, seed)
        pair = answers(asked, entry.points)
        if pair is None:
            return None
        asks.append(Ask(entry.question, entry.points, dict(variant) if variant is not None else None, *pair, _guess(asked)))
    return DemoPaper(seed, tuple(asks))


def answers(question: Question, points: float) -> tuple[Answer, Answer] | None:
    """A right and a wrong answer; None where the type has none, as an essay."""
    samples = by_name(question.type).sample(question.body)
    right = _first(question, points, samples.right, State.RIGHT)
    wrong = _first(question, points, samples.wrong, State.WRONG) or _first(question, points, samples.partial, State.PARTIAL)
    return None if right is None or wrong is None else (right, wrong)


def _first(question: Question, points: float, responses: tuple[Json, ...], state: State) -> Answer | None:
    graded = (Answer(r, mark(Answered(question, points, r))) for r in responses)
    return next((a for a in graded if a.mark.state is state), None)


def _guess(question: Question) -> float:
    options = getattr(question.body, "options", ())
    return 0.5 if question.type == "true_false" else 1 / len(options) if question.type == "single_choice" and options else 0.0
