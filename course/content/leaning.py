"""From a source to every place that leans on it, and from a claim to where it is shown: what the references page lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from course.content.markdown import roles
from course.content.model import Cell, Course, Leaning, Module, Spot


def leanings(course: Course) -> Mapping[str, Leaning]:
    """Source key -> the cells, figures, keys of questions, claims and glossary terms that cite it, each in course order."""
    found: dict[str, dict[str, dict[Any, None]]] = defaultdict(lambda: defaultdict(dict))
    for module in course.modules:
        for cell in module.cells:
            spot, drawn = _cell(module, cell), cell.figure.cites if cell.figure else ()
            for key in drawn:
                found[key]["figures"][spot] = None
            for key in cell.cites if cell.figure is None else _own(cell) - set(drawn):
                found[key]["cells"][spot] = None
    for key, spot in _questions(course):
        found[key]["questions"][spot] = None
    for claim in course.claims.values():
        for key in claim.cites:
            found[key]["claims"][claim] = None
    for term in course.glossary:
        for key in term.cites:
            found[key]["terms"][Spot(term.term, "glossary", (("term", term.id),))] = None
    return {key: Leaning(**{kind: tuple(spots) for kind, spots in kinds.items()}) for key, kinds in found.items()}


def shows_claim(course: Course, claim: str) -> tuple[Spot, ...]:
    """The cells that state this claim, or whose figure shows it."""
    return tuple(
        _cell(module, cell)
        for module in course.modules
        for cell in module.cells
        if cell.claim == claim or (cell.figure is not None and cell.figure.claim == claim)
    )


def _cell(module: Module, cell: Cell) -> Spot:
    return Spot(f"{module.title}: {cell.title or f'cell {cell.number}'}", "module", (("m", module.id), ("cell", cell.id)), cell.clinician)


def _own(cell: Cell) -> set[str]:
    """What the cell's own words cite."""
    return {key for text in (cell.body, cell.caption) for role in roles(text) if role.name == "cite" for key in role.keys}


def _questions(course: Course) -> Iterator[tuple[str, Spot]]:
    """A question asked in a notebook leads to its cell, any other to its quiz. Neither its words nor its key are told."""
    asked_in = {cell.question: (module, cell) for module in course.modules for cell in module.cells if cell.question}
    objectives = {objective.id: objective.text for module in course.modules for objective in module.objectives}
    for quiz in course.quizzes.values():
        for number, entry in enumerate(quiz.entries, 1):
            if entry.origin != quiz.id:
                continue
            about = objectives.get(entry.question.objective or "", "")
            place = asked_in.get(entry.question.id)
            if place is not None:
                module, cell = place
                label = f"{module.title}: the question in cell {cell.number}"
                spot = Spot(label, "module", (("m", module.id), ("cell", cell.id)), cell.clinician, about)
            else:
                spot = Spot(f"{quiz.title}: question {number}", "quiz", (("q", quiz.id),), False, about)
            yield from ((key, spot) for key in entry.question.cites)
