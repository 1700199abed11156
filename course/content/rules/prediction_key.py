"""Rule: a prediction's key is what its simulation says."""

from __future__ import annotations

from collections.abc import Iterable

from course.content.predicted import could_mean
from course.content.rules.base import Context, Rule, cells
from course.diagnostics import Finding
from course.questions import Question, by_name
from course.questions.numbers import as_text
from course.questions.prediction import PredictionBody


class PredictionKey(Rule):
    """The key of a `prediction` that stands before a simulation fits what the simulation says where it begins.

    The simulation is run with the cell's `set`. One number of its summary, in the question's unit, must lie so near to the
    key that somebody who gave it would score 1. Shares count as percent and as people in 100. Not looked at are a prediction
    that no `{simulation}` names, one whose key is computed from variables, and one in a unit that the simulation does not have.
    """

    code = "prediction-key"

    def check(self, context: Context) -> Iterable[Finding]:
        for _, cell in cells(context.authored):
            found = context.authored.defined.get(cell.question or "")
            if cell.simulation is None or found is None or found.question.type != "prediction" or found.question.parameters is not None:
                continue
            question, says = found.question, [one.says for one in could_mean(found.question, cell.simulation)]
            if says and not any(_fits(question, number) for number in says):
                body: PredictionBody = question.body
                nearest = min(says, key=lambda number: abs(number - body.answer))
                told = (
                    f"the key of `{question.id}` is {_in_words(body.answer, body.unit)}, and `{cell.simulation.name}` gives "
                    f"{_in_words(nearest, body.unit)} in `{cell.id}`"
                )
                yield self.finding(told, question.places.get("answer", question.place), "correct the key, or the `set` of the cell")


def _fits(question: Question, number: float) -> bool:
    return by_name(question.type).grade(question.body, number).score == 1


def _in_words(number: float, unit: str) -> str:
    return f"{as_text(float(f'{number:.3g}'))} {unit}".strip()
