"""Rule: amounts of a drug stand in clinicians' cells alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from course.content.authored import Authored
from course.content.rules.base import Context, Rule, cells, written
from course.diagnostics import Finding, Place

_AMOUNT: Final = re.compile(
    r"(?<![\d.,])\d[\d.,]*+[ \u00a0\u202f-]?(?:mg|milligrams?|mcg|[µμ]g|micrograms?|g|grams?)\b(?!\s?/\s?(?:[dmµu]?[lL])\b|\s+per\s+(?:milli)?litre)"
    r"|\bunit: ['\"]?(?:mg|mcg|[µμ]g|g)(?:/kg)?(?![\w/])"
)
_HINTS: Final = ("mg", "gram", "mcg", "µg", "μg", "0g", "5g", " g ", " g.", " g,", "\u00a0g", "unit: g")


class ClinicalDose(Rule):
    """Amounts such as "50 mg", "0.5 mg/kg" or "2 g" stand only in cells of `audience: clinician`, and in what only those show.

    Lay readers get relative curves: an amount reads as advice. Concentrations in blood ("ng/mL") are no amounts.
    """

    code = "clinical-dose"

    def check(self, context: Context) -> Iterable[Finding]:
        exempt = list(_for_clinicians(context.authored))
        for found, place in written(context.authored, _AMOUNT, _HINTS):
            line = place.line or 0
            if not any(path == place.path and first <= line < after for path, first, after in exempt):
                hint = "move it to a cell of `audience: clinician`, or say it without the amount"
                yield self.finding(f"`{found[0]}` is an amount, and lay readers would see it", place, hint)


def _for_clinicians(authored: Authored) -> Iterator[tuple[str, int, int]]:
    """Path, first line and the line after: cells, figures and questions that no lay reader sees."""
    for module in authored.modules:
        starts = [cell.place.line or 1 for cell in module.cells]
        for cell, first, after in zip(module.cells, starts, [*starts[1:], 10**9], strict=True):
            if cell.clinician:
                yield cell.place.path, first, after
    lay = {_figure_path(module.folder, cell.figure.name) for module, cell in cells(authored) if cell.figure and not cell.clinician}
    for module, cell in cells(authored):
        if cell.figure and cell.clinician and (path := _figure_path(module.folder, cell.figure.name)) not in lay:
            yield path + ".yaml", 1, 10**9
            yield path + ".csv", 1, 10**9
    yield from _questions(authored)


def _figure_path(folder: str, name: str) -> str:
    return f"{folder}/figures/{name}"


def _questions(authored: Authored) -> Iterator[tuple[str, int, int]]:
    hidden = {cell.question for _, cell in cells(authored) if cell.clinician} - {c.question for _, c in cells(authored) if not c.clinician}
    places: list[Place] = [found.node.place for found in authored.questions]
    for index, found in enumerate(authored.questions):
        if found.question.id in hidden:
            following = places[index + 1] if index + 1 < len(places) and places[index + 1].path == places[index].path else None
            yield places[index].path, places[index].line or 1, (following.line or 1) if following else 10**9
