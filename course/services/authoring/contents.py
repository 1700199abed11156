"""What there is to preview: every module and quiz, and beside the cells of one module what their author wants to know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from course.content.beside import beside
from course.content.model import Catalogue, Cell, Claim, Module
from course.learning.outline import CellKind
from course.services.authoring.findings import lines
from course.services.authoring.views import CellNote, ContentsView, FindingLine, Found, ModuleLine, QuizLine


def contents(catalogue: Catalogue, found: Found) -> ContentsView:
    """Modules in order, then quizzes in the order they were read."""
    course = catalogue.course
    opened = Counter(value for line in found.lines or () if line.opens is not None for value in line.opens.query)
    in_files = Counter(line.finding.place.path for line in found.lines or ())
    titles = {module.id: module.title for module in course.modules}
    return ContentsView(
        course.title,
        tuple(
            ModuleLine(
                module.id,
                module.number,
                module.title,
                len(module.cells),
                sum(cell.clinician for cell in module.cells),
                sum(cell.kind in (CellKind.SIMULATION, CellKind.CASE) for cell in module.cells),
                opened["module", module.id],
            )
            for module in course.modules
        ),
        tuple(
            QuizLine(quiz.id, quiz.title, quiz.policy.kind, titles.get(quiz.module or "", ""), len(quiz.entries), in_files[quiz.path])
            for quiz in course.quizzes.values()
        ),
        found,
    )


def cell_notes(catalogue: Catalogue, module: Module, found: Found) -> dict[str, CellNote]:
    """Cell id -> where it is written, what it leans on, what was found in it."""
    about = beside(catalogue, module, [line.finding for line in found.lines or ()])
    return {cell.id: _note(catalogue, cell, lines(catalogue, about.get(cell.id, ()))) for cell in module.cells}


def _note(catalogue: Catalogue, cell: Cell, findings: tuple[FindingLine, ...]) -> CellNote:
    named = {cell.claim, cell.figure.claim if cell.figure else None}
    stated = [claim for claim in catalogue.course.claims.values() if claim.id in named]
    return CellNote(cell.place, cell.question, cell.quiz, tuple(stated) or claims_on(catalogue, cell.cites), findings)


def claims_on(catalogue: Catalogue, cites: Sequence[str]) -> tuple[Claim, ...]:
    """The claims that rest on these sources and on no other: what a sentence that cites them may lean on."""
    return tuple(claim for claim in catalogue.course.claims.values() if claim.cites and set(claim.cites) <= set(cites))
