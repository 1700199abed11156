"""Answers to a question, one of every kind that there is: the key, the author's own tests, each option, what its type makes up."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from course.content.model import Catalogue
from course.errors import CourseError
from course.learning.reveal import Shown
from course.learning.scoring import Answered, mark
from course.questions import Question, by_name, with_values
from course.questions.base import ChooseOne, Json, QuestionType, State, is_blank
from course.questions.choices import ChoiceType
from course.questions.composite import Composite
from course.questions.hotspot import Hotspot
from course.services.authoring.views import AnswerLine, OptionLine
from course.services.study.asking import question_view, review_view

_SAID_ALONE: Final = (ChoiceType, Hotspot)
"""Types in which each option has a word of its own."""
EVERYTHING: Final = Shown(True, True, True, True, True)
"""What is shown to those who may preview."""


def answer_line(question: Question, origin: str, response: Json, folder: str, *, seed: int, shows: Shown = EVERYTHING) -> AnswerLine:
    """One answer graded, with what may be said of it."""
    view = question_view(question, seed=seed, shuffle=False, points=question.points, folder=folder)
    graded = mark(Answered(question, question.points, response))
    state = graded.state if graded.state is not None else State.OMITTED
    readable = response if state is not State.INVALID else None
    return AnswerLine(origin, response, state, graded.score, view, review_view(question, view, readable, graded, shows), graded.reason)


def answers_to(question: Question, drawn: Question, folder: str, *, seed: int, shows: Shown = EVERYTHING) -> tuple[AnswerLine, ...]:
    """Every answer once, by who thought of it. `drawn` is the variant that is looked at; authored tests may name another one."""
    found: dict[str, AnswerLine] = {}
    for origin, asked, response in (*_of_author(question, drawn), *_of_type(drawn)):
        name = json.dumps([asked.stem, response], sort_keys=True, default=str)
        if name not in found and not is_blank(response):
            found[name] = answer_line(asked, origin, response, folder, seed=seed, shows=shows)
    return tuple(found.values())


def options_of(question: Question, catalogue: Catalogue) -> tuple[OptionLine, ...]:
    """Everything that can be chosen, in authored order, with the word on it; parts of a question one after the other."""
    if isinstance(question.body, Composite):
        parts: Iterable[tuple[str, QuestionType[Any], Any]] = ((p.stem or p.title, p.kind, p.body) for p in question.body.parts)
    else:
        parts = (("", by_name(question.type), question.body),)
    return tuple(line for part, kind, body in parts for line in _options(part, kind, body, catalogue))


def _options(part: str, kind: QuestionType[Any], body: Any, catalogue: Catalogue) -> Iterator[OptionLine]:
    if not isinstance(kind, _SAID_ALONE):
        return  # what others say stands with the answers
    keys = set(kind.chosen(body, kind.key(body)))
    for option in kind.options(body):
        said = [c for alone in (option.id, [option.id]) for c in kind.comments(body, alone) if c.target in ("", option.id)][:1]
        betrays = catalogue.course.misconceptions.get(said[0].misconception) if said and said[0].misconception else None
        yield OptionLine(part, option.text, option.id in keys, said[0].text if said else "", betrays.text if betrays else "")


def _of_author(question: Question, drawn: Question) -> Iterator[tuple[str, Question, Json]]:
    yield "the key", drawn, by_name(drawn.type).key(drawn.body)
    for test in question.tests:
        try:
            asked = with_values(question, test.variables).question if question.parameters is not None else question
        except CourseError:
            continue  # `check` reports a test whose values make no question
        yield f"the author's test, line {test.place.line}", asked, test.response


def _of_type(drawn: Question) -> Iterator[tuple[str, Question, Json]]:
    kind = by_name(drawn.type)
    controls = kind.controls(drawn.body)
    if len(controls) == 1 and isinstance(controls[0], ChooseOne) and not controls[0].name:
        yield from (("an option", drawn, option.id) for option in controls[0].options)
    made = kind.sample(drawn.body)
    yield from (
        ("made up by its type", drawn, response) for some in (made.right, made.partial, made.wrong, made.invalid) for response in some
    )
