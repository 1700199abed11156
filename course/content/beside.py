"""Findings by the cell that they are about, so that an author reads them beside it."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterable, Mapping

from course.content.model import Catalogue, Module, Spot
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


def opens_at(catalogue: Catalogue, findings: Iterable[Finding]) -> Mapping[Finding, Spot]:
    """Finding -> where the preview shows what it is about; those about nothing that a page shows are left out."""
    listed = tuple(findings)
    found: dict[Finding, Spot] = {}
    for module in catalogue.course.modules:
        cells = {cell.id: cell for cell in module.cells}
        for cell_id, about in beside(catalogue, module, listed).items():
            cell = cells[cell_id]
            spot = Spot(f"cell {cell.number}", "preview", (("module", module.id), ("cell", cell_id)), cell.clinician)
            own = {cell.place.path} | ({_stem(cell.figure.written)} if cell.figure else set())
            found.update({f: spot for f in about if f.place.path in own or _stem(f.place) in own})
    questions, lines = _questions(catalogue), _entries(catalogue)
    folders = {module.folder: module for module in catalogue.course.modules}
    quizzes = {quiz.path: quiz for quiz in catalogue.course.quizzes.values()}
    for finding in listed:
        if finding in found:
            continue
        place = finding.place
        question, inside = _question_at(questions, place), folders.get(place.path.rpartition("/")[0])
        if question is not None:
            found[finding] = Spot(f"question {question}", "preview", (("question", question),))
        elif place.path in quizzes:
            found[finding] = Spot(f"quiz {quizzes[place.path].id}", "preview", (("quiz", quizzes[place.path].id),))
        elif (entry := _entry_at(lines, place)) is not None:
            found[finding] = entry
        elif inside is not None:
            found[finding] = Spot(f"module {inside.number}", "preview", (("module", inside.id),))
    return found


def _entries(catalogue: Catalogue) -> Mapping[str, list[tuple[int, Spot]]]:
    """Path -> first lines of the sources, claims and terms in it, each with its page."""
    course = catalogue.course
    found: dict[str, list[tuple[int, Spot]]] = defaultdict(list)
    for source in course.references.values():
        found[source.place.path].append((source.place.line or 1, Spot(f"source {source.key}", "references", (("key", source.key),))))
    for claim in course.claims.values():
        found[claim.place.path].append((claim.place.line or 1, Spot(f"claim {claim.id}", "references", (("claim", claim.id),))))
    for term in course.glossary:
        found[term.place.path].append((term.place.line or 1, Spot(f"term {term.term}", "glossary", (("term", term.id),))))
    return {path: sorted(lines, key=lambda line: line[0]) for path, lines in found.items()}


def _entry_at(entries: Mapping[str, list[tuple[int, Spot]]], place: Place) -> Spot | None:
    lines = entries.get(place.path, [])
    at = bisect.bisect_right([line for line, _ in lines], place.line or 0) - 1
    return lines[at][1] if at >= 0 else None


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
