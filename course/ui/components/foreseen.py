"""A prediction beside what its simulation says: the chart under an answered `prediction` question of a quiz."""

from __future__ import annotations

from html import escape

import streamlit as st

from course.content.model import Catalogue, Cell
from course.content.predicted import Committed, committed
from course.questions.base import Json
from course.services.study.views import ReviewView
from course.simulation import simulation
from course.simulation.base import Chart
from course.ui.charts import simulation as charts
from course.ui.charts.figure import CONFIG
from course.ui.tokens import current
from course.ui.visit import Visit


def draw(visit: Visit, question: str, response: Json, review: ReviewView, key: str) -> None:
    """The chart, once the key may be shown and where a simulation shows it. Nothing for any other question."""
    cell = _cell(visit.catalogue, question, clinician=visit.clinician) if review.key_shown else None
    found = committed(visit.catalogue.questions.get(question), cell, response) if cell is not None else None
    if found is not None:
        _chart(found, key)


def _cell(catalogue: Catalogue, question: str, *, clinician: bool) -> Cell | None:
    """The simulation that this question is predicted of."""
    every = (cell for module in catalogue.course.modules for cell in module.cells)
    return next((c for c in every if c.simulation is not None and c.question == question and (clinician or not c.clinician)), None)


def _chart(found: Committed, key: str) -> None:
    model = simulation(found.placed.name)
    if model.chart not in (Chart.LINES, Chart.POINTS):
        return
    given = model.read(found.placed.begin)
    outcome = model.run(given)
    said = model.words(given, outcome)
    at = float(getattr(given, model.cursor)) if model.cursor else None
    st.html(f'<p class="k-figsub">{escape(said)}</p>')
    figure = charts.curves(model, outcome, at, charts.Guess(found.asked, (found.value,)), current())
    st.plotly_chart(figure, theme=None, config=CONFIG, key=key, alt=f"{said} Your prediction stands beside it.")
