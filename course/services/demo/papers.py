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
    """A response, its mark, and the misconception that it shows; "" for none."""

    response: Json
    mark: Mark
    misconception: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """One slot: what it pins, a right answer, the wrong ones, and `guess`: the chance of being right without knowing."""

    question: Question
    points: float
    variant: dict[str, Any] | None
    right: Answer
    wrong: tuple[Answer, ...]
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
        found = answers(asked, entry.points)
        if found is None:
            return None
        asks.append(Ask(entry.question, entry.points, dict(variant) if variant is not None else None, *found, guess_of(asked)))
    return DemoPaper(seed, tuple(asks))


def answers(question: Question, points: float) -> tuple[Answer, tuple[Answer, ...]] | None:
    """A right answer and the wrong ones; None where the type has none, as an essay."""
    samples = by_name(question.type).sample(question.body)
    right = _graded(question, points, samples.right, State.RIGHT)
    wrong = _graded(question, points, samples.wrong, State.WRONG) or _graded(question, points, samples.partial, State.PARTIAL)[:1]
    return (right[0], wrong) if right and wrong else None


def _graded(question: Question, points: float, responses: tuple[Json, ...], state: State) -> tuple[Answer, ...]:
    found = ((response, mark(Answered(question, points, response))) for response in responses)
    return tuple(Answer(response, marked, _shown(question, response)) for response, marked in found if marked.state is state)


def _shown(question: Question, response: Json) -> str:
    """The first misconception that the answer shows, as the lead's page reads it."""
    return next((c.misconception for c in by_name(question.type).comments(question.body, response) if c.misconception), "")


def guess_of(question: Question) -> float:
    options = getattr(question.body, "options", ())
    return 0.5 if question.type == "true_false" else 1 / len(options) if question.type == "single_choice" and options else 0.0
