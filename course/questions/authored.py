"""The keys that every question has beside those of its type (FORMAT section 1), and plain data made of what was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from course.diagnostics import Report
from course.questions.base import Json, QuestionType, State
from course.questions.formulas import Formula
from course.questions.nodes import Mapped, Node, Scalar, Sequence
from course.questions.parameters import CONSTRAINTS, VARIABLES
from course.questions.record_specs import Either, Field, ListOf, MapOf, Record
from course.questions.scalar_specs import Number, OneWord, Slug, Text
from course.questions.spec import BAD, Spec

BLOOM: Final = ("remember", "understand", "apply", "analyse", "evaluate", "create")
DIFFICULTY: Final = ("easy", "medium", "hard")
UNSTORED: Final = frozenset({"tests", "tags", "bloom", "difficulty"})
"""Keys that a question's version does not cover: they neither show nor grade."""


@dataclass(frozen=True)
class AnyJson(Spec):
    """Whatever JSON can hold, kept as a node: what it means depends on the question (`read_response`)."""

    expects: str = "a response"

    def read(self, node: Node, report: Report) -> Any:
        return node

    def json_schema(self) -> dict[str, Any]:
        return {}


@dataclass(frozen=True)
class Null(Spec):
    """`null`: no score, as an essay has before a person grades it."""

    expects: str = "null"

    def read(self, node: Node, report: Report) -> Any:
        return None if isinstance(node, Scalar) and node.plain and node.text in ("null", "~") else self.wrong(node, report)

    def json_schema(self) -> dict[str, Any]:
        return {"type": "null"}


HINT: Final = Record(
    "a hint",
    {
        "text": Field(Text(), "the hint", required=True),
        "penalty": Field(Number(low=0, high=1), "share of the score that taking it costs", default=0.0),
    },
)
FEEDBACK: Final = Record(
    "feedback", {name: Field(Text(), f"shown when the answer is {name}", default="") for name in ("right", "partial", "wrong")}
)
FIGURE: Final = {
    "src": Field(Text(), "picture, relative to the module's folder", required=True),
    "alt": Field(Text(), "the picture in words", required=True),
    "width": Field(Number(above=0), "width in the picture's own pixels", default=0),
    "height": Field(Number(above=0), "height in the picture's own pixels", default=0),
}
TEST: Final = Record(
    "a test",
    {
        "response": Field(AnyJson(), "a response to this question", required=True),
        "score": Field(Either((Number(low=-1, high=1), Null())), "the score it must get"),
        "state": Field(OneWord(tuple(State)), "the state it must get"),
        "variables": Field(MapOf(Number()), "values of the variables, for a parametric question", default=dict),
    },
)
TEACHING: Final[Mapping[str, Field]] = {
    "objective": Field(Slug(), "the objective it tests"),
    "stem": Field(Text(), "the question, Markdown", default=""),
    "explanation": Field(Text(), "why the key is right, Markdown", default=""),
    "cites": Field(ListOf(Slug(), unique=""), "keys of the sources it rests on", default=list),
    "bloom": Field(OneWord(BLOOM), "what it asks of the learner"),
    "difficulty": Field(OneWord(DIFFICULTY), "the author's guess", default="medium"),
    "feedback": Field(FEEDBACK, "what to say by outcome"),
    "hints": Field(ListOf(HINT), "hints, in order", default=list),
    "tests": Field(ListOf(TEST), "responses and the scores they must get", default=list),
    "tags": Field(ListOf(Slug(), unique=""), "free labels, for pools", default=list),
    "figure": Field(Record("a figure", FIGURE), "a picture shown with the stem"),
    "notice": Field(Text(), "shown before the question, which may then be skipped", default=""),
}
"""Keys that grading does without: a fault in one of them leaves the question gradable."""
_IDENTITY: Final = {
    "id": Field(Slug(), "stable id, never reused", required=True),
    "type": Field(Text(), "the question type", required=True),
    "variables": VARIABLES,
    "constraints": CONSTRAINTS,
}
_SCORED: Final = {
    "points": Field(Number(above=0), "what a full score is worth", default=1),
    "scoring": Field(Text(), "scoring rule by name"),
    "floor": Field(Number(low=-1, high=0), "lowest score; 0 lifts negative ones"),
}


def grading_fields(kind: QuestionType[Any]) -> dict[str, Field]:
    """The keys that grading a question of this type needs: a fault in one makes it unusable."""
    return {**_IDENTITY, **(_SCORED if kind.graded else {}), **kind.fields}


def teaching_fields(kind: QuestionType[Any]) -> dict[str, Field]:
    return {name: field for name, field in TEACHING.items() if name not in kind.fields}


def read_response(node: Node, ids: frozenset[str]) -> Json:
    """The JSON value of an authored response. A plain scalar that names a known id is that id, though it look like a number."""
    if isinstance(node, Mapped):
        return {entry.key.text: read_response(entry.value, ids) for entry in node.entries}
    if isinstance(node, Sequence):
        return [read_response(item, ids) for item in node.items]
    if not node.plain or node.text in ids:
        return node.text
    if node.text in ("true", "false"):
        return node.text == "true"
    if node.text in ("", "null", "~"):
        return None
    number = Number().read(node, Report())
    return node.text if number is BAD else number


def plain(value: Any) -> Json:
    """JSON data of a read value: only what was authored, whole numbers without a point."""
    if isinstance(value, Mapping):
        places = getattr(value, "places", value)
        return {str(key): plain(value[key]) for key in places if value[key] is not None}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, Formula):
        return value.text
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value
