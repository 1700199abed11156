"""A number, with or without a unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final

from course.diagnostics import Report
from course.questions.base import (
    OMITTED,
    Comment,
    Control,
    Graded,
    Json,
    Line,
    NumberEntry,
    QuestionType,
    Samples,
    invalid,
    is_blank,
    scored,
)
from course.questions.formulas import Computed
from course.questions.numbers import Unreadable, as_text, close, read_quantity, round_figures, same_unit
from course.questions.record_specs import Field, ListOf, MapOf, Record
from course.questions.scalar_specs import Boolean, Number, Text
from course.questions.spec import Parsed
from course.questions.typed import number_as_typed, typed_lines

TOLERANCE: Final = Record(
    "a tolerance",
    {
        "abs": Field(Computed(low=0), "how far off in the answer's unit, ends included"),
        "rel": Field(Computed(low=0), "how far off as a share of the answer, ends included"),
        "sigfigs": Field(Number(low=1, high=12, whole=True), "equal after rounding both to so many significant figures"),
    },
)
RANGE: Final = Record(
    "a range",
    {
        "from": Field(Computed(), "lower end, included", required=True),
        "to": Field(Computed(), "upper end, included", required=True),
        "score": Field(Number(low=0, high=1), "what an answer inside scores", required=True),
        "feedback": Field(Text(), "shown to those whose answer lies inside", default=""),
    },
)


class Closeness(StrEnum):
    """How near counts as right."""

    ABS = "abs"
    REL = "rel"
    SIGFIGS = "sigfigs"


@dataclass(frozen=True, slots=True)
class Range:
    low: float
    high: float
    score: float
    feedback: str


@dataclass(frozen=True, slots=True)
class NumericBody:
    """All values in `unit`. `units`: spelling (normalised) -> how many of `unit` one of them is, `unit` itself included."""

    answer: float
    closeness: Closeness
    tolerance: float
    unit: str
    units: Mapping[str, float]
    other_units: tuple[str, ...]
    unit_required: bool
    ranges: tuple[Range, ...]


class Numeric(QuestionType[NumericBody]):
    """Asks for a number.

    The answer is a number, a text such as `177`, `1,5` or `0.177 ug/mL`, or `{value, unit}`. It is right within
    `tolerance`: `abs`, `rel` or `sigfigs` (both rounded half away from zero); without one, when equal within 1e-9 relative.
    A bare number is in `unit`; `units` lists others and how many of `unit` one of them is. An unknown unit is invalid, and
    so is a bare number when `unit_required`. `ranges`, in `unit` and with their ends, give partial scores; the best counts.
    A comma before exactly three digits could mean two things and is refused, with the reason.
    """

    name = "numeric"
    title = "Number"
    fields: ClassVar[Mapping[str, Field]] = {
        "answer": Field(Computed(), "the right number, in `unit`", required=True),
        "tolerance": Field(TOLERANCE, "how near counts as right: one of abs, rel, sigfigs"),
        "unit": Field(Text(), "unit of `answer`; a bare number is in it", default=""),
        "units": Field(MapOf(Number(above=0)), "other units, and how many of `unit` one of them is", default=dict),
        "unit_required": Field(Boolean(), "true: a number without a unit is asked again", default=False),
        "ranges": Field(ListOf(RANGE), "ranges with a score of their own; the best counts", default=list),
    }
    example = """\
id: peak
type: numeric
objective: kinetics
stem: What was the mean peak concentration in that study?
answer: 177
tolerance: {abs: 5}
unit: ng/mL
units: {ug/L: 1, ug/mL: 1000}
ranges: [{from: 100, to: 250, score: 0.5, feedback: Inside the published range.}]
feedback: {wrong: Look at the top of the curve.}
explanation: The mean peak was 177 ng/mL.
cites: [clements1981]
tests:
  - {response: 177, score: 1}
  - {response: 0.18 ug/mL, score: 1}
  - {response: 200, score: 0.5}
  - {response: 400, score: 0}
  - {response: '1,770', state: invalid, score: 0}
"""

    def parse(self, parsed: Parsed, rule: str | None, report: Report) -> NumericBody | None:
        closeness, tolerance = _read_tolerance(parsed, report)
        ranges = []
        for entry in parsed["ranges"]:
            if entry["from"] > entry["to"]:
                report.error("empty-range", f"the range ends at {entry['to']:g}, before it starts", entry.at("to"), "swap `from` and `to`")
            ranges.append(Range(entry["from"], entry["to"], entry["score"], entry["feedback"]))
        unit = parsed["unit"].strip()
        return NumericBody(
            float(parsed["answer"]),
            closeness,
            tolerance,
            unit,
            _read_units(parsed, unit, report),
            tuple(parsed["units"]),
            parsed["unit_required"],
            tuple(ranges),
        )

    def grade(self, body: NumericBody, response: Json) -> Graded:
        if isinstance(response, dict) and set(response) <= {"value", "unit"} and is_blank(response.get("value")):
            return OMITTED
        value = _read(body, response)
        return invalid(value.reason) if isinstance(value, Unreadable) else scored(_score(body, value))

    def controls(self, body: NumericBody) -> tuple[Control, ...]:
        return (NumberEntry("", "Your answer, a number", body.unit, body.other_units),)

    def sample(self, body: NumericBody) -> Samples:
        far = _far(body)
        tries = [(r.low + r.high) / 2 for r in body.ranges] + [end for r in body.ranges for end in (r.low, r.high)]
        partial = [{"value": value, "unit": body.unit} for value in tries if 0 < _score(body, value) < 1]
        typed = f"{body.answer!r} {body.unit}".strip()
        return Samples(
            right=(self.key(body), typed, *_in_other_units(body)),
            partial=tuple(partial),
            wrong=({"value": far, "unit": body.unit}, f"{far!r} {body.unit}".strip()),
            invalid=("1,200", "about ten", True, [1], {"value": 1, "size": 2}, f"{body.answer!r} no-such-unit!", {"value": True}),
        )

    def key(self, body: NumericBody) -> Json:
        return {"value": body.answer, "unit": body.unit} if body.unit_required else body.answer

    def comments(self, body: NumericBody, response: Json) -> tuple[Comment, ...]:
        value = _read(body, response)
        if isinstance(value, Unreadable) or _full(body, value):
            return ()
        inside = [r for r in body.ranges if _inside(r, value)]
        best = max(inside, key=lambda r: r.score, default=None)
        return (Comment(f"range-{body.ranges.index(best) + 1}", best.feedback),) if best and best.feedback else ()

    def review(self, body: NumericBody, response: Json, *, reveal_key: bool) -> tuple[Line, ...]:
        value = _read(body, response)
        right = not isinstance(value, Unreadable) and _full(body, value)
        answer = f"{as_text(body.answer)} {body.unit}".strip()
        return typed_lines(_said(body, response), answer, self.comments(body, response), right=right, reveal_key=reveal_key)


def _said(body: NumericBody, response: Json) -> str:
    """The answer as it is looked back at: a number alone is in `unit`, where one need not be written."""
    quantity = read_quantity(response)
    alone = not isinstance(quantity, Unreadable) and not quantity.unit and not body.unit_required
    return f"{number_as_typed(response)} {body.unit}".strip() if alone else number_as_typed(response)


def _read_tolerance(parsed: Parsed, report: Report) -> tuple[Closeness, float]:
    authored = parsed["tolerance"]
    if authored is None:
        return Closeness.REL, 0.0
    given = [way for way in Closeness if authored[way] is not None]
    if len(given) != 1:
        report.error("one-tolerance", "a tolerance takes one of `abs`, `rel` and `sigfigs`", parsed.at("tolerance"))
        return Closeness.REL, 0.0
    if given[0] is Closeness.REL and parsed["answer"] == 0:
        report.error("empty-tolerance", "a share of 0 is 0: `rel` allows nothing here", authored.at("rel"), "use `abs`")
    return given[0], float(authored[given[0]])


def _read_units(parsed: Parsed, unit: str, report: Report) -> dict[str, float]:
    if not unit and (parsed["units"] or parsed["unit_required"]):
        name = "units" if parsed["units"] else "unit_required"
        report.error("no-unit", f"`{name}` needs a `unit`", parsed.at(name), "say in which `unit` the answer is")
    known = {same_unit(unit): 1.0} if unit else {}
    for name, factor in parsed["units"].items():
        if same_unit(name) in known:
            report.error("same-unit", f"the unit `{name}` is given twice", parsed["units"].at(name))
        known[same_unit(name)] = float(factor)
    return known


def _read(body: NumericBody, response: Json) -> float | Unreadable:
    """The response in the question's unit."""
    named: Json = ""
    if isinstance(response, dict):
        if "value" not in response or not set(response) <= {"value", "unit"}:
            return Unreadable()
        named = response.get("unit")
        if not is_blank(named) and not isinstance(named, str):
            return Unreadable("Choose one of the units shown.")
        response = response["value"]
    quantity = read_quantity(response)
    if isinstance(quantity, Unreadable):
        return quantity
    if not is_blank(named) and quantity.unit and same_unit(named) != same_unit(quantity.unit):
        return Unreadable("Write the unit once.")
    return _convert(body, quantity.value, quantity.unit if is_blank(named) else named)


def _convert(body: NumericBody, value: float, unit: str) -> float | Unreadable:
    if not unit.strip():
        return Unreadable(f"Write the unit too, for example {body.unit}.") if body.unit_required else value
    factor = body.units.get(same_unit(unit))
    if factor is not None and abs(value) * factor < float("inf"):
        return value * factor
    known = ", ".join((body.unit, *body.other_units))
    return Unreadable(f"Write the number in {known}." if known else "Write the number alone, without a unit.")


def _score(body: NumericBody, value: float) -> float:
    return 1.0 if _full(body, value) else max((r.score for r in body.ranges if _inside(r, value)), default=0.0)


def _full(body: NumericBody, value: float) -> bool:
    if body.closeness is Closeness.SIGFIGS:
        return round_figures(value, int(body.tolerance)) == round_figures(body.answer, int(body.tolerance))
    reach = body.tolerance * (abs(body.answer) if body.closeness is Closeness.REL else 1)
    return _between(body.answer - reach, value, body.answer + reach)


def _inside(bounds: Range, value: float) -> bool:
    return _between(bounds.low, value, bounds.high)


def _between(low: float, value: float, high: float) -> bool:
    return low <= value <= high or close(value, low) or close(value, high)


def _far(body: NumericBody) -> float:
    """A number outside every range and tolerance."""
    reach = body.tolerance * max(1.0, abs(body.answer))
    return float(2 * max([abs(body.answer) + reach, *(abs(end) for r in body.ranges for end in (r.low, r.high))]) + 10)


def _in_other_units(body: NumericBody) -> Iterator[Json]:
    for unit in body.other_units:
        yield {"value": body.answer / body.units[same_unit(unit)], "unit": unit}
