"""A question's node to a `Question`, and its stored form back to the same question."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from course.diagnostics import Report, did_you_mean
from course.errors import UnreadableQuestion
from course.questions.authored import UNSTORED, grading_fields, plain, read_response, teaching_fields
from course.questions.base import AuthoredTest, Figure, Hint, Json, OutcomeFeedback, Question, QuestionType, State
from course.questions.nodes import Mapped, Node, Scalar, Sequence, from_json
from course.questions.registry import TYPES, by_name
from course.questions.schema import BAD, Parsed, Record
from course.questions.scoring_rules import rule_in_force

_NAMES: Final = tuple(kind.name for kind in TYPES)


def read_question(node: Node, report: Report, *, strict: bool = True) -> Question | None:
    """Read one authored question. Faults go to the report, each at its place; reading goes on after each.

    None when the question cannot be graded as written. A fault in what only teaches (explanation, tags, tests ...) is
    reported and the question still returned. With `strict` False (offline grading) objective, stem, explanation and
    cites may be missing.
    """
    if not isinstance(node, Mapped):
        report.error("type", "a question must be a mapping", node.place)
        return None
    kind = _read_type(node, report)
    if kind is None:
        return None
    parsed = _read_fields(node, kind, report)
    if strict:
        _require(node, kind, report)
    if parsed is None:
        return None
    body_report = Report()
    rule = rule_in_force(kind.name, kind.rules, parsed.get("scoring"), parsed.at("scoring"), body_report)
    body = kind.parse(parsed, rule, body_report) if body_report.ok else None
    report.extend(body_report)
    if body is None or not body_report.ok:
        return None
    return _build(parsed, kind, body, rule, _read_tests(parsed, kind, body, report))


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


def version_of(canonical: Mapping[str, Json]) -> str:
    """Hex SHA-256 of the canonical form, keys sorted."""
    text = json.dumps(canonical, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


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


def _read_fields(node: Mapped, kind: QuestionType[Any], report: Report) -> Parsed | None:
    """All keys of a question, or None when one that grading needs is at fault."""
    graded, taught = grading_fields(kind), teaching_fields(kind)
    name = f"a {kind.name} question"
    local = Report()
    for entry in node.entries:
        key = entry.key.text
        if key not in graded and key not in taught:
            local.error("unknown-key", f"{name} has no key `{key}`", entry.key.place, did_you_mean(key, {**graded, **taught}))
    parsed = Record(name, graded).read(_only(node, graded), local)
    report.extend(local)
    aside = Record(name, taught).read(_only(node, taught), report)
    if parsed is BAD or aside is BAD or not local.ok:
        return None
    parsed.update(aside)
    parsed.places.update(aside.places)
    return parsed  # type: ignore[no-any-return]


def _only(node: Mapped, keys: Mapping[str, Any]) -> Mapped:
    return Mapped(tuple(entry for entry in node.entries if entry.key.text in keys), node.place)


def _require(node: Mapped, kind: QuestionType[Any], report: Report) -> None:
    """Report what a published question needs and offline grading does not."""
    for key in kind.needs:
        value = node.get(key)
        if value is None:
            report.error("missing-key", f"a {kind.name} question needs `{key}`", node.place)
        elif key == "cites" and isinstance(value, Sequence) and not value.items:
            report.error("too-few", "a question cites at least one source", value.place)


def _read_tests(parsed: Parsed, kind: QuestionType[Any], body: Any, report: Report) -> tuple[AuthoredTest, ...]:
    tests = []
    for test in parsed["tests"]:
        if "score" not in test.places and test["state"] is None:
            report.error("empty-test", "this test expects nothing", test.place, "say which `score` or `state` the response must get")
            continue
        state = State(test["state"]) if test["state"] else None
        response = read_response(test["response"], kind.ids(body))
        tests.append(AuthoredTest(response, test["score"], state, dict(test["variables"]), test.place))
    return tuple(tests)


def _build(parsed: Parsed, kind: QuestionType[Any], body: Any, rule: str | None, tests: tuple[AuthoredTest, ...]) -> Question:
    canonical = {key: value for key, value in plain(parsed).items() if key not in UNSTORED}
    return Question(
        id=parsed["id"],
        type=kind.name,
        stem=parsed["stem"],
        body=body,
        objective=parsed["objective"],
        bloom=parsed["bloom"],
        difficulty=parsed["difficulty"],
        points=float(parsed.get("points", 0)),
        scoring=rule,
        explanation=parsed["explanation"],
        cites=tuple(parsed["cites"]),
        feedback=OutcomeFeedback(**(parsed["feedback"] or {})),
        hints=tuple(Hint(hint["text"], float(hint["penalty"])) for hint in parsed["hints"]),
        notice=parsed["notice"],
        tags=tuple(parsed["tags"]),
        tests=tests,
        canonical=canonical,
        version=version_of(canonical),
        place=parsed.place,
        places=dict(parsed.places),
        figure=Figure(**parsed["figure"]) if parsed["figure"] else None,
        floor=parsed.get("floor"),
    )


def _type_schema(kind: QuestionType[Any]) -> dict[str, Any]:
    fields = {**grading_fields(kind), **teaching_fields(kind)}
    schema = Record(kind.name, fields).json_schema()
    schema["properties"]["type"] = {"const": kind.name, "description": kind.title}
    if kind.rules:
        schema["properties"]["scoring"] = {"enum": list(kind.rules), "default": kind.rules[0]}
    elif "scoring" in schema["properties"]:
        del schema["properties"]["scoring"]
    return {**schema, "title": kind.title, "required": sorted({*schema["required"], *kind.needs})}
