"""A number committed before the simulation shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from course.diagnostics import Report
from course.questions.base import Comment, Control, Graded, Json, Line, NumberEntry, QuestionType, Samples, Slider, invalid, scored
from course.questions.formulas import Computed
from course.questions.numbers import Unreadable, as_text, close, read_quantity, same_unit
from course.questions.record_specs import Field, ListOf, Record
from course.questions.scalar_specs import OneWord, Text
from course.questions.spec import Parsed
from course.questions.typed import number_as_typed, typed_lines

DISTANCE: Final = Record(
    "a distance",
    {
        "full": Field(Computed(low=0), "how far off still scores 1", required=True),
        "none": Field(Computed(above=0), "how far off scores 0", required=True),
        "scale": Field(
            OneWord(("absolute", "ratio")), "absolute: in the answer's unit; ratio: how many times too high or low", default="absolute"
        ),
    },
)


@dataclass(frozen=True, slots=True)
class PredictionBody:
    answer: float
    unit: str
    full: float
    none: float
    ratio: bool
    low: float | None
    high: float | None


class Prediction(QuestionType[PredictionBody]):
    """Asks for a number before a simulation or a figure shows it; the nearer, the better.

    d is |response - answer|, or with `scale: ratio` the larger of response/answer and answer/response. A d within `full`
    scores 1, from `none` on 0, and (none - d)/(none - full) between. A number outside `range` is invalid.
    """

    name = "prediction"
    title = "Prediction"
    fields: ClassVar[Mapping[str, Field]] = {
        "answer": Field(Computed(), "the number that comes out", required=True),
        "unit": Field(Text(), "its unit", default=""),
        "distance": Field(DISTANCE, "how far off scores what", required=True),
        "range": Field(ListOf(Computed(), least=2, most=2), "lowest and highest number that can be given"),
    }
    example = """\
id: guess-peak
type: prediction
objective: kinetics
stem: Before you run it, how high will the peak be?
answer: 177
unit: ng/mL
distance: {full: 10, none: 100}
range: [0, 400]
explanation: The peak comes at the end of the infusion.
cites: [clements1981]
tests:
  - {response: 180, score: 1}
  - {response: 122, score: 0.5}
  - {response: 300, score: 0}
  - {response: 500, score: 0, state: invalid}
"""

    def parse(self, parsed: Parsed, rule: str | None, report: Report) -> PredictionBody | None:
        distance, ends = parsed["distance"], parsed["range"]
        ratio, answer = distance["scale"] == "ratio", float(parsed["answer"])
        if distance["none"] <= distance["full"]:
            report.error("empty-distance", "`none` must lie beyond `full`", distance.at("none"))
        if ratio and distance["full"] < 1:
            report.error("ratio-below-1", "a ratio starts at 1, which is exactly right", distance.at("full"))
        if ratio and answer <= 0:
            report.error("ratio-of-nothing", "a ratio needs an answer above 0", parsed.at("answer"))
        if ends and not ends[0] < ends[1]:
            report.error("empty-range", "the range ends before it starts", parsed.at("range"))
        elif ends and not ends[0] <= answer <= ends[1]:
            report.error("answer-outside-range", f"the answer {as_text(answer)} lies outside the range", parsed.at("range"))
        return PredictionBody(answer, parsed["unit"].strip(), distance["full"], distance["none"], ratio, *(ends or (None, None)))

    def grade(self, body: PredictionBody, response: Json) -> Graded:
        value = _read(body, response)
        return invalid(value.reason) if isinstance(value, Unreadable) else scored(_score(body, value))

    def controls(self, body: PredictionBody) -> tuple[Control, ...]:
        if body.low is None or body.high is None:
            return (NumberEntry("", "Your prediction, a number", body.unit),)
        return (Slider("", "Your prediction", body.low, body.high, body.unit),)

    def sample(self, body: PredictionBody) -> Samples:
        middle = (body.full + body.none) / 2
        step = 1.1 * body.none
        halfway = (body.answer * middle, body.answer / middle) if body.ratio else (body.answer + middle, body.answer - middle)
        far = (body.answer * step, body.answer / step) if body.ratio else (body.answer + step, body.answer - step)
        beyond = () if body.high is None else (body.high + 1,)
        return Samples(
            right=(body.answer, f"{body.answer!r} {body.unit}".strip()),
            partial=tuple(v for v in halfway if not isinstance(_read(body, v), Unreadable)),
            wrong=tuple(v for v in far if not isinstance(_read(body, v), Unreadable)),
            invalid=("1,200", "a lot", True, [1], {"value": 1}, f"{body.answer!r} no-such-unit!", *beyond),
        )

    def key(self, body: PredictionBody) -> Json:
        return body.answer

    def comments(self, body: PredictionBody, response: Json) -> tuple[Comment, ...]:
        return ()

    def review(self, body: PredictionBody, response: Json, *, reveal_key: bool) -> tuple[Line, ...]:
        value = _read(body, response)
        right = not isinstance(value, Unreadable) and value == body.answer
        return typed_lines(_said(body, response), f"{as_text(body.answer)} {body.unit}".strip(), (), right=right, reveal_key=reveal_key)


def _said(body: PredictionBody, response: Json) -> str:
    """The prediction as it is looked back at: a number alone is in the unit that was asked for."""
    quantity = read_quantity(response)
    alone = not isinstance(quantity, Unreadable) and not quantity.unit
    return f"{number_as_typed(response)} {body.unit}".strip() if alone else number_as_typed(response)


def _read(body: PredictionBody, response: Json) -> float | Unreadable:
    quantity = read_quantity(response)
    if isinstance(quantity, Unreadable):
        return quantity
    if quantity.unit and same_unit(quantity.unit) != same_unit(body.unit):
        return Unreadable(f"Write the number in {body.unit}." if body.unit else "Write the number alone, without a unit.")
    low, high = body.low, body.high
    if low is not None and high is not None and not low <= quantity.value <= high:
        return Unreadable(f"Give a number from {as_text(low)} to {as_text(high)}.")
    return quantity.value


def _score(body: PredictionBody, value: float) -> float:
    if body.ratio and value <= 0:
        return 0.0
    far = max(value / body.answer, body.answer / value) if body.ratio else abs(value - body.answer)
    if far <= body.full or close(far, body.full):
        return 1.0
    return max(0.0, (body.none - far) / (body.none - body.full))
