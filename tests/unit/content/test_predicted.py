"""A prediction question before a simulation: what it asks of the model, and where the answer lies on its chart."""

from __future__ import annotations

import pytest

from course.content.predicted import committed, could_mean
from course.learning.outline import CellKind
from course.questions import Question
from course.questions.base import Json
from course.simulation import simulation
from course.simulation.placing import Asked, Kind, Placed
from tests.factories import cell
from tests.unit.questions.authored import question

MAGNESIUM = Placed("magnesium_block", {"voltage_mv": "-70"}, (), None)
RELAPSE = Placed("relapse", {}, (), None)


def guess(answer: float = 4.4, unit: str = "'%'") -> Question:
    return question(f"id: guess\ntype: prediction\nstem: How many?\nanswer: {answer}\nunit: {unit}\ndistance: {{full: 6, none: 45}}\n")


def test_a_share_is_given_in_percent() -> None:
    (found,) = could_mean(guess(), MAGNESIUM)
    assert (found.name, round(found.says, 1), found.times) == ("unblocked", 4.4, 100)


def test_of_several_numbers_the_one_next_to_the_key_is_meant() -> None:
    before = cell("sim", CellKind.SIMULATION, question="guess", simulation=RELAPSE)
    for answer, name in ((70, "esketamine"), (52, "placebo")):
        found = committed(guess(answer, "people in 100"), before, 60)
        assert found is not None
        assert (found.asked, found.value) == (Asked(Kind.NUMBER, name), 0.6)
        assert simulation("relapse").measure(name) is not None


@pytest.mark.parametrize("response", [None, "", "soon", True, [1], {}])
def test_what_is_no_number_is_not_drawn(response: Json) -> None:
    before = cell("sim", CellKind.SIMULATION, question="guess", simulation=MAGNESIUM)
    assert committed(guess(), before, response) is None


@pytest.mark.parametrize(("response", "value"), [(10, 0.1), ("10 %", 0.1), ("2,5", 0.025)])
def test_an_answer_is_read_as_it_is_graded(response: Json, value: float) -> None:
    before = cell("sim", CellKind.SIMULATION, question="guess", simulation=MAGNESIUM)
    found = committed(guess(), before, response)
    assert found is not None
    assert found.value == pytest.approx(value)


def test_a_number_in_a_unit_that_the_simulation_does_not_have_is_not_drawn() -> None:
    before = cell("sim", CellKind.SIMULATION, question="guess", simulation=MAGNESIUM)
    assert committed(guess(5, "kg"), before, 5) is None
    assert committed(guess(), cell("sim", CellKind.SIMULATION, question="other", simulation=MAGNESIUM), 5) is None
