"""A prediction in a quiz beside what its simulation says, once the key may be shown."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

GUESS = "id: guess\ntype: prediction\nstem: How many?\nanswer: 4.4\nunit: '%'\ndistance: {full: 6, none: 45}\n"


def drawn(authored: str, response: object, key_shown: bool, clinical: bool) -> None:
    """A page with one answered prediction, as a quiz shows it."""
    from dataclasses import replace
    from types import SimpleNamespace

    from course.learning.outline import CellKind
    from course.learning.policy import Kind
    from course.learning.reveal import Shown
    from course.learning.scoring import Answered, mark
    from course.services.study.asking import question_view, review_view
    from course.simulation.placing import Placed
    from course.ui.components import foreseen
    from tests.factories import catalogue, cell, module, quiz
    from tests.unit.questions.authored import question

    found = question(authored)
    placed = Placed("magnesium_block", {"voltage_mv": "-70"}, (), None)
    before = cell("sim", CellKind.SIMULATION, question="guess", simulation=placed, clinician=clinical)
    course = catalogue([module("first", [before])], [quiz("q", [found], Kind.PRACTICE)])
    view = question_view(found, seed=1, shuffle=False, points=1, folder="")
    shown = replace(Shown(True, True, True, True, True), key=key_shown)
    review = review_view(found, view, response, mark(Answered(found, 1, response)), shown)
    foreseen.draw(SimpleNamespace(catalogue=course, clinician=False), "guess", response, review, "chart")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("response", "key_shown", "clinical", "charts"),
    [(40, True, False, 1), (40, False, False, 0), (40, True, True, 0), ("soon", True, False, 0), (None, True, False, 0)],
)
def test_the_chart_waits_for_the_key_and_for_an_answer(response: object, key_shown: bool, clinical: bool, charts: int) -> None:
    app = AppTest.from_function(drawn, args=(GUESS, response, key_shown, clinical), default_timeout=30).run()
    assert not app.exception, app.exception[0].value
    found = app.get("plotly_chart")
    assert len(found) == charts
    assert all("your prediction" in chart.proto.spec for chart in found)
