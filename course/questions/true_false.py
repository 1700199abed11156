"""A statement to judge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from course.diagnostics import Report
from course.questions.base import ChooseOne, Comment, Control, Graded, Json, Line, Option, QuestionType, Samples, Shuffle, invalid, scored
from course.questions.record_specs import Field
from course.questions.scalar_specs import Boolean
from course.questions.spec import Parsed

_OPTIONS: Final = (Option("true", "True"), Option("false", "False"))


class TrueFalse(QuestionType[bool]):
    """Asks whether the stem, a statement, is true.

    The answer is `"true"` or `"false"` (JSON true and false are taken too); right scores 1, wrong 0. What to say goes in
    the question's `feedback: {right, wrong}`. True always stands first.
    """

    name = "true_false"
    title = "True or false"
    fields: ClassVar[Mapping[str, Field]] = {"answer": Field(Boolean(), "whether the statement is true", required=True)}
    example = """\
id: open-first
type: true_false
objective: nmda-block
stem: Ketamine can block an NMDA channel only after the channel has opened.
answer: true
feedback: {right: The block is from within., wrong: The site lies inside the channel.}
explanation: The binding site lies inside the pore, so the channel has to open first.
cites: [zhang2021]
tests: [{response: 'true', score: 1}, {response: 'false', score: 0}]
"""

    def parse(self, parsed: Parsed, rule: str | None, report: Report) -> bool | None:
        return bool(parsed["answer"])

    def grade(self, body: bool, response: Json) -> Graded:
        answer = _read(response)
        return invalid("Choose true or false.") if answer is None else scored(float(answer == _id(body)))

    def controls(self, body: bool) -> tuple[Control, ...]:
        return (ChooseOne("", "True or false?", _OPTIONS, Shuffle.NEVER),)

    def sample(self, body: bool) -> Samples:
        return Samples((_id(body), body), (), (_id(not body), not body), ("True", "yes", 1, ["true"]))

    def key(self, body: bool) -> Json:
        return _id(body)

    def comments(self, body: bool, response: Json) -> tuple[Comment, ...]:
        return ()

    def review(self, body: bool, response: Json, *, reveal_key: bool) -> tuple[Line, ...]:
        return tuple(Line(o.text, o.id == _read(response), reveal_key and o.id == _id(body)) for o in _OPTIONS)

    def options(self, body: bool) -> tuple[Option, ...]:
        return _OPTIONS

    def chosen(self, body: bool, response: Json) -> tuple[str, ...]:
        answer = _read(response)
        return () if answer is None else (answer,)


def _id(value: bool) -> str:
    return "true" if value else "false"


def _read(response: Json) -> str | None:
    if isinstance(response, bool):
        return _id(response)
    return response if isinstance(response, str) and response in ("true", "false") else None
