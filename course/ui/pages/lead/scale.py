"""People and questions on one scale, and how exactly the quiz measures: a part of the questions' page."""

from __future__ import annotations

from typing import Final

from course.analytics.irt import Model
from course.services.insight.scale import Scaled, ScaleView
from course.services.study.wording import counted
from course.ui.charts import items as charts
from course.ui.charts.figure import show, words
from course.ui.components import numbers, page
from course.ui.components.numbers import decimal
from course.ui.tokens import current

MODELS: Final = {Model.ONE_PL: "one-parameter", Model.TWO_PL: "two-parameter"}


def draw(view: ScaleView) -> None:
    """Both pictures with their numbers; what is needed for them, when there are none."""
    page.section("On one scale", "How hard the questions are for these people, and where the quiz measures best.")
    if view.scaled is None:
        page.empty("There is no model yet.", view.reason)
        return
    found = view.scaled
    _wright(found)
    _information(found)
    if found.left_out:
        page.fine("Not placed: " + "; ".join(f"{name} ({reason.rstrip('.')})" for name, reason in found.left_out) + ".")


def _wright(found: Scaled) -> None:
    name, hardest = found.wright.questions[-1]
    at_pass = found.information.at_pass.value
    title = f"Hardest: {found.stems.get(name, name)}"
    people = list(zip(found.wright.edges, found.wright.edges[1:], found.wright.people, strict=False))
    show(
        charts.wright(found.wright, at_pass, current()),
        key="wright",
        title=title,
        head=words(
            title,
            f"Columns: {counted(found.people, 'person', 'people')} by estimated ability. Dots: questions by difficulty, where half of those of that "
            f"ability have full points. By the {MODELS[found.model]} model.",
        ),
        alt=f"{len(found.wright.questions)} questions from {found.wright.questions[0][1]:.2f} to {hardest:.2f}; people: "
        + "; ".join(f"{a:.1f} to {b:.1f}: {n}" for a, b, n in people if n)
        + ".",
        table=(
            ["Question", "Difficulty", "People of less ability"],
            [[q, f"{b:.2f}", _below(found, b)] for q, b in found.wright.questions],
        ),
    )


def _below(found: Scaled, difficulty: float) -> str:
    """How many people lie in the columns wholly below a difficulty."""
    return str(sum(n for edge, n in zip(found.wright.edges[1:], found.wright.people, strict=True) if edge <= difficulty))


def _information(found: Scaled) -> None:
    curve = found.information
    best = int(curve.information.argmax())
    where = float(curve.ability[best])
    title = f"It measures best at an ability of {where:.1f}".replace("-", "−")
    shown = [n for n in range(0, len(curve.ability), 5) if -4 <= curve.ability[n] <= 4]
    show(
        charts.information(curve, current()),
        key="information",
        title=title,
        head=words(
            title, f"Information of the test, from {counted(found.people, 'person', 'people')}; the error is 1 divided by its square root."
        ),
        alt="; ".join(f"ability {curve.ability[n]:.1f}: {curve.information[n]:.1f}" for n in shown) + ".",
        table=(
            ["Ability", "Information", "Standard error"],
            [[f"{curve.ability[n]:.1f}", f"{curve.information[n]:.2f}", f"{curve.information[n] ** -0.5:.2f}"] for n in shown],
        ),
    )
    page.table(
        ["Number", "Value"],
        [
            [f"Ability at the pass mark of {curve.pass_mark:.0%}", numbers.told(curve.at_pass, "at_pass", decimal, what="people")],
            ["Information there", numbers.told(curve.information_at_pass, "information_at_pass", decimal, what="people")],
            ["Standard error there", numbers.told(curve.error_at_pass, "error_at_pass", decimal, what="people")],
        ],
        label="The model at the pass mark",
        numeric=(1,),
    )
