"""Rule: a text can be read by those it is for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from course.content.readability import grade
from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, Severity

_LAY: Final = 12.0
_CLINICIAN: Final = 16.0
_LEAST: Final = 160
"""Characters; below this a grade says nothing."""


class ReadingGrade(Rule):
    """The prose of a cell reads at a Flesch-Kincaid grade of 12 at most, that of a cell for clinicians at 16; so do explanations.

    The grade counts words a sentence and syllables a word (Kincaid and colleagues 1975). Names of drugs and the words of the
    subject count two syllables, as the course teaches them.
    """

    code = "reading-grade"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterable[Finding]:
        cells = {id(passage.cell): passage.cell for passage in context.passages}
        told: dict[int, list[str]] = defaultdict(list)
        for passage in context.passages:
            told[id(passage.cell)].append(passage.words)
        for number, cell in cells.items():
            text, most = "\n".join(told[number]), _CLINICIAN if cell.clinician else _LAY
            if len(text) >= _LEAST and (level := grade(text)) > most:
                yield self.finding(f"`{cell.id}` reads at grade {level:.1f}, above {most:.0f}", cell.place, "shorten sentences and words")
        for authored in context.authored.questions:
            text = authored.question.explanation
            if len(text) >= _LEAST and (level := grade(text)) > _LAY:
                place = authored.question.places.get("explanation", authored.question.place)
                told_one = f"the explanation of `{authored.question.id}` reads at grade {level:.1f}, above {_LAY:.0f}"
                yield self.finding(told_one, place, "shorten sentences and words")
