"""A `prediction` question before a simulation: which number of the summary it asks for, and what the model has there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from course.content.model import Cell
from course.errors import BadParameter, NotFound
from course.questions import Question
from course.questions.base import Json
from course.questions.numbers import Unreadable, read_quantity, same_unit
from course.questions.prediction import PredictionBody
from course.simulation import simulation
from course.simulation.placing import Asked, Kind, Placed

_OF_100: Final = re.compile(r"%|\b100\b|per ?cent")
_SHARES: Final = frozenset({"share", "people"})


@dataclass(frozen=True, slots=True)
class Predicted:
    """A number of the summary. `says`: what the model has where the cell begins, in the question's unit; `times` that of the model."""

    name: str
    says: float
    times: float


@dataclass(frozen=True, slots=True)
class Committed:
    """A prediction as its chart takes it: what is asked of the model, and the number that was given, in the model's unit."""

    placed: Placed
    asked: Asked
    value: float


def could_mean(question: Question, placed: Placed) -> tuple[Predicted, ...]:
    """The numbers of the summary in the question's unit, or all when it has none; shares count as percent and as people in 100."""
    return tuple(_numbers(placed, question.body.unit)) if isinstance(question.body, PredictionBody) else ()


def committed(question: Question | None, cell: Cell, response: Json) -> Committed | None:
    """The answer to this cell's question as a prediction of its simulation; None where it is none, or is about no number of it."""
    number = read_quantity(response)
    if question is None or cell.simulation is None or cell.question != question.id or isinstance(number, Unreadable):
        return None
    found = min(could_mean(question, cell.simulation), key=lambda one: abs(one.says - question.body.answer), default=None)
    return None if found is None else Committed(cell.simulation, Asked(Kind.NUMBER, found.name), number.value / found.times)


def _numbers(placed: Placed, unit: str) -> Iterator[Predicted]:
    try:
        model = simulation(placed.name)
        summary = model.run(model.read(placed.begin)).summary
    except (NotFound, BadParameter):  # told where it is written
        return
    units = {measure.name: measure.unit for measure in model.measures}
    for name, value in summary.items():
        if isinstance(value, bool | str):
            continue
        own = units.get(name, "")
        if not unit or same_unit(own) == same_unit(unit):
            yield Predicted(name, float(value), 1)
        if own in _SHARES and _OF_100.search(unit):
            yield Predicted(name, 100 * float(value), 100)
