"""Tables of one thing as data to take away: a question's options, an objective's questions and learners, what changed between cohorts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from course.access.permissions import Action
from course.analytics.statistic import Statistic
from course.errors import NotFound
from course.interop.spreadsheet import Cell
from course.interop.tables import NumberTable
from course.services.insight import compare, objectives, question
from course.services.insight.desk import Lens, scene
from course.services.study.desk import Desk, LearnerId

Make = Callable[[Desk, LearnerId | None, Lens, str], NumberTable]


@dataclass(frozen=True, slots=True)
class DetailKind:
    """`of`: the parameter of an address that says of what. `people`: it names learners."""

    id: str
    title: str
    of: str
    make: Make
    people: bool = False


def detail(desk: Desk, who: LearnerId | None, lens: Lens, name: str, of: str) -> NumberTable:
    """Raises NotFound for an unknown table, cohort or thing, NotAllowed to those who may not take it away."""
    kind = next((k for k in DETAILS if k.id == name), None)
    with desk.uow.read() as tx:
        found = scene(desk, tx, who, lens, Action.INSIGHT_EXPORT)
        if kind is None:
            raise NotFound("There is no such table.")
        if kind.people:
            scene(desk, tx, who, lens, Action.INSIGHT_PEOPLE)
    made = kind.make(desk, who, lens, of)
    return NumberTable(made.id, made.title, made.headings, made.rows, (f"{found.cohort.name}.", *made.notes))


def _options(desk: Desk, who: LearnerId | None, lens: Lens, of: str) -> NumberTable:
    view = question.question(desk, who, lens, of)
    headings = ("Answer", "Text", "Key", "Chosen by", "Of", "Share", "Low", "High", "Correlation with the rest", "Against the key, points")
    rows = tuple(
        (
            row.name, row.text, "yes" if row.key else "", row.option.n if row.option else 0, row.option.of if row.option else None,
            *(_three(row.option.share) if row.option else (0.0, None, None)), row.option.item_rest.value if row.option else None,
            row.option.above_key.value if row.option else None,
        )
        for row in view.options
    )  # fmt: skip
    hidden = (f"{view.hidden} other answers, each given by fewer than five people, are not listed.",) if view.hidden else ()
    return NumberTable("options", f"{view.row.stem} ({of})", headings, rows, hidden)


def _asked(desk: Desk, who: LearnerId | None, lens: Lens, of: str) -> NumberTable:
    view = objectives.objective(desk, who, lens, of)
    rows = tuple(
        (r.id, r.stem, r.place, "; ".join(title for _, title in r.quizzes), r.first_tries.n, *_three(r.first_tries.share))
        for r in view.questions
    )
    headings = ("Question", "Stem", "File and line", "Asked in", "Learners", "Share right", "Low", "High")
    return NumberTable("objective-questions", f"{view.row.number} {view.row.text}", headings, rows, ("The first try of each learner.",))


def _mastered(desk: Desk, who: LearnerId | None, lens: Lens, of: str) -> NumberTable:
    view = objectives.objective(desk, who, lens, of)
    rows = tuple((p.name, p.state.value, p.share, p.low, p.high, p.questions, p.answers) for p in view.people or ())
    headings = ("Learner", "State", "Expected share right", "Low", "High", "Questions", "Answers")
    return NumberTable("objective-learners", f"{view.row.number} {view.row.text}", headings, rows, ("Low and high: the 80 % interval.",))


def _drift(desk: Desk, who: LearnerId | None, lens: Lens, of: str) -> NumberTable:
    view = compare.compare(desk, who, lens, of)
    headings = (
        "Question",
        "Stem",
        "File and line",
        "Answers earlier",
        "Answers later",
        "Odds ratio",
        "Low",
        "High",
        "Delta",
        "Low",
        "High",
        "Class",
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            r.id, r.stem, r.place, r.drift.earlier, r.drift.later, *_three(r.drift.odds_ratio), *_three(r.drift.delta),
            r.drift.drift_class.value if r.drift.drift_class else None,
        )
        for r in view.drifted
    )  # fmt: skip
    return NumberTable("drift", f"{view.here}, later, and {view.there}, earlier", headings, rows, ("Matched on the other questions.",))


DETAILS: Final = (
    DetailKind("options", "Who chose what", "q", _options),
    DetailKind("objective-questions", "Questions", "o", _asked),
    DetailKind("objective-learners", "Learners", "o", _mastered, people=True),
    DetailKind("drift", "Questions that changed", "other", _drift),
)


def _three(statistic: Statistic) -> tuple[float | None, float | None, float | None]:
    return statistic.value, statistic.low, statistic.high
