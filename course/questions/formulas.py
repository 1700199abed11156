"""Authored fields that hold an expression, alone or where a number may stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from course.diagnostics import Place, Report
from course.questions.nodes import Mapped, Node, Scalar
from course.questions.record_specs import Field, Record
from course.questions.scalar_specs import Number
from course.questions.spec import Spec


@dataclass(frozen=True, slots=True)
class Formula:
    """An expression as written, and where. What is wrong with it is found when the question's variables are known."""

    text: str
    place: Place


@dataclass(frozen=True)
class Formulaic(Spec):
    """Reads a scalar as a formula."""

    expects: str = "an expression such as `100 * met / asked`"

    def read(self, node: Node, report: Report) -> Any:
        if not isinstance(node, Scalar) or not node.text.strip():
            return self.wrong(node, report)
        return Formula(node.text.strip(), node.place)

    def json_schema(self) -> dict[str, Any]:
        return {"type": ["string", "number"]}


EXPRESSION: Final = Record("an expression", {"expression": Field(Formulaic(), "arithmetic over the variables", required=True)})


@dataclass(frozen=True)
class Computed(Number):
    """A number, or in a parametric question `{expression: ...}` that gives one. A type only ever sees the number."""

    def read(self, node: Node, report: Report) -> Any:
        return EXPRESSION.read(node, report) if is_expression(node) else super().read(node, report)

    def json_schema(self) -> dict[str, Any]:
        return {"anyOf": [super().json_schema(), EXPRESSION.json_schema()]}


def is_expression(node: Node) -> bool:
    """Whether this is `{expression: ...}`."""
    return isinstance(node, Mapped) and [entry.key.text for entry in node.entries] == ["expression"]


def formulas_in(value: Any) -> Iterator[Formula]:
    """Every formula within a read value."""
    if isinstance(value, Formula):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from formulas_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from formulas_in(inner)
