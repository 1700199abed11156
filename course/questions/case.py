"""A vignette asked in stages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from course.diagnostics import Report
from course.questions.base import Control, Graded, QuestionType, Stage
from course.questions.categorise import Categorise
from course.questions.cloze import Cloze
from course.questions.composite import Composite, CompositeType, Part
from course.questions.hotspot import Hotspot
from course.questions.matching import Matching
from course.questions.matrix import Matrix
from course.questions.multiple_choice import MultipleChoice
from course.questions.nested import Nested, read_body
from course.questions.numeric import Numeric
from course.questions.ordering import Ordering
from course.questions.prediction import Prediction
from course.questions.record_specs import Field, ListOf
from course.questions.scalar_specs import Number, Slug, Text
from course.questions.short_text import ShortText
from course.questions.single_choice import SingleChoice
from course.questions.spec import Parsed
from course.questions.true_false import TrueFalse

_KINDS: Final[tuple[QuestionType[Any], ...]] = (
    SingleChoice(),
    MultipleChoice(),
    TrueFalse(),
    Numeric(),
    ShortText(),
    Cloze(),
    Matching(),
    Ordering(),
    Categorise(),
    Matrix(),
    Hotspot(),
    Prediction(),
)
PART: Final = Nested(
    "a part",
    _KINDS,
    {
        "id": Field(Slug(), "stable id, never shown", required=True),
        "points": Field(Number(above=0), "its weight in the case's score", default=1),
        "text": Field(Text(), "what is told at this stage", default=""),
        "stem": Field(Text(), "what is asked at this stage", required=True),
        "explanation": Field(Text(), "why the part's key is right", default=""),
    },
)


@dataclass(frozen=True, slots=True)
class CaseBody(Composite):
    """The vignette and its stages."""

    text: str


class Case(CompositeType[CaseBody]):
    """Tells a fictional person's story and asks about it in stages.

    A part is a question of its own: any type but case, likert and essay, with `text` (what is told now), `stem`, `points`
    (its weight, default 1) and `explanation`. The answer maps part ids to responses. The score is the mean of the parts'
    scores weighted by points; a part left out counts 0. The parts are told one by one: a later one reaches the browser when
    the learner goes on to it, and from then on the answers before it are fixed, since what follows may tell what was right.
    """

    name = "case"
    title = "Case in stages"
    asks = "Answer the parts of the case."
    fields: ClassVar[Mapping[str, Field]] = {
        "text": Field(Text(), "the vignette that all parts share", required=True),
        "parts": Field(ListOf(PART, least=1, unique="id"), "the stages, in order", required=True),
    }
    needs = ("objective", "explanation", "cites")
    example = """\
id: vignette
type: case
objective: criteria
text: Robin is a fictional person of 24.
parts:
  - id: met
    type: multiple_choice
    points: 2
    text: Robin takes more than planned and has given up football.
    stem: Which criteria are met?
    options:
      - {id: larger, text: Larger amounts, correct: true}
      - {id: given-up, text: Activities given up, correct: true, feedback: Football.}
      - {id: craving, text: Craving}
    explanation: Both are told outright.
  - {id: least, type: numeric, text: Nothing else is reported., stem: How many criteria are met?, answer: 2}
explanation: Count what is told, not what could be guessed.
cites: [dsm5tr]
tests:
  - {response: {met: [larger, given-up], least: 2}, score: 1}
  - {response: {met: [larger, given-up]}, score: 0.67}
  - {response: {met: [larger], least: 3}, score: 0.33}
"""

    def parse(self, parsed: Parsed, rule: str | None, report: Report) -> CaseBody | None:
        parts = []
        for number, part in enumerate(parsed["parts"], 1):
            if read := read_body(part, _KINDS, report):
                texts = (part["text"], part["stem"], part["explanation"])
                parts.append(Part(part["id"], f"Part {number}", *read, float(part["points"]), *texts))
        return CaseBody(tuple(parts), parsed["text"])

    def controls(self, body: CaseBody) -> tuple[Control, ...]:
        return tuple(Stage(part.id, part.title, _told(body, part), part.stem, part.kind.controls(part.body)) for part in body.parts)

    def combine(self, body: CaseBody, grades: Mapping[str, Graded]) -> float:
        return sum(part.points * (grades[part.id].score or 0.0) for part in body.parts) / sum(part.points for part in body.parts)


def _told(body: CaseBody, part: Part) -> str:
    """What is told at this stage; the first one begins with the vignette."""
    return f"{body.text.strip()}\n\n{part.text}".strip() if part is body.parts[0] else part.text
