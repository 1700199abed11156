"""Every table of the lead's pages as data to take away. One entry of `TABLES` a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from course.access.permissions import Action
from course.analytics.definitions import definition
from course.analytics.responses import Attempts
from course.analytics.statistic import Statistic
from course.analytics.suppression import share_shown
from course.errors import NotFound
from course.interop.spreadsheet import Cell
from course.interop.tables import NumberTable
from course.services.insight import certainty, compare, gain, items, objectives, overview, scale, support
from course.services.insight.desk import Lens, scene
from course.services.insight.objectives import STATES
from course.services.study.desk import Desk, LearnerId

_WHICH: Final = {Attempts.FIRST: "first graded attempts", Attempts.LAST: "last graded attempts", Attempts.ALL: "all graded attempts"}


@dataclass(frozen=True, slots=True)
class TableKind:
    """`people`: it names learners."""

    id: str
    title: str
    make: Callable[[Desk, LearnerId | None, Lens], NumberTable]
    people: bool = False


def table(desk: Desk, who: LearnerId | None, lens: Lens, name: str) -> NumberTable:
    """Raises NotFound for an unknown table or cohort, NotAllowed to those in the cohort who may not take statistics away."""
    kind = next((k for k in TABLES if k.id == name), None)
    with desk.uow.read() as tx:
        found = scene(desk, tx, who, lens, Action.INSIGHT_EXPORT)
        if kind is None:
            raise NotFound("There is no such table.")
        if kind.people:
            scene(desk, tx, who, lens, Action.INSIGHT_PEOPLE)
    made = kind.make(desk, who, lens)
    days = [f"from {lens.since}" if lens.since else "", f"until {lens.until}" if lens.until else ""]
    whose = " ".join(filter(None, (f"{found.cohort.name}: {_WHICH[lens.which]} of those in the cohort now", *days))) + "."
    return NumberTable(made.id, made.title, made.headings, made.rows, (whose, *made.notes))


def _completion(desk: Desk, who: LearnerId | None, lens: Lens) -> NumberTable:
    view = overview.overview(desk, who, lens)
    rows = tuple((s.title, s.begun, s.completed, view.learners) for s in view.steps)
    return NumberTable("completion", "Completion", ("Module", "Begun", "Completed", "Learners"), rows)


def _scores(desk: Desk, who: LearnerId | None, lens: Lens) -> NumberTable:
    quiz = overview.overview(desk, who, lens).quiz
    if quiz is None:
        return NumberTable("scores", "Scores", ("From", "Below", "People"), ())
    found = quiz.distribution
    rows = tuple((a, b, n) for a, b, n in zip(found.edges, found.edges[1:], found.counts, strict=False))
    note = found.mean.reason or f"Mean {found.mean.value:.4f}, from {found.n} results."
    return NumberTable("scores", f"Scores in {quiz.title}", ("From", "Below", "People"), rows, (note,))


def _weeks(desk: Desk, who: LearnerId | None, lens: Lens) -> NumberTable:
    quiz = overview.overview(desk, who, lens).quiz
    rows = tuple((str(w.begins), w.n, *_three(w.mean)) for w in quiz.weeks) if quiz is not None else ()
    title = f"Scores over time in {quiz.title}" if quiz is not None else "Scores over time"
    return NumberTable("weeks", title, ("Week from", "Results", "Mean share", "Low", "High"), rows)


def _activity(desk: Desk, who: LearnerId | None, lens: Lens) -> NumberTable:
    rows = tuple((str(day), many) for day, many in overview.overview(desk, who, lens).by_week)
    return NumberTable("activity", "Attempts handed in", ("Week from", "Attempts"), rows)


def _questions(desk: Desk, who: LearnerId | None, lens: Lens) -> NumberTable:
    view = items.items(desk, who, lens)
    headings = (
        "Question", "Stem", "File and line", "Objective", "Versions", "Answers", "Left blank", "Rapid guesses left out",
        "Facility", "Low", "High", "SD", "Item-rest correlation", "Low", "High", "Discrimination index", "Discriminative efficiency",
        "Intended weight", "Effective weight", "Upper less lower", "By guessing", "Worth looking at",
    )  # fmt: skip
    rows = tuple(
        (
            r.id, r.stem, r.place, r.objective, r.versions, r.item.n, r.item.omitted, r.item.rapid, *_three(r.item.facility), r.item.sd.value,
            *_three(r.item.item_rest), r.item.discrimination_index.value, r.item.discriminative_efficiency.value, r.item.intended_weight.value,
            r.item.effective_weight.value, r.item.d27.value, r.item.guess.value, " ".join(f.sentence for f in r.flags),
        )
        for r in view.rows
    )  # fmt: skip
    return NumberTable(
        "questions", f"Questions of {view.title}", headings, rows, _defined("facility", "item_rest", "discriminative_efficiency")
    )


def _quiz(desk: Desk, who: LearnerId | None, lens: Lens) -> NumberTable:
    view = items.items(desk, who, lens)
    names = ("mean", "skewness", "kurtosis", "alpha", "sem", "error_ratio", "questions_needed")
    rows = tuple((definition(n).title, s.n, *_three(s), s.reason) for n in names for s in (getattr(view.summary, n),))
    return NumberTable(
        "quiz", f"{view.title} as a whole", ("Statistic", "Attempts", "Value", "Low", "High", "Why missing"), rows, _defined(*names)
    )


def _objectives(desk: Desk, who: LearnerId | None, lens: Lens) -> NumberTable:
    view = objectives.objectives(desk, who, lens)
    headings = (
        "Objective",
        "Text",
        *(s.value.capitalize() for s in STATES),
        "Expected share",
        "Low",
        "High",
        "Questions asked",
        "Questions",
    )
    rows = tuple((r.number, r.text, *r.states, *_three(r.mean_share), r.asked, r.questions) for r in view.rows)
    return NumberTable("objectives", "Mastery by objective", headings, rows, _defined("mastery", "state", "mean_share"))


def _mastery(desk: Desk, who: LearnerId | None, lens: Lens) -> NumberTable:
    view = objectives.objectives(desk, who, lens)
    headings = ("Learner", *(r.number for r in view.rows))
    rows = tuple((p.name, *(STATES[s].value for s in p.states)) for p in view.people or ())
    return NumberTable("mastery", "Learner by objective", headings, rows, _defined("state"))


def _gain(desk: Desk, who: LearnerId | None, lens: Lens) -> NumberTable:
    headings = (
        "First test", "Later test", "Objective", "Days between", "Pairs", "First alone", "Later alone", "Before", "Low", "High", "After", "Low", "High",
        "Difference", "Low", "High", "Hedges g_z", "Low", "High", "Class gain",
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for one in gain.gains(desk, who, lens).comparisons:
        for name, g in (("", one.whole), *((f"{o.number} {o.text}", o.gain) for o in one.by_objective)):
            numbers = (*_three(g.before), *_three(g.after), *_three(g.difference), *_three(g.g_z), g.class_gain.value)
            rows.append((one.before, one.after, name, one.days, g.pairs, g.only_before, g.only_after, *numbers))
    return NumberTable("gain", "Before and after", headings, tuple(rows), _defined("difference", "g_z", "class_gain"))


def _certainty(desk: Desk, who: LearnerId | None, lens: Lens) -> NumberTable:
    """Groups under five, and what would give them away, are left out."""
    view = certainty.certainty(desk, who, lens)
    shown = [r for r in view.rows if share_shown(r.found.learners, r.found.of)]
    rows = tuple((r.id, r.text, r.found.learners, r.found.of, *_three(r.found.share), r.correction) for r in shown)
    headings = ("Misconception", "Text", "Learners", "Of those asked", "Share", "Low", "High", "Correction")
    return NumberTable("certainty", "Confident and wrong", headings, rows, _defined("confidently_wrong"))


def _calibration(desk: Desk, who: LearnerId | None, lens: Lens) -> NumberTable:
    view = certainty.certainty(desk, who, lens)
    rows = tuple((one.level.number, one.level.stated, one.answered, *_three(one.accuracy)) for one in view.cohort.levels)
    headings = ("Certainty", "Stands for", "Answers", "Share right", "Low", "High")
    return NumberTable("calibration", "Calibration", headings, rows, _defined("accuracy", "brier"))


def _scale(desk: Desk, who: LearnerId | None, lens: Lens) -> NumberTable:
    view = scale.scale(desk, who, lens)
    rows = view.scaled.wright.questions if view.scaled is not None else ()
    notes = (view.reason,) if view.reason else _defined("wright_map", "one_pl")
    return NumberTable("scale", "Difficulties", ("Question", "Difficulty"), tuple(rows), notes)


def _support(desk: Desk, who: LearnerId | None, lens: Lens) -> NumberTable:
    rows = tuple(
        (r.name, r.finding.group.value, " ".join(r.finding.reasons), r.record.answers, r.record.points if r.record.answers else None, r.record.days_silent, r.record.due, r.record.due_done, r.record.overdue)
        for r in support.support(desk, who, lens).rows
    )  # fmt: skip
    headings = (
        "Learner",
        "Group",
        "Why",
        "First tries",
        "Share of the points",
        "Days since the last visit",
        "Work due or done",
        "Done",
        "Overdue",
    )
    return NumberTable("support", "May need study support", headings, rows, _defined("struggling", "silent", "excelling", "on_track"))


TABLES: Final = (
    TableKind("completion", "Completion", _completion),
    TableKind("scores", "Scores", _scores),
    TableKind("weeks", "Scores over time", _weeks),
    TableKind("activity", "Activity", _activity),
    TableKind("quiz", "The quiz", _quiz),
    TableKind("questions", "Questions", _questions),
    TableKind("objectives", "Mastery by objective", _objectives),
    TableKind("mastery", "Learner by objective", _mastery, people=True),
    TableKind("gain", "Before and after", _gain),
    TableKind("certainty", "Confident and wrong", _certainty),
    TableKind("calibration", "Calibration", _calibration),
    TableKind("scale", "Difficulties", _scale),
    TableKind("support", "Study support", _support, people=True),
)


def compared(desk: Desk, who: LearnerId | None, lens: Lens, other: str) -> NumberTable:
    """The two cohorts' quizzes. Raises as `compare.compare`, and as `table`."""
    with desk.uow.read() as tx:
        scene(desk, tx, who, lens, Action.INSIGHT_EXPORT)
    view = compare.compare(desk, who, lens, other)
    rows = tuple((q.title, q.here.n, q.here.value, q.there.n, q.there.value, *_three(q.difference)) for q in view.quizzes)
    headings = ("Quiz", f"People in {view.here}", view.here, f"People in {view.there}", view.there, "Difference", "Low", "High")
    return NumberTable("compare", f"{view.here} and {view.there}", headings, rows, ("Mean shares of the points; Welch's 95 % interval.",))


def _three(statistic: Statistic) -> tuple[float | None, float | None, float | None]:
    return statistic.value, statistic.low, statistic.high


def _defined(*names: str) -> tuple[str, ...]:
    return tuple(f"{definition(name).title}: {definition(name).computed}" for name in names)
