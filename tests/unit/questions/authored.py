"""Questions for tests, written as an author writes them."""

from __future__ import annotations

from textwrap import dedent

from course.content.yaml_source import read_yaml
from course.diagnostics import Report
from course.questions import Graded, Question, grade, read_question
from course.questions.base import Json
from course.questions.nodes import Node


def node(text: str) -> Node:
    report = Report()
    found = read_yaml(dedent(text).encode(), "q.yaml", report)
    assert found is not None, list(report)
    return found


def load(text: str, *, strict: bool = False) -> tuple[Question | None, Report]:
    report = Report()
    return read_question(node(text), report, strict=strict), report


def question(text: str) -> Question:
    """The question, which has to load without findings."""
    found, report = load(text)
    assert found is not None, list(report)
    assert not report.findings
    return found


def codes(text: str, *, strict: bool = False) -> list[str]:
    return [finding.code for finding in load(text, strict=strict)[1]]


def finding(text: str, *, strict: bool = False) -> tuple[str, str, int | None, int | None]:
    """The only finding: code, message with hint, line, column."""
    (only,) = load(text, strict=strict)[1]
    return only.code, f"{only.message} ({only.hint})" if only.hint else only.message, only.place.line, only.place.column


def graded(text: str, response: Json) -> Graded:
    return grade(question(text), response)
