"""From a question's keys to the `Question`: read, checked by its type, put together. Variables are dealt with in `variants`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from course.diagnostics import Report, did_you_mean
from course.questions.authored import UNSTORED, grading_fields, plain, read_response, teaching_fields
from course.questions.base import AuthoredTest, Figure, Hint, Json, OutcomeFeedback, Question, QuestionType, State
from course.questions.nodes import Mapped
from course.questions.record_specs import Record
from course.questions.scoring_rules import rule_in_force
from course.questions.spec import BAD, Parsed


def read_fields(node: Mapped, kind: QuestionType[Any], report: Report) -> Parsed | None:
    """All keys of a question, or None when one that grading needs is at fault, unknown or given twice."""
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


def build_question(parsed: Parsed, kind: QuestionType[Any], report: Report) -> Question | None:
    """The question, or None when its type finds a fault that hinders grading."""
    local = Report()
    rule = rule_in_force(kind.name, kind.rules, parsed.get("scoring"), parsed.at("scoring"), local)
    body = kind.parse(parsed, rule, local) if local.ok else None
    report.extend(local)
    return None if body is None or not local.ok else _assemble(parsed, kind, body, rule, report)


def canonical_form(parsed: Parsed) -> dict[str, Json]:
    """Plain data of what was authored and is shown or graded."""
    return {key: value for key, value in plain(parsed).items() if key not in UNSTORED}


def version_of(canonical: Mapping[str, Json]) -> str:
    """Hex SHA-256 of the canonical form, keys sorted."""
    text = json.dumps(canonical, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _only(node: Mapped, keys: Mapping[str, Any]) -> Mapped:
    return Mapped(tuple(entry for entry in node.entries if entry.key.text in keys), node.place)


def _assemble(parsed: Parsed, kind: QuestionType[Any], body: Any, rule: str | None, report: Report) -> Question:
    canonical = canonical_form(parsed)
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
        tests=_read_tests(parsed, kind, body, report),
        canonical=canonical,
        version=version_of(canonical),
        place=parsed.place,
        places=dict(parsed.places),
        figure=Figure(**parsed["figure"]) if parsed["figure"] else None,
        floor=parsed.get("floor"),
    )


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
