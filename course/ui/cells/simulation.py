"""A simulation: a prediction is committed first; then the figure is shown beside it, and its parameters can be moved.

Each figure is a fragment of its own: moving a slider redraws only that. Neither where a slider stands nor a prediction that
is no question's answer is stored; what the page remembers is gone with the page. Cells that the reader is not at are closed
until they are asked for.
"""

from __future__ import annotations

from dataclasses import asdict
from html import escape
from typing import Any

import streamlit as st

from course.content.predicted import committed
from course.errors import CourseError
from course.services.study.views import CellView, ModuleView
from course.simulation import simulation
from course.simulation.base import Basis, Chart, Outcome, Simulation
from course.simulation.placing import Asked, Kind, Placed
from course.simulation.predictions import amount, axes, distance
from course.ui import failure, reading, state
from course.ui.charts import simulation as charts
from course.ui.charts.figure import CONFIG, html_table
from course.ui.components import page, parameters, practised
from course.ui.components.markup import block
from course.ui.components.prose import prose
from course.ui.tokens import current
from course.ui.visit import Visit

_BADGES = {
    Basis.LITERATURE: "Model from the literature",
    Basis.PARTLY: "Partly illustrative",
    Basis.ILLUSTRATIVE: "Illustrative: chosen constants",
}


def head(visit: Visit, cell: CellView) -> str:
    """Title and first paragraph, which asks."""
    placed = cell.cell.simulation
    if placed is None:
        return ""
    before, _ = _parts(cell)
    title = escape(cell.cell.title or simulation(placed.name).title)
    return f'<h2 class="k-celltitle">{title}</h2>' + (
        f'<div class="k-prose">{block(prose(before, visit.catalogue))}</div>' if before else ""
    )


def draw(visit: Visit, view: ModuleView, cell: CellView) -> None:
    placed = cell.cell.simulation
    if placed is None:
        page.fine("This simulation could not be loaded.")
        return
    if not reading.is_near(view.id, cell.number) and not state.recall(_opened(cell)):
        _closed(visit, cell)
        return
    model = simulation(placed.name)
    if cell.practice is not None:
        practised.ask(visit, view, cell, "Lock in my prediction")
        done = cell.practice.review is not None
    elif placed.asked is not None:
        done = cell.done and not state.recall(_again(cell))
        if done:
            _told(cell, model, placed, placed.asked)
        else:
            _ask(cell, model, placed, placed.asked)
            _lock_in(visit, view, cell, model, placed)
    else:
        done = True
    if done:
        _explained(visit, cell)
        _play(visit, cell, model, placed)


def _closed(visit: Visit, cell: CellView) -> None:
    """What stands in a cell the reader has left behind: inputs and figures cost every click on the page, text does not."""
    if cell.done:
        _explained(visit, cell)
    st.button(
        "Open the figure" if cell.done else "Make a prediction",
        icon=":material/show_chart:", type="tertiary", key=f"open_{cell.cell.id}", on_click=state.remember, args=(_opened(cell), True),
    )  # fmt: skip


@st.fragment
def _ask(cell: CellView, model: Simulation[Any], placed: Placed, asked: Asked) -> None:
    """The sliders of the prediction, and what is being drawn with them."""
    outcome = model.run(model.read(placed.begin))
    wanted = axes(model, asked, outcome)
    with st.container(key=f"predict_{cell.cell.id}", gap="small"):
        given = tuple(parameters.draw_axis(axis, f"{_guess(cell)}_{number}") for number, axis in enumerate(wanted))
        if asked.kind is not Kind.NUMBER:
            said = ", ".join(f"{axis.title}: {amount(value, axis.unit, axis.decimals)}" for axis, value in zip(wanted, given, strict=True))
            fig = charts.sketch(model, outcome, charts.Guess(asked, given), current())
            st.plotly_chart(fig, theme=None, config=CONFIG, key=f"sketch_{cell.cell.id}", alt=f"Your sketch so far. {said}.")
        page.fine("Only that you made a prediction is kept, not what it was.")


def _lock_in(visit: Visit, view: ModuleView, cell: CellView, model: Simulation[Any], placed: Placed) -> None:
    """The button stands outside of the sliders' fragment: it redraws the whole cell."""
    st.button(
        "Lock in my prediction", type="primary", key=f"commit_{cell.cell.id}", on_click=_commit, args=(visit, view, cell, model, placed)
    )

    practised.told_problem(cell)


def _commit(visit: Visit, view: ModuleView, cell: CellView, model: Simulation[Any], placed: Placed) -> None:
    assert placed.asked is not None
    wanted = axes(model, placed.asked, model.run(model.read(placed.begin)))
    given = tuple(parameters.axis_value(axis, f"{_guess(cell)}_{number}") for number, axis in enumerate(wanted))
    try:
        learner = visit.begin()
        reading.changed(visit.notebook.predict(learner, view.id, cell.cell.id, clinician=visit.clinician))
        state.remember(_guess(cell), given)
        state.forget(_again(cell))
    except CourseError as refusal:
        state.remember(practised.problem(cell), failure.sentence(refusal))


def _told(cell: CellView, model: Simulation[Any], placed: Placed, asked: Asked) -> None:
    """How far off it was; only as long as the page remembers."""
    given = state.recall(_guess(cell))
    if isinstance(given, tuple):
        far = distance(model, asked, model.run(model.read(placed.begin)), given)
        st.html(f'<div class="k-feedback k-plain" role="status"><p><b>Your prediction</b></p><p>{escape(far)}</p></div>')
    else:
        page.fine("You have made a prediction here before. What it was is not kept.")
    st.button(
        "Predict again",
        type="tertiary",
        icon=":material/replay:",
        key=f"again_{cell.cell.id}",
        on_click=state.remember,
        args=(_again(cell), True),
    )


def _explained(visit: Visit, cell: CellView) -> None:
    _, after = _parts(cell)
    if after:
        st.html(f'<div class="k-prose">{block(prose(after, visit.catalogue))}</div>')


@st.fragment
def _play(visit: Visit, cell: CellView, model: Simulation[Any], placed: Placed) -> None:
    """The inputs and the result: this alone runs again when one of them is moved."""
    key, begin = f"sim_{cell.cell.id}", model.read(placed.begin)
    with st.container(key=f"play_{cell.cell.id}", gap="small"):
        moved = parameters.draw(model, placed.offered, begin, key)
        given = model.read({**asdict(begin), **moved})
        outcome = model.run(given)
        _figure(visit, cell, model, placed, given, outcome)
        _foot(visit, cell, model, outcome)


def _figure(visit: Visit, cell: CellView, model: Simulation[Any], placed: Placed, given: Any, outcome: Outcome) -> None:
    said = model.words(given, outcome)
    badge = f'<p class="k-badge k-{model.basis.name.lower()}">{_BADGES[model.basis]}</p>'
    top = f'{badge}<p class="k-says" role="status">{escape(said)}</p>'
    sub = f'<p class="k-figsub">{escape(_plotted(model, outcome))}</p>' if outcome.columns else ""
    with st.container(key=f"fig_{cell.cell.id.replace('-', '_')}", gap="xxsmall"):
        if model.chart is Chart.PEOPLE:
            st.html(top + sub + charts.people(model, outcome))
        elif model.chart is Chart.TALLY:
            st.html(top + charts.tally(outcome))
        else:
            st.html(top + sub)
            at = float(getattr(given, model.cursor)) if model.cursor else None
            fig = charts.curves(model, outcome, at, _committed(visit, cell, placed), current())
            st.plotly_chart(fig, theme=None, config=CONFIG, key=f"plot_{cell.cell.id}", alt=said)


def _foot(visit: Visit, cell: CellView, model: Simulation[Any], outcome: Outcome) -> None:
    """The numbers as a table, the sources, and what the model leaves out."""
    if outcome.columns:
        with st.expander("View as table", type="compact", key=f"table_{cell.cell.id}", on_change="rerun") as box:
            if box.open:
                st.html(html_table(model.title, *charts.table(model, outcome)))
    refs = visit.catalogue.course.references
    links = [
        f'<a href="references?key={escape(key)}" target="_blank">{escape(refs[key].short)}</a>' for key in model.sources if key in refs
    ]
    unread = any(refs[key].to_confirm for key in model.sources if key in refs)
    checked = model.checked + (" The originals are still to be read." if unread and model.basis is not Basis.ILLUSTRATIVE else "")
    st.html(
        f'<p class="k-source">Sources: {", ".join(links)}. {escape(checked)}</p>'
        f'<p class="k-source"><b>What this model leaves out.</b> {escape(model.leaves_out)}</p>'
    )


def _plotted(model: Simulation[Any], outcome: Outcome) -> str:
    names = [column.title for column in model.columns[1:] if column.name in outcome.columns]
    if model.chart is Chart.PEOPLE:
        return "Of 100 people, as many as the model expects with each symptom."
    plain = [name[0].lower() + name[1:] for name in (*names[1:], model.columns[0].title)]
    return f"{' and '.join([names[0], *plain[:-1]])}, by {plain[-1]}."


def _committed(visit: Visit, cell: CellView, placed: Placed) -> charts.Guess | None:
    """What was predicted: the answer to the cell's question, or what this page remembers."""
    if cell.practice is not None:
        found = committed(visit.catalogue.questions.get(cell.practice.question.id), cell.cell, cell.practice.response)
        return None if found is None else charts.Guess(found.asked, (found.value,))
    given = state.recall(_guess(cell))
    return charts.Guess(placed.asked, given) if placed.asked is not None and isinstance(given, tuple) else None


def _parts(cell: CellView) -> tuple[str, str]:
    """The paragraph that asks, and what explains."""
    before, _, after = cell.cell.body.strip().partition("\n\n")
    return before, after.strip()


def _guess(cell: CellView) -> str:
    return f"guess_{cell.cell.id}"


def _opened(cell: CellView) -> str:
    return f"opened_{cell.cell.id}"


def _again(cell: CellView) -> str:
    return f"predict_again_{cell.cell.id}"
