"""The catalogue of a loaded course: what is looked up while it is served, worked out once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from course.content.authored import Authored
from course.content.leaning import leanings
from course.content.mentions import Target
from course.content.model import Catalogue, Cell, Citation, Course, Module
from course.content.search import search_entries
from course.content.taught_in import taught_in
from course.diagnostics import Finding
from course.learning.outline import CellKind, CellOutline, ModuleOutline, Outline

_MINUTES: Final[Mapping[CellKind, float]] = {
    CellKind.FIGURE: 1.0,
    CellKind.QUESTION: 1.0,
    CellKind.CASE: 4.0,
    CellKind.SIMULATION: 3.0,
    CellKind.REFLECTION: 1.5,
}
_WORDS_A_MINUTE: Final = 180.0
"""A careful reader of expository text (Brysbaert 2019 reports 238 words a minute for silent reading; less for study)."""
_MINUTE_A_QUESTION: Final = 0.75


def make_catalogue(course: Course, authored: Authored, findings: tuple[Finding, ...]) -> Catalogue:
    """The catalogue of a course. `findings` are those of loading it."""
    questions = {question_id: found.question for question_id, found in authored.defined.items()}
    return Catalogue(
        course=course,
        outline=_outline(course),
        findings=findings,
        questions=questions,
        objectives={objective.id: objective for module in course.modules for objective in module.objectives},
        taught_in=taught_in(course, authored),
        cited_by=_cited_by(course, authored),
        leaning=leanings(course),
        search=tuple(search_entries(course)),
    )


def _outline(course: Course) -> Outline:
    return Outline(tuple(_module(course, module) for module in course.modules), {quiz.id: quiz.policy for quiz in course.quizzes.values()})


def _module(course: Course, module: Module) -> ModuleOutline:
    """A cell's minutes are its share of the module's, by its length and kind."""
    weights = [_weight(course, cell) for cell in module.cells]
    scale = module.minutes / sum(weights) if sum(weights) else 0.0
    cells = tuple(
        CellOutline(
            id=cell.id,
            kind=cell.kind,
            required=not cell.optional and not cell.clinician,
            clinician=cell.clinician,
            question=cell.question,
            quiz=cell.quiz,
            predicts=cell.simulation is not None and cell.simulation.asked is not None,
            minutes=round(weight * scale, 2),
        )
        for cell, weight in zip(module.cells, weights, strict=True)
    )
    return ModuleOutline(module.id, cells, next((cell.quiz for cell in module.cells if cell.quiz), None))


def _weight(course: Course, cell: Cell) -> float:
    minutes = cell.words / _WORDS_A_MINUTE + _MINUTES.get(cell.kind, 0.2)
    quiz = course.quizzes.get(cell.quiz or "")
    if quiz is not None:
        asked = sum(draw.take for draw in quiz.policy.draw) or len(quiz.entries)
        minutes += asked * _MINUTE_A_QUESTION
    return minutes


def _cited_by(course: Course, authored: Authored) -> Mapping[str, tuple[Citation, ...]]:
    """Cells in course order, then questions by quiz; each place once a source."""
    found: dict[str, dict[Citation, None]] = defaultdict(dict)
    for module in course.modules:
        for cell in module.cells:
            for key in cell.cites:
                found[key][Citation(module.id, cell.id, None, None, f"{module.title}: {cell.title or 'cell ' + str(cell.number)}")] = None
    for key, citation in _question_citations(course, authored):
        found[key][citation] = None
    return {key: tuple(places) for key, places in found.items() if key in course.references}


def _question_citations(course: Course, authored: Authored) -> Iterator[tuple[str, Citation]]:
    for mention in authored.mentions:
        quiz = course.quizzes.get(mention.owner.quiz or "")
        if mention.target is Target.REFERENCE and quiz is not None and mention.owner.question:
            yield mention.id, Citation(quiz.module, None, mention.owner.question, quiz.id, quiz.title)
