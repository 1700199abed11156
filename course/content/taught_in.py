"""Which cell teaches a question best, so that a wrong answer can link back to the page where it is explained."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from course.content.authored import Authored
from course.content.mentions import Target
from course.content.model import Cell, Course, Module
from course.content.quiz_source import AuthoredQuestion
from course.content.words import content_stems
from course.learning.outline import CellKind
from course.questions import by_name

TEACHING: Final = frozenset({CellKind.READ, CellKind.FIGURE, CellKind.EVIDENCE, CellKind.NOTE, CellKind.WARNING, CellKind.SUPPORT})
"""Kinds of cell that explain something."""

_MISCONCEPTION: Final = 3.0
_SOURCE: Final = 2.0
_NEAR_PRACTICE: Final = 2.0
_WORDS: Final = 4.0


@dataclass(frozen=True, slots=True)
class _Candidate:
    cell: Cell
    module: str
    stems: frozenset[str]
    objectives: frozenset[str]
    """Objectives of the questions asked right after this cell, before the next heading's cell."""


def taught_in(course: Course, authored: Authored) -> Mapping[str, tuple[str, str]]:
    """Question id -> (module id, cell id), for every question whose objective belongs to a module with a cell that teaches.

    A cell gains by answering a misconception that the question's options name, by resting on the same sources (rare ones
    count more), by standing right before a practice question on the same objective, and by sharing words. Clinicians'
    cells are left out: everybody must be able to follow the link. Ties go to the first cell.
    """
    candidates = {module.id: list(_candidates(module, authored)) for module in course.modules}
    sources = {module: Counter(key for c in found for key in c.cell.cites) for module, found in candidates.items()}
    words = {module: Counter(stem for c in found for stem in c.stems) for module, found in candidates.items()}
    answered = _answered(authored)
    taught = {}
    for question_id, authored_question in authored.defined.items():
        objective = authored.objectives.get(authored_question.question.objective or "")
        found = candidates.get(objective.module, []) if objective else []
        if objective is None or not found:
            continue
        stems = _question_stems(authored_question)
        module = objective.module
        scores = [
            _score(c, authored_question, stems, answered.get(question_id, frozenset()), sources[module], words[module]) for c in found
        ]
        taught[question_id] = (module, found[scores.index(max(scores))].cell.id)
    return taught


def _candidates(module: Module, authored: Authored) -> Iterator[_Candidate]:
    cells = module.cells
    for index, cell in enumerate(cells):
        if cell.kind not in TEACHING or cell.clinician:
            continue
        text = f"{cell.title} {cell.body} {cell.caption} {cell.figure.alt if cell.figure else ''}"
        yield _Candidate(cell, module.id, content_stems(text), frozenset(_objectives_after(cells[index + 1 :], authored)))


def _objectives_after(cells: tuple[Cell, ...], authored: Authored) -> Iterator[str]:
    for cell in cells:
        if cell.kind is CellKind.READ:
            return
        asked = authored.defined.get(cell.question or "")
        if asked is not None and asked.question.objective:
            yield asked.question.objective


def _answered(authored: Authored) -> Mapping[str, frozenset[str]]:
    """Question id -> the cells (`module#cell`) that answer the misconceptions its options name."""
    found: dict[str, set[str]] = {}
    for mention in authored.mentions:
        if mention.target is Target.MISCONCEPTION and mention.owner.question:
            misconception = authored.misconceptions.get(mention.id)
            if misconception is not None and misconception.cell:
                found.setdefault(mention.owner.question, set()).add(misconception.cell)
    return {question: frozenset(cells) for question, cells in found.items()}


def _question_stems(found: AuthoredQuestion) -> frozenset[str]:
    question = found.question
    options = " ".join(option.text for option in by_name(question.type).options(question.body))
    return content_stems(f"{question.stem} {question.explanation} {options}")


def _score(
    candidate: _Candidate,
    found: AuthoredQuestion,
    stems: frozenset[str],
    answered: frozenset[str],
    sources: Counter[str],
    words: Counter[str],
) -> float:
    cell, question = candidate.cell, found.question
    score = _MISCONCEPTION * (f"{candidate.module}#{cell.id}" in answered)
    score += sum(_SOURCE / sources[key] for key in question.cites if key in cell.cites)
    score += _NEAR_PRACTICE * (question.objective in candidate.objectives)
    total = sum(_rarity(stem, words) for stem in stems)
    shared = sum(_rarity(stem, words) for stem in stems & candidate.stems)
    return round(score + (_WORDS * shared / total if total else 0.0), 9)


def _rarity(stem: str, words: Counter[str]) -> float:
    return 1 / math.sqrt(1 + words[stem]) if stem in words else 0.0
