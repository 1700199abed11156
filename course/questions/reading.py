"""A question's node to a `Question`, and its stored form back to the same question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from course.diagnostics import Report, did_you_mean
from course.errors import UnreadableQuestion
from course.questions.authored import grading_fields, teaching_fields
from course.questions.base import Json, Question, QuestionType
from course.questions.building import build_question, read_fields
from course.questions.nodes import Mapped, Node, Scalar, Sequence, from_json
from course.questions.record_specs import Record, misspelt
from course.questions.registry import TYPES, by_name
from course.questions.templates import names_in_text
from course.questions.variants import is_parametric, read_parametric

_NAMES: Final = tuple(kind.name for kind in TYPES)


def read_question(node: Node, report: Report, *, strict: bool = True) -> Question | None:
    """Read one authored question. Faults go to the report, each at its place; reading goes on after each.

    None when the question cannot be graded as written. A fault in what only teaches (explanation, tags, tests ...) is
    reported and the question still returned. With `strict` False (offline grading) objective, stem, explanation and
    cites may be missing, and a parametric question is tried with one set of values only.
    """
    if not isinstance(node, Mapped):
        report.error("type", "a question must be a mapping", node.place)
        return None
    kind = _read_type(node, report)
    if kind is None:
        return None
    parsed = read_fields(node, kind, report)
    if strict:
        _require(node, kind, report)
    if parsed is None:
        return None
    if is_parametric(parsed):
        return read_parametric(node, parsed, kind, report, strict=strict)
    if strict:
        _check_marks(node, report)
    return build_question(parsed, kind, report)


def restore(canonical: Mapping[str, Json]) -> Question:
    """Build a question from its stored form; version and grades are those of the question it was stored from.

    Raises UnreadableQuestion when this edition of the course cannot read it.
    """
    report = Report()
    question = read_question(from_json(canonical), report, strict=False)
    if question is None:
        reasons = "; ".join(finding.message for finding in report.errors)
        raise UnreadableQuestion(f"The stored question `{canonical.get('id')}` cannot be read: {reasons}.")
    return question


def question_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of one authored question: the first type whose name fits."""
    return {"type": "object", "required": ["id", "type"], "oneOf": [_type_schema(kind) for kind in TYPES]}


def _read_type(node: Mapped, report: Report) -> QuestionType[Any] | None:
    named = node.get("type")
    if named is None:
        report.error("missing-key", "a question needs `type`", node.place, "known: " + ", ".join(f"`{name}`" for name in _NAMES))
        return None
    if isinstance(named, Scalar) and named.text in _NAMES:
        return by_name(named.text)
    shown = f"`{named.text}`" if isinstance(named, Scalar) else "this"
    hint = did_you_mean(named.text, _NAMES) if isinstance(named, Scalar) else ""
    report.error("unknown-type", f"{shown} is no question type", named.place, hint)
    return None


def _require(node: Mapped, kind: QuestionType[Any], report: Report) -> None:
    """Report what a published question needs and offline grading does not."""
    for key in kind.needs:
        value = node.get(key)
        if value is None and not misspelt(key, node, report):
            report.error("missing-key", f"a {kind.name} question needs `{key}`", node.place)
        elif key == "cites" and isinstance(value, Sequence) and not value.items:
            report.error("too-few", "a question cites at least one source", value.place)


def _check_marks(node: Mapped, report: Report) -> None:
    """A question without variables would show `{{name}}` as it is written."""
    for name, place in names_in_text(node):
        report.error("unknown-name", f"`{{{{{name}}}}}` is shown as it stands: this question has no variables", place, "add `variables`")


def _type_schema(kind: QuestionType[Any]) -> dict[str, Any]:
    fields = {**grading_fields(kind), **teaching_fields(kind)}
    schema = Record(kind.name, fields).json_schema()
    schema["properties"]["type"] = {"const": kind.name, "description": kind.title}
    if kind.rules:
        schema["properties"]["scoring"] = {"enum": list(kind.rules), "default": kind.rules[0]}
    elif "scoring" in schema["properties"]:
        del schema["properties"]["scoring"]
    return {**schema, "title": kind.title, "required": sorted({*schema["required"], *kind.needs})}
