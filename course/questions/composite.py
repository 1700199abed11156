"""Questions made of questions: what cloze and case have in common."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, TypeVar

from course.questions.base import OMITTED, Comment, Graded, Json, Line, Option, QuestionType, Samples, State, invalid, is_blank, scored
from course.questions.scoring_rules import clipped


@dataclass(frozen=True, slots=True)
class Part:
    """One nested question. `title` names it to the learner ("Gap 1"); the texts are "" in a gap."""

    id: str
    title: str
    kind: QuestionType[Any]
    body: Any
    points: float = 1.0
    text: str = ""
    stem: str = ""
    explanation: str = ""

    def grade(self, response: Json) -> Graded:
        return OMITTED if is_blank(response) else self.kind.grade(self.body, response)

    def in_words(self, response: Json, *, reveal_key: bool) -> Line:
        """The part as one line: what was answered and, when it may be shown, what is right."""
        lines = self.kind.review(self.body, response, reveal_key=reveal_key)
        return Line(
            self.stem or self.title,
            chosen=not is_blank(response),
            key=False,
            state=self.grade(response).state,
            comment=" ".join(c.text for c in self.kind.comments(self.body, response) if c.text),
            answer=_joined((line.text, line.answer, line.chosen) for line in lines),
            right=_joined((line.text, line.right, line.key) for line in lines) if reveal_key else "",
            explanation=self.explanation if reveal_key else "",
        )


@dataclass(frozen=True, slots=True)
class Composite:
    """The body of a question made of parts, in the order they are asked."""

    parts: tuple[Part, ...]


C = TypeVar("C", bound=Composite)


class CompositeType(QuestionType[C]):
    """Grades and shows `{part: response}`; a subclass says how parts are authored, drawn and put together.

    Parts left out or blank are neither right nor wrong. One invalid part makes the whole answer invalid, and the reason
    names it.
    """

    asks: ClassVar[str]
    """What to do, as the reason for an answer of another shape."""

    @abstractmethod
    def combine(self, body: C, grades: Mapping[str, Graded]) -> float:
        """The score of the whole from the grades of all parts, blank ones included."""

    def grade(self, body: C, response: Json) -> Graded:
        if not isinstance(response, dict) or not set(response) <= {part.id for part in body.parts}:
            return invalid(self.asks)
        grades = {part.id: part.grade(response.get(part.id)) for part in body.parts}
        for part in body.parts:
            if grades[part.id].state is State.INVALID:
                return invalid(f"{part.title}: {grades[part.id].reason}")
        if all(g.state is State.OMITTED for g in grades.values()):
            return OMITTED
        return scored(clipped(self.combine(body, grades)), {name: g.state for name, g in grades.items()})

    def sample(self, body: C) -> Samples:
        key, first = self.key(body), body.parts[0].id
        samples = {part.id: part.kind.sample(part.body) for part in body.parts}
        wrong = {name: s.wrong[0] for name, s in samples.items() if s.wrong}
        broken = next(({name: s.invalid[0]} for name, s in samples.items() if s.invalid), "text")
        return Samples(
            right=(key,),
            partial=tuple(t for t in ({**key, first: wrong.get(first)}, {first: key[first]}) if 0 < (self.grade(body, t).score or 0) < 1),
            wrong=(wrong,) if wrong and (self.grade(body, wrong).score or 0) <= 0 else (),
            invalid=({"no-such-part!": "x"}, broken, "text", 5, [key]),
        )

    def key(self, body: C) -> Json:
        return {part.id: part.kind.key(part.body) for part in body.parts}

    def comments(self, body: C, response: Json) -> tuple[Comment, ...]:
        """Targets are `part:option`, or the part alone."""
        return tuple(
            replace(comment, target=f"{part.id}:{comment.target}".rstrip(":"))
            for part, answer in _answered(body, response)
            for comment in part.kind.comments(part.body, answer)
        )

    def review(self, body: C, response: Json, *, reveal_key: bool) -> tuple[Line, ...]:
        answers = {part.id: answer for part, answer in _answered(body, response)}
        return tuple(part.in_words(answers.get(part.id), reveal_key=reveal_key) for part in body.parts)

    def options(self, body: C) -> tuple[Option, ...]:
        """The options of every part, as `part:option`."""
        return tuple(Option(f"{part.id}:{o.id}", o.text) for part in body.parts for o in part.kind.options(part.body))

    def chosen(self, body: C, response: Json) -> tuple[str, ...]:
        return tuple(f"{part.id}:{o}" for part, answer in _answered(body, response) for o in part.kind.chosen(part.body, answer))

    def ids(self, body: C) -> frozenset[str]:
        return frozenset(i for part in body.parts for i in part.kind.ids(part.body))


def _answered(body: Composite, response: Json) -> Iterable[tuple[Part, Json]]:
    if isinstance(response, dict):
        for part in body.parts:
            if not is_blank(response.get(part.id)):
                yield part, response[part.id]


def _joined(pieces: Iterable[tuple[str, str, bool]]) -> str:
    """`item: answer` for pieces that have parts of their own, else the texts that are marked."""
    return "; ".join(f"{text}: {words}" if words else text for text, words, marked in pieces if words or marked)
