"""One objective: its questions with the quizzes that ask them, where it is taught, and who has mastered it. `?o=objective`."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from course.errors import NotFound
from course.services.insight.objectives import STATES, AskedRow, ObjectiveView
from course.ui.components import closed, numbers, page
from course.ui.components.numbers import percent
from course.ui.components.source_link import source_link
from course.ui.pages.lead import filters
from course.ui.visit import Visit, query


def draw(visit: Visit) -> None:
    chosen = filters.choose(visit, quiz=False, which=False)
    if chosen is None:
        return
    try:
        view = visit.process.insight.objective(visit.caller.learner, chosen[1], query("o"))
    except NotFound:
        closed.draw(visit)
        return
    states = ", ".join(f"{many} {state.value}" for state, many in zip(STATES, view.row.states, strict=True) if many)
    page.masthead(f"Objective {view.row.number}", view.row.text, f"Of {view.learners}: {states or 'nobody'}.", compact=True)
    page.section("Taught in")
    for place in view.taught_in:
        visit.link("module", f"Module {place.module_number}, {place.title}", m=place.module, cell=place.cell)
    if not view.taught_in:
        page.fine("No cell teaches it.")
    page.section("Questions", "The first try of each learner, wherever it was asked.")
    page.table(
        ["Question", "Asked in", "Learners", "Share right"],
        [_question(visit, row, view) for row in view.questions],
        label="Questions of the objective",
        numeric=(2, 3),
    )
    _people(view)
    page.fine(numbers.difficulties(view.calibration.id, view.calibration.on))
    named = (("objective-learners", "Learners"),) if view.people else ()
    filters.downloads(visit, view.lens, ("objective-questions", "Questions"), *named, o=view.row.id)
    visit.link("insight-objectives", "All objectives", **filters.address(view.lens))


def _question(visit: Visit, row: AskedRow, view: ObjectiveView) -> list[str]:
    asked = "".join(
        f'<p><a href="/insight-question?{escape(urlencode(filters.address(view.lens, quiz=quiz, q=row.id)))}" target="_self">{escape(title)}</a></p>'
        for quiz, title in row.quizzes
    )
    n = numbers.count(row.first_tries.n, "Learners who answered it at least once, in a quiz or a notebook.")
    share = numbers.told(row.first_tries.share, "facility", percent, what="first tries")
    return [
        f"{escape(row.stem)}<small>{source_link(visit, view.lens.cohort, row.id, row.place)}</small>",
        asked or "in a notebook alone",
        n,
        share,
    ]


def _people(view: ObjectiveView) -> None:
    if view.people is None:
        return
    page.section("Learners", "Expected share right with its 80% interval. Those developing first.")
    page.table(
        ["Learner", "State", "Expected share right", "Questions"],
        [
            [
                escape(one.name),
                one.state.value,
                numbers.how(percent(one.share), _said(one.questions, one.answers), small=f"{percent(one.low)} to {percent(one.high)}"),
                numbers.count(one.questions, f"Different questions answered, in {one.answers} answers."),
            ]
            for one in view.people
        ],
        label="Learners",
        numeric=(2, 3),
    )


def _said(questions: int, answers: int) -> tuple[str, ...]:
    return (numbers.definition_of("mastery"), f"From {answers} answers to {questions} questions.")
