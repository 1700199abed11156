"""Findings by the cell that they are about, so that an author reads them beside it."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterable, Mapping

from course.content.model import Catalogue, Module
from course.diagnostics import Finding, Place


def beside(catalogue: Catalogue, module: Module, findings: Iterable[Finding]) -> Mapping[str, tuple[Finding, ...]]:
    """Cell id -> what was found in its lines, in its figure's files, and in the question or quiz that it asks.

    What stands above the first cell (the front matter) is left out, as are files that no cell of this module shows.
    """
    cells = [(cell.place.line or 1, cell.id) for cell in module.cells]
    figures = {_stem(cell.figure.written): cell.id for cell in module.cells if cell.figure}
    asked = {cell.question: cell.id for cell in module.cells if cell.question}
    paths = {quiz.id: quiz.path for quiz in catalogue.course.quizzes.values()}
    quizzes = {paths[cell.quiz]: cell.id for cell in module.cells if cell.quiz and cell.quiz in paths}
    questions = _questions(catalogue)
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        place = finding.place
        if module.cells and place.path == module.cells[0].place.path:
            at = bisect.bisect_right(cells, (place.line or 0, "\uffff")) - 1
            cell = cells[at][1] if at >= 0 else None
        else:
            cell = figures.get(_stem(place)) or asked.get(_question_at(questions, place) or "") or quizzes.get(place.path)
        if cell is not None:
            found[cell].append(finding)
    return {cell: tuple(listed) for cell, listed in found.items()}


def _stem(place: Place) -> str:
    """A figure's path without its ending: its table and its words belong together."""
    return place.path.rpartition(".")[0]


def _questions(catalogue: Catalogue) -> Mapping[str, list[tuple[int, str]]]:
    """Path -> first lines of its questions, in order."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for question in catalogue.questions.values():
        found[question.place.path].append((question.place.line or 1, question.id))
    return {path: sorted(lines) for path, lines in found.items()}


def _question_at(questions: Mapping[str, list[tuple[int, str]]], place: Place) -> str | None:
    lines = questions.get(place.path, [])
    at = bisect.bisect_right(lines, (place.line or 0, "\uffff")) - 1
    return lines[at][1] if at >= 0 else None
