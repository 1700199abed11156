"""From a question to what a page draws: inputs in the order of one seed, and of an answer only what may be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from course.learning.drawing import displace, permute
from course.learning.reveal import Shown
from course.learning.scoring import Mark
from course.questions import by_name
from course.questions.base import (
    Arrange,
    ChooseMany,
    ChooseOne,
    Control,
    Json,
    Line,
    Option,
    OutcomeFeedback,
    Passage,
    Pick,
    Question,
    Shuffle,
    Stage,
    State,
)
from course.services.study.views import QuestionView, ReviewView

_NO_ANSWER: Final = frozenset({State.OMITTED, State.INVALID})


def question_view(question: Question, *, seed: int, shuffle: bool, points: float, folder: str) -> QuestionView:
    """The question without its key. The same seed shows the same order, in every control of the question alike.

    Gaps of a text and parts of a case have an order of their own each. A case without a stem is called by its type.
    """
    return _viewed(_Itself(question), seed, shuffle, points, folder)


class _Itself:
    """A question as a key: equal to itself alone, since another one of the same version may ask with other numbers."""

    __slots__ = ("question",)

    def __init__(self, question: Question) -> None:
        self.question = question

    def __hash__(self) -> int:
        return id(self.question)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and other.question is self.question


@lru_cache(maxsize=2048)
def _viewed(asked: _Itself, seed: int, shuffle: bool, points: float, folder: str) -> QuestionView:
    """Kept, as every click on a quiz or a notebook asks for the same few again."""
    question = asked.question
    kind = by_name(question.type)
    controls = tuple(_arranged(c, question.id, seed, shuffle) for c in kind.controls(question.body))
    return QuestionView(question.id, question.type, question.stem or kind.title, question.notice, question.figure, folder, controls, points)


def review_view(question: Question, view: QuestionView, response: Json, mark: Mark, shown: Shown) -> ReviewView:
    """What may be said about this answer. Nothing that `shown` withholds is in it."""
    kind = by_name(question.type)
    answered = mark.state is not None and mark.state not in _NO_ANSWER
    lines = kind.review(question.body, response, reveal_key=shown.key)
    return ReviewView(
        state=mark.state if shown.correctness else None,
        score=mark.score if shown.correctness else None,
        lines=_in_shown_order(tuple(_allowed(line, mark.state, shown) for line in lines), view.controls),
        outcome=_outcome(question.feedback, mark.state) if shown.feedback and shown.correctness else "",
        comments=kind.comments(question.body, response) if shown.feedback and answered else (),
        explanation=question.explanation if shown.explanation else "",
        cites=question.cites if shown.explanation else (),
        key_shown=shown.key,
    )


def _arranged(control: Control, label: str, seed: int, shuffle: bool) -> Control:
    match control:
        case ChooseOne() | ChooseMany() | Pick():
            return replace(control, options=_ordered(control.options, control.shuffle, label, seed, shuffle))
        case Arrange():
            return replace(control, items=_ordered(control.items, control.shuffle, label, seed, shuffle))
        case Passage():
            return replace(control, gaps=tuple(_arranged(gap, f"{label}/{gap.name}", seed, shuffle) for gap in control.gaps))
        case Stage():
            return replace(control, controls=tuple(_arranged(c, f"{label}/{control.name}", seed, shuffle) for c in control.controls))
        case _:
            return control


def _ordered(options: Sequence[Option], rule: Shuffle, label: str, seed: int, shuffle: bool) -> tuple[Option, ...]:
    by_id = {o.id: o for o in options}
    if rule is Shuffle.ALWAYS:
        return tuple(by_id[i] for i in displace(list(by_id), seed=seed, label=label))
    if rule is Shuffle.ALLOWED and shuffle:
        return tuple(by_id[i] for i in permute(list(by_id), seed=seed, label=label))
    return tuple(options)


def _allowed(line: Line, state: State | None, shown: Shown) -> Line:
    """The line without what is withheld. An answer known to be right names its own lines as right."""
    chosen_right = shown.correctness and state is State.RIGHT and line.chosen and line.state is None
    return replace(
        line,
        key=(line.key and shown.key) or chosen_right,
        state=line.state if shown.correctness else None,
        comment=line.comment if shown.feedback else "",
        right=line.right if shown.key else "",
        explanation=line.explanation if shown.explanation else "",
    )


def _in_shown_order(lines: tuple[Line, ...], controls: Sequence[Control]) -> tuple[Line, ...]:
    """Options looked back at stand as they stood when asked; lines that are no options keep their order."""
    if len(controls) != 1 or not isinstance(controls[0], ChooseOne | ChooseMany):
        return lines
    place = {option.text: position for position, option in enumerate(controls[0].options)}
    return tuple(sorted(lines, key=lambda line: place.get(line.text, len(place))))


def _outcome(feedback: OutcomeFeedback, state: State | None) -> str:
    match state:
        case State.RIGHT:
            return feedback.right
        case State.PARTIAL:
            return feedback.partial
        case State.WRONG | State.OMITTED:
            return feedback.wrong
        case _:
            return ""
