"""`grade QUIZ.yaml RESPONSES.json`: one person's responses graded offline. Needs no course around the quiz."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from course.content.formats import FormatVersion
from course.content.quiz_format import USE
from course.content.yaml_source import read_yaml
from course.diagnostics import Report
from course.errors import BadResponse, Refused
from course.questions import Graded, Question, State, grade, read_question, unwrap
from course.questions.base import invalid
from course.questions.nodes import Mapped, Node, Sequence
from course.questions.spec import BAD


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("quiz", metavar="QUIZ.yaml", type=Path, help="the quiz")
    parser.add_argument("responses", metavar="RESPONSES.json", type=Path, help="an object: question id to response")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="which variant of the questions with variables (default: 1)")


def run(options: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Write each question's score (a fraction of 1), its points as `max`, its state, and the totals, as JSON.

    Raises:
        Refused: a file is missing or unreadable, the quiz has errors that hinder grading, or a response names no question.
    """
    worth = _read_quiz(options.quiz)
    responses = _read_responses(options.responses)
    for name in responses:
        if name not in worth:
            raise Refused(f"{options.responses.name}: the quiz has no question `{name}`.")
    graded = {name: _graded(item, responses.get(name), options.seed) for name, item in worth.items()}
    out.write(json.dumps({"questions": graded, **_totals(graded)}, indent=2) + "\n")
    return 0


@dataclass(frozen=True, slots=True)
class _Worth:
    question: Question
    points: float


def _graded(item: _Worth, response: Any, seed: int) -> dict[str, Any]:
    result = _grade(item.question, response, seed)
    counted = 0.0 if result.state is State.RECORDED else item.points
    score = None if result.score is None else _number(result.score)
    return {"score": score, "max": _number(counted), "state": str(result.state)}


def _grade(question: Question, response: Any, seed: int) -> Graded:
    """The grade of a response to the seed's variant, or to the one that the response itself names."""
    try:
        return grade(*unwrap(question, response, seed))
    except BadResponse as fault:
        return invalid(fault.message)


def _totals(graded: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Sums over the questions that have a score; nothing is floored. `fraction` is null when nothing counts."""
    counted = [question for question in graded.values() if question["score"] is not None]
    points = sum(question["score"] * question["max"] for question in counted)
    most = sum(question["max"] for question in counted)
    return {"points": _number(points), "max": _number(most), "fraction": _number(points / most) if most else None}


def _number(value: float) -> float | int:
    """Whole numbers without a point, and no minus before zero."""
    return int(value) if float(value).is_integer() else value


def _read_quiz(path: Path) -> dict[str, _Worth]:
    """The quiz's questions in order; faults in what only teaches (explanation, objective, sources ...) do not matter here."""
    questions: dict[str, _Worth] = {}
    for item in _entries(path):
        if isinstance(item, Mapped) and item.get("use") is not None:
            used = _used(item, path)
        else:
            question = _question(item, path)
            used = _Worth(question, question.points)
        if used.question.id in questions:
            raise Refused(f"{path.name}: the question `{used.question.id}` stands twice in this quiz.")
        questions[used.question.id] = used
    return questions


def _entries(path: Path) -> tuple[Node, ...]:
    """The nodes under `questions`. Of the quiz block nothing is needed."""
    report = Report()
    node = read_yaml(_bytes(path), path.name, report)
    if isinstance(node, Mapped):
        names = [entry.key.text for entry in node.entries]
        for name in ("schema", "questions"):
            if names.count(name) > 1:
                raise Refused(f"{path.name}: `{name}` is given twice.")
        version = node.get("schema")
        if version is not None:
            FormatVersion().read(version, report)
    _refuse(report, path)
    questions = node.get("questions") if isinstance(node, Mapped) else None
    if not isinstance(questions, Sequence):
        raise Refused(f"{path.name} holds no list of `questions`.")
    return questions.items


def _question(item: Node, path: Path) -> Question:
    report = Report()
    question = read_question(item, report, strict=False)
    if question is None:
        _refuse(report, path)
        raise Refused(f"{path.name}: a question cannot be read.")
    return question


def _used(item: Mapped, path: Path) -> _Worth:
    """A question that another quiz defines, found in the file beside this one."""
    report = Report()
    parsed = USE.read(item, report)
    _refuse(report, path)
    if parsed is BAD:
        raise Refused(f"{path.name}: a used question cannot be read.")
    quiz, _, name = parsed["use"].partition("/")
    other = path.with_name(f"{quiz}.yaml") if quiz and Path(quiz).name == quiz else None
    if other is None or not other.is_file():
        raise Refused(f"{path}: `{parsed['use']}` is needed, and there is no {quiz}.yaml beside this quiz.")
    for candidate in _entries(other):
        named = candidate.get("id") if isinstance(candidate, Mapped) else None
        if named is not None and getattr(named, "text", None) == name:
            question = _question(candidate, other)
            return _Worth(question, question.points if parsed["points"] is None else float(parsed["points"]))
    raise Refused(f"{path.name}: no question `{parsed['use']}` is defined.")


def _refuse(report: Report, path: Path) -> None:
    if report.errors:
        first, more = report.errors[0], len(report.errors) - 1
        place = f"{path}:{first.place.line}:{first.place.column}" if first.place.line else str(path)
        raise Refused(f"{place}: {first.message}{f', and {more} more' if more else ''}; the quiz cannot be graded.")


def _read_responses(path: Path) -> dict[str, Any]:
    try:
        responses = json.loads(_bytes(path).decode("utf-8-sig"), object_pairs_hook=_once)
    except (ValueError, RecursionError) as fault:
        raise Refused(f"{path.name} is not JSON: {fault}.") from fault
    if not isinstance(responses, dict):
        raise Refused(f"{path.name} must hold a JSON object, question id to response.")
    return responses


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; a name given twice would hide a response."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"`{next(name for name in names if names.count(name) > 1)}` is given twice")
    return found


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise Refused(f"{path} cannot be read: {fault.strerror or fault}.") from fault
