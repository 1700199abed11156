"""Confident and wrong: misconceptions that were held for certain, and how well the cohort knows what it knows."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from course.analytics.certainty_of_cohort import LevelOfCohort
from course.analytics.gates import GATES
from course.analytics.suppression import share_shown
from course.learning.certainty import AtLevel
from course.services.insight.certainty import CertaintyView, ChosenOption, WrongRow
from course.services.study.wording import counted, lowered
from course.ui.charts import calibration as charts
from course.ui.charts.figure import show
from course.ui.charts.figure import words as figure_words
from course.ui.components import numbers, page
from course.ui.components.markup import inline
from course.ui.components.numbers import decimal, percent, signed_percent
from course.ui.components.source_link import source_link
from course.ui.pages.lead import filters
from course.ui.tokens import current
from course.ui.visit import Visit


def draw(visit: Visit) -> None:
    chosen = filters.choose(visit, quiz=False, which=False)
    if chosen is None:
        return
    view = visit.process.insight.certainty(visit.caller.learner, chosen[1])
    shown = [row for row in view.rows if share_shown(row.found.learners, row.found.of)]
    title = f"Most often held for certain: {lowered(shown[0].text)}" if shown else _nothing(view)
    page.masthead(
        "Confident and wrong", title, f"{counted(view.cohort.answered, 'answer')} with a certainty, of all attempts.", compact=True
    )
    page.section("By misconception", "Chosen with the highest certainty. Groups under five, and what would give them away, are not shown.")
    if shown:
        page.table(
            ["Misconception", "Learners", "Share of those asked", "Chosen in", "Taught in"],
            [_row(visit, row, view) for row in shown],
            label="Confident and wrong",
            numeric=(1, 2),
        )
    else:
        page.empty("Nothing to show.", "A misconception that five learners or more chose with the highest certainty is listed here.")
    if len(shown) < len(view.rows):
        page.fine(f"{counted(len(view.rows) - len(shown), 'misconception')} of fewer than five people, or of all but a few, not shown.")
    _calibration(view)
    filters.downloads(visit, view.lens, ("certainty", "Confident and wrong"), ("calibration", "Calibration"))


def _nothing(view: CertaintyView) -> str:
    """The title when no misconception is shown."""
    if not view.cohort.answered:
        return "Nobody stated a certainty yet"
    return "Nothing wrong is held for certain by many" if view.cohort.learners >= GATES.people else "Too few learners to say"


def _row(visit: Visit, row: WrongRow, view: CertaintyView) -> list[str]:
    by_question: dict[str, list[ChosenOption]] = {}
    for option in row.options[:3]:
        by_question.setdefault(option.question, []).append(option)
    chosen = "".join(_chosen(visit, options, view) for options in by_question.values())
    place = row.taught_in
    taught = (
        f'<a href="/module?{escape(urlencode({"m": place.module, "cell": place.cell}))}" target="_self">Module {place.module_number}, {escape(place.title)}</a>'
        if place is not None
        else "–"
    )
    correction = f"<small>{inline(row.correction)}</small>" if row.correction else ""
    return [
        inline(row.text) + correction,
        numbers.count(
            row.found.learners, "Learners who chose an option of it with certainty 3.", f"{counted(row.found.answers, 'answer')} in all."
        ),
        numbers.told(row.found.share, "confidently_wrong", percent, what="learners asked"),
        chosen,
        taught,
    ]


def _chosen(visit: Visit, options: list[ChosenOption], view: CertaintyView) -> str:
    """A question, and those of its options that carry the misconception."""
    o = options[0]
    asked = escape(urlencode(filters.address(view.lens, quiz=o.quiz, q=o.question)))
    texts = "".join(f"<small>{inline(option.text)}</small>" for option in options)
    place = source_link(visit, view.lens.cohort, o.question, o.place)
    return f'<p><a href="/insight-question?{asked}" target="_self">{escape(o.stem)}</a>{texts}<small>{place}</small></p>'


def _picture(view: CertaintyView) -> None:
    """Drawn when every level was stated often enough to be counted."""
    levels = [
        AtLevel(one.level, one.answered, round(one.accuracy.value * one.answered))
        for one in view.cohort.levels
        if one.accuracy.value is not None
    ]
    if len(levels) < len(view.cohort.levels):
        return
    surest = levels[-1]
    title = f"Of the answers with the highest certainty, {percent(surest.right / surest.answered)} were right"
    show(
        charts.draw(levels, current()),
        key="calibration",
        title=title,
        head=figure_words(
            title, f"Bars: the share right of {counted(view.cohort.answered, 'answer')}. Upright marks: what the level stands for."
        ),
        alt=charts.in_words(levels),
        table=charts.rows(levels),
    )


def _calibration(view: CertaintyView) -> None:
    page.section("Calibration", "A level stands for a chance of being right; the share right should lie near it.")
    _picture(view)
    about = numbers.definition_of("accuracy")
    page.table(
        ["Certainty", "Stands for", "Answers", "Right", "Well calibrated"],
        [
            [
                str(level.level.number),
                percent(level.level.stated),
                numbers.count(level.answered, f"Answers with certainty {level.level.number}, of {counted(level.learners, 'learner')}."),
                numbers.told(level.accuracy, "accuracy", percent),
                "–" if level.well_calibrated is None else numbers.how(_calibrated(level), (about,)),
            ]
            for level in view.cohort.levels
        ],
        label="Calibration by certainty",
        numeric=(1, 2, 3),
    )
    cells = [
        ("Brier score", numbers.told(view.cohort.brier, "brier", decimal, what="learners")),
        ("Surer than right, percentage points", numbers.told(view.cohort.over, "over", signed_percent, what="learners")),
        ("Learners", numbers.count(view.cohort.learners, "Learners who stated a certainty at least once.")),
    ]
    page.table(["Number", "Value"], [[head, cell] for head, cell in cells], label="Calibration of the cohort", numeric=(1,))


def _calibrated(level: LevelOfCohort) -> str:
    """Which way a level misses what it stands for."""
    if level.well_calibrated or level.accuracy.high is None:
        return "yes"
    return "no: too sure" if level.accuracy.high < level.level.stated else "no: surer would be right"
