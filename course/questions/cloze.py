"""Text with gaps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Final

from course.diagnostics import Report, did_you_mean
from course.questions.base import ChooseOne, Control, Graded, Passage, Pick, QuestionType, State
from course.questions.composite import Composite, CompositeType, Part
from course.questions.nested import Nested, read_body
from course.questions.numeric import Numeric
from course.questions.record_specs import Field, MapOf
from course.questions.scalar_specs import SLUG, Text
from course.questions.scoring_rules import Rule, parts_score
from course.questions.short_text import ShortText
from course.questions.single_choice import SingleChoice
from course.questions.spec import Parsed

MARK: Final = re.compile(r"\[\[\s*([^\[\]]*?)\s*\]\]")
_KINDS: Final[tuple[QuestionType[Any], ...]] = (ShortText(), SingleChoice(), Numeric())


@dataclass(frozen=True, slots=True)
class ClozeBody(Composite):
    """`text` holds a mark `[[id]]` for each gap; the parts are in the order of the text."""

    text: str
    rule: Rule


class Cloze(CompositeType[ClozeBody]):
    """Asks to fill the gaps of a text; `[[name]]` in the text marks one, `gaps` says what belongs there.

    A gap is a short_text, single_choice or numeric question without a stem. The answer maps gap names to responses; gaps
    may be left blank. `each` (the default) is the mean of the gaps' scores, partial ones included; `all_or_nothing` needs
    all of them; `net_correct` and `coverage` count gaps right and gaps answered wrong, a half right gap half on either side.
    """

    name = "cloze"
    title = "Fill the gaps"
    asks = "Fill the gaps of the text."
    fields: ClassVar[Mapping[str, Field]] = {
        "text": Field(Text(), "the text, each gap written `[[name]]`", required=True),
        "gaps": Field(MapOf(Nested("a gap", _KINDS, {}), SLUG, least=1), "what belongs in each gap", required=True),
    }
    rules = (Rule.EACH, Rule.ALL_OR_NOTHING, Rule.NET_CORRECT, Rule.COVERAGE)
    example = """\
id: complete-it
type: cloze
objective: nmda-block
stem: Complete the sentence.
text: Ketamine blocks the [[receptor]] receptor in its [[site]]; half-life about [[halflife]].
gaps:
  receptor: {type: short_text, accept: [NMDA]}
  site: {type: single_choice, options: [{id: pore, text: pore, correct: true}, {id: rim, text: rim, feedback: Deeper.}]}
  halflife: {type: numeric, answer: 2.5, tolerance: {abs: 0.5}, unit: h}
explanation: It blocks the pore of the NMDA receptor, and its half-life is two to three hours.
cites: [clements1981]
tests:
  - {response: {receptor: NMDA, site: pore, halflife: 2.5 h}, score: 1}
  - {response: {receptor: nmda, site: rim}, score: 0.33}
  - {response: {halflife: long}, score: 0, state: invalid}
"""

    def parse(self, parsed: Parsed, rule: str | None, report: Report) -> ClozeBody | None:
        marks = MARK.findall(parsed["text"])
        _check_marks(marks, parsed, report)
        gaps = []
        for number, name in enumerate((m for m in dict.fromkeys(marks) if m in parsed["gaps"]), 1):
            if read := read_body(parsed["gaps"][name], _KINDS, report):
                gaps.append(Part(name, f"Gap {number}", *read))
        return ClozeBody(tuple(gaps), parsed["text"], Rule(rule or Rule.EACH))

    def controls(self, body: ClozeBody) -> tuple[Control, ...]:
        return (Passage("", "The text with its gaps", body.text, tuple(_gap_control(gap) for gap in body.parts)),)

    def combine(self, body: ClozeBody, grades: Mapping[str, Graded]) -> float:
        scores = [g.score or 0.0 for g in grades.values()]
        if body.rule is Rule.EACH:
            return sum(scores) / len(scores)
        right = sum(max(0.0, score) for score in scores)
        answered = sum(g.state is not State.OMITTED for g in grades.values())
        return parts_score(body.rule, right, answered - right, len(scores))


def _check_marks(marks: list[str], parsed: Parsed, report: Report) -> None:
    for name in dict.fromkeys(marks):
        if name not in parsed["gaps"]:
            report.error(
                "unknown-gap", f"the text has a gap `{name}` that `gaps` does not", parsed.at("text"), did_you_mean(name, parsed["gaps"])
            )
        if marks.count(name) > 1:
            report.error("repeated-gap", f"the gap `{name}` stands in the text twice", parsed.at("text"))
    for name in parsed["gaps"]:
        if name not in marks:
            report.error(
                "unused-gap", f"the gap `{name}` is not in the text", parsed["gaps"].at(name), f"write `[[{name}]]` where it belongs"
            )


def _gap_control(gap: Part) -> Control:
    control = gap.kind.controls(gap.body)[0]
    if isinstance(control, ChooseOne):
        return Pick(gap.id, gap.title, control.options, control.shuffle)
    return replace(control, name=gap.id, label=gap.title)
