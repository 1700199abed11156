"""A survey question on a scale, without a right answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from course.diagnostics import Report
from course.questions.base import Comment, Control, Graded, Json, Line, Option, QuestionType, Samples, Scale, State, invalid
from course.questions.categorise import GROUP
from course.questions.choices import known_option, refuse_twins
from course.questions.record_specs import Field, ListOf
from course.questions.spec import Parsed


class Likert(QuestionType[tuple[Option, ...]]):
    """Asks how far the learner agrees, on a scale in a fixed order. It has no key, no points and no explanation.

    The answer is the id of a step; it is recorded, not scored.
    """

    name = "likert"
    title = "Scale of agreement"
    fields: ClassVar[Mapping[str, Field]] = {
        "scale": Field(ListOf(GROUP, least=2, unique="id"), "the steps, from one end to the other", required=True),
    }
    graded = False
    needs = ("stem",)
    example = """\
id: ready
type: likert
stem: I feel ready to explain this to somebody else.
scale: [{id: '1', text: Not at all}, {id: '2', text: Partly}, {id: '3', text: Fully}]
tests: [{response: '2', state: recorded}]
"""

    def parse(self, parsed: Parsed, rule: str | None, report: Report) -> tuple[Option, ...] | None:
        refuse_twins(parsed["scale"], report)
        return tuple(Option(step["id"], step["text"]) for step in parsed["scale"])

    def grade(self, body: tuple[Option, ...], response: Json) -> Graded:
        return Graded(None, State.RECORDED) if self.chosen(body, response) else invalid("Choose one of the steps shown.")

    def controls(self, body: tuple[Option, ...]) -> tuple[Control, ...]:
        return (Scale("", "Your answer", body),)

    def sample(self, body: tuple[Option, ...]) -> Samples:
        return Samples((), (), (), ("no-such-step!", 1, [body[0].id]))

    def key(self, body: tuple[Option, ...]) -> Json:
        """None: nothing is right or wrong."""
        return None

    def comments(self, body: tuple[Option, ...], response: Json) -> tuple[Comment, ...]:
        return ()

    def review(self, body: tuple[Option, ...], response: Json, *, reveal_key: bool) -> tuple[Line, ...]:
        return tuple(Line(step.text, step.id in self.chosen(body, response), key=False) for step in body)

    def options(self, body: tuple[Option, ...]) -> tuple[Option, ...]:
        return body

    def chosen(self, body: tuple[Option, ...], response: Json) -> tuple[str, ...]:
        return (response,) if known_option(response, (step.id for step in body)) else ()
