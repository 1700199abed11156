"""How a question inside a question is authored: a gap of a cloze, a part of a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from course.diagnostics import Report, did_you_mean
from course.questions.base import QuestionType
from course.questions.nodes import Mapped, Node, Scalar
from course.questions.record_specs import Field, Record
from course.questions.scalar_specs import Text
from course.questions.scoring_rules import rule_in_force
from course.questions.spec import BAD, Parsed, Spec


@dataclass(frozen=True)
class Nested(Spec):
    """A mapping whose `type` is one of `kinds` and whose keys are that type's, beside the `extra` ones."""

    name: str
    kinds: tuple[QuestionType[Any], ...]
    extra: Mapping[str, Field]
    expects: str = "a mapping"

    def read(self, node: Node, report: Report) -> Any:
        if not isinstance(node, Mapped):
            return self.wrong(node, report)
        named = node.get("type")
        names = [kind.name for kind in self.kinds]
        if named is None:
            report.error("missing-key", f"{self.name} needs `type`", node.place, "known: " + ", ".join(f"`{n}`" for n in names))
            return BAD
        if not isinstance(named, Scalar) or named.text not in names:
            shown = f"`{named.text}`" if isinstance(named, Scalar) else "this"
            hint = did_you_mean(named.text if isinstance(named, Scalar) else "", names)
            report.error("unknown-type", f"{shown} is no type for {self.name}", named.place, hint)
            return BAD
        return self._record(self.kinds[names.index(named.text)]).read(node, report)

    def json_schema(self) -> dict[str, Any]:
        shapes = []
        for kind in self.kinds:
            shape = self._record(kind).json_schema()
            shape["properties"]["type"] = {"const": kind.name}
            shapes.append(shape)
        return {"oneOf": shapes}

    def _record(self, kind: QuestionType[Any]) -> Record:
        scoring = {"scoring": Field(Text(), "scoring rule by name")} if kind.rules else {}
        named = {"type": Field(Text(), "the question type", required=True)}
        return Record(f"{self.name} of type {kind.name}", {**named, **scoring, **self.extra, **kind.fields})


def read_body(parsed: Parsed, kinds: Sequence[QuestionType[Any]], report: Report) -> tuple[QuestionType[Any], Any] | None:
    """The type and body of a nested question, or None after a finding."""
    kind = next(kind for kind in kinds if kind.name == parsed["type"])
    local = Report()
    rule = rule_in_force(kind.name, kind.rules, parsed.get("scoring"), parsed.at("scoring"), local)
    body = kind.parse(parsed, rule, local) if local.ok else None
    report.extend(local)
    return None if body is None or not local.ok else (kind, body)
