"""A cohort's report to print: the lead's pages without names, as words, pictures and tables. Groups under five are not shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Final

from course.access.permissions import Action
from course.analytics.definitions import definition
from course.analytics.score_distribution import ScoreDistribution
from course.analytics.suppression import FEWEST, share_shown, shown
from course.interop.picture import Span, columns, evenly, progress, spans
from course.interop.report import Report, ReportPart
from course.interop.tables import NOTICE
from course.services.insight import certainty, gain, items, objectives, overview
from course.services.insight import report_words as words
from course.services.insight.certainty import CertaintyView
from course.services.insight.desk import Lens, Scene, scene
from course.services.insight.gain import Comparison
from course.services.insight.objectives import STATES, ObjectiveRow, ObjectivesView
from course.services.insight.overview import Overview, QuizScores
from course.services.insight.report_questions import questions
from course.services.study.desk import Desk, LearnerId
from course.services.study.wording import counted

WHICH: Final = {"first": "First graded attempts", "last": "Last graded attempts", "all": "All graded attempts"}
SMALL: Final = f"Groups under {FEWEST} people, and what would give them away, are not shown."
SUBTRACTED: Final = (
    f"This group's report and that of the cohort or of its other groups would tell of fewer than {FEWEST} people by subtraction. "
    "The pages show the group to those who may see single learners; choose everybody for a report to hand on."
)
_SHARES: Final = ((0.0, "0%"), (0.25, "25%"), (0.5, "50%"), (0.75, "75%"), (1.0, "100%"))


def report(desk: Desk, who: LearnerId | None, lens: Lens) -> Report:
    """Raises NotFound, NotAllowed as `scene` does, to those who may not take statistics away."""
    with desk.uow.read() as tx:
        found = scene(desk, tx, who, lens, Action.INSIGHT_EXPORT)
        listed = tx.cohorts.groups(found.cohort.id)
        learners = tx.answers.present(replace(found.asked, group=None))
    groups = {g.id: g.name for g in listed}
    if lens.group and not group_shown(lens.group, {g.id: g.members for g in listed}, learners):
        return _report(desk, found, tuple(_filters(lens, groups, None)), (ReportPart("Not shown", (), (), (), (), (), SUBTRACTED),), ())
    view = overview.overview(desk, who, lens)
    asked = items.items(desk, who, lens) if lens.quiz else None
    parts = (
        completion(view), *_scores(view.quiz), _activity(view), *(questions(asked) if asked is not None else ()),
        _objectives(objectives.objectives(desk, who, lens)), *map(_gain, gain.gains(desk, who, lens).comparisons),
        *_certainty(certainty.certainty(desk, who, lens)),
    )  # fmt: skip
    return _report(desk, found, tuple(_filters(lens, groups, view.quiz)), parts, tuple(_notes(asked is not None)))


def _report(desk: Desk, found: Scene, filters: tuple[str, ...], parts: tuple[ReportPart, ...], notes: tuple[str, ...]) -> Report:
    return Report(
        course=found.catalogue.course.neutral_title,
        cohort=found.cohort.name,
        filters=filters,
        made=f"Made on {words.when(desk.clock())} UTC. It names no learner. {SMALL}",
        parts=parts,
        notes=notes,
        notice=NOTICE,
    )


def group_shown(group: str, members: Mapping[str, Collection[LearnerId]], learners: Collection[LearnerId]) -> bool:
    """Whether a report of the group may lie beside those of the cohort and of its other groups.

    A group of fewer than five is no matter here: its report shows nothing by itself. `members`: learners by group, the former ones
    too; `learners`: those in the cohort now.
    """
    here = {name: set(learners) & set(those) for name, those in members.items()}
    if len(here[group]) < FEWEST:
        return True
    apart: dict[str | None, int] = {
        **{name: len(those) for name, those in here.items()},
        None: len(set(learners).difference(*here.values())),
    }
    return share_shown(len(here[group]), len(learners)) and group in shown(apart)


def _filters(lens: Lens, groups: Mapping[str, str], quiz: QuizScores | None) -> Iterator[str]:
    days = [f"from {words.day(lens.since)}" if lens.since else "", f"until {words.day(lens.until)}" if lens.until else ""]
    yield " ".join(filter(None, (WHICH[lens.which.value], "of those in the cohort now", *days))) + "."
    if lens.group:
        yield f"Group: {groups[lens.group]}."
    if quiz is not None:
        yield f"Quiz: {quiz.title}"


def completion(view: Overview) -> ReportPart:
    """Begun and completed by module; what would tell of fewer than five, directly or by subtraction, is not shown."""
    rows, drawn = [], []
    for step in view.steps:
        open_to = shown({"done": step.completed, "begun": step.begun - step.completed, "never": view.learners - step.begun})
        begun = step.begun if "never" in open_to else None
        done = step.completed if "done" in open_to else None
        rows.append((step.title, words.count(begun), words.count(done), str(view.learners)))
        drawn.append(
            (
                step.title,
                begun,
                done,
                words.HIDDEN if done is None and begun is None else f"{words.count(done)} done, {words.count(begun)} begun",
            )
        )
    any_begun = any(step.begun for step in view.steps)
    alt = "; ".join(f"{name}: {said}" for name, _, _, said in drawn) + "."
    return ReportPart(
        "Completion",
        (f"{counted(view.learners, 'learner')}. Modules are open in any order; dates do not filter this.",),
        (progress("Completed in full colour, begun in grey", alt, drawn, view.learners),) if any_begun else (),
        ("Module", "Begun", "Completed", "Learners"),
        tuple(rows) if any_begun else (),
        (6, 2, 2, 2),
        "Nobody has begun yet.",
    )


def _scores(quiz: QuizScores | None) -> tuple[ReportPart, ...]:
    headings = ("Score", "People")
    if quiz is None or not quiz.distribution.counts:
        return (ReportPart("Scores", (), (), headings, (), (1, 1), f"A distribution needs {FEWEST} results of one quiz."),)
    found = quiz.distribution
    edges, counts = coarse(found)
    labels = [f"{a:.0%} to {b:.0%}".replace("% to", " to") for a, b in pairwise(edges)]
    below = frozenset(n for n, edge in enumerate(edges[1:]) if quiz.pass_mark is not None and edge <= quiz.pass_mark + 1e-9)
    alt = "; ".join(f"{label}: {n}" for label, n in zip(labels, counts, strict=True)) + "."
    pass_mark = "" if quiz.pass_mark is None else f" Below the pass mark of {quiz.pass_mark:.0%} in the other colour."
    said = [
        f"Mean {words.value(found.mean, words.percent)}. Half have {words.value(found.median, words.percent)} or more. From {counted(found.n, 'result')}."
    ]
    passed = round((found.passed.value or 0.0) * found.passed.n)
    if found.passed.value is not None and share_shown(passed, found.passed.n):
        said.append(f"Passed: {words.value(found.passed, words.percent)}.")
    scores = ReportPart(
        f"Scores in {quiz.title}", tuple(said),
        (columns(f"People by share of the points; ranges as wide as {FEWEST} people need.{pass_mark}", alt, list(zip(labels, counts, strict=True)), below),),
        headings, tuple((label, str(n)) for label, n in zip(labels, counts, strict=True)), (1, 1),
    )  # fmt: skip
    return scores, weeks(quiz)


def coarse(found: ScoreDistribution) -> tuple[tuple[float, ...], tuple[int, ...]]:
    """The distribution in ranges that hold five people each or more: neighbours are put together, from below."""
    edges, counts, waiting = [found.edges[0]], list[int](), 0
    for edge, count in zip(found.edges[1:], found.counts, strict=True):
        waiting += count
        if waiting >= FEWEST:
            edges.append(edge)
            counts.append(waiting)
            waiting = 0
    if not counts:
        return (found.edges[0], found.edges[-1]), (waiting,)
    return (*edges[:-1], found.edges[-1]), (*counts[:-1], counts[-1] + waiting)


def weeks(quiz: QuizScores) -> ReportPart:
    """Means by week; a week of few is not shown, nor another where its mean and that of all would tell that of the few."""
    open_to = shown({w.begins: w.n for w in quiz.weeks})
    rows = [(words.day(w.begins), w) for w in quiz.weeks if w.mean.value is not None and w.begins in open_to]
    drawn = [
        Span(f"Week of {day}", w.mean.value, w.mean.low, w.mean.high, f"{words.percent(w.mean.value or 0.0)} of {w.n}") for day, w in rows
    ]
    return ReportPart(
        "Scores over time", (f"Mean share of the points in {quiz.title} by the week of handing in. Different people hand in each week.",),
        spans("Means with 95% intervals", drawn, _SHARES),
        ("Week from", "Results", "Mean", "95% interval"),
        tuple((day, str(w.n), words.percent(w.mean.value or 0.0), words.interval(w.mean, words.percent)) for day, w in rows),
        (3, 2, 2, 3), f"Weeks of fewer than {FEWEST} results, and what would give them away, are not shown.",
    )  # fmt: skip


def _activity(view: Overview) -> ReportPart:
    told = view.by_week if view.learners >= FEWEST else ()
    rows = [(f"{begins.day} {begins:%b}", words.day(begins), n if n == 0 or n >= FEWEST else None) for begins, n in told]
    alt = "; ".join(f"week of {day}: {words.count(n)}" for _, day, n in rows) + "."
    return ReportPart(
        "Activity", ("Attempts handed in by week, at every quiz; weeks begin on Monday, days in UTC.",),
        (columns("Attempts handed in", alt, [(label, n) for label, _, n in rows]),) if rows else (),
        ("Week from", "Attempts"), tuple((day, words.count(n)) for _, day, n in rows if n != 0), (1, 1),
        "Nothing was handed in yet." if not view.by_week else f"It is not shown of fewer than {FEWEST} learners.",
    )  # fmt: skip


def _objectives(view: ObjectivesView) -> ReportPart:
    known = [row for row in view.rows if row.mean_share.value is not None and row.mean_share.n >= FEWEST]
    weakest = min(known, key=lambda row: row.mean_share.value or 0.0, default=None)
    drawn = [
        Span(f"{row.number} {row.text}", row.mean_share.value, row.mean_share.low, row.mean_share.high, words.short(row.mean_share, words.percent), row is weakest)
        for row in known
    ]  # fmt: skip
    return ReportPart(
        "Mastery by objective",
        (f"{counted(view.learners, 'learner')}. Expected share right, over quizzes and notebooks together; the mean is of those with enough evidence.",),
        spans(f"Weakest: {weakest.text}" if weakest is not None else "", drawn, _SHARES),
        ("Objective", *(state.value.capitalize() for state in STATES), "Expected share right"),
        tuple((f"{row.number} {row.text}", *_states(row), words.both(row.mean_share, words.percent) if row in known else "–") for row in view.rows),
        (9, 3, 3, 4, 4, 5),
    )  # fmt: skip


def _states(row: ObjectiveRow) -> tuple[str, ...]:
    by_state = dict(zip(STATES, row.states, strict=True))
    open_to = shown(by_state)
    return tuple(str(by_state[state]) if state in open_to else words.HIDDEN for state in STATES)


def _gain(one: Comparison) -> ReportPart:
    g = one.whole
    known = [(f"{o.number} {o.text}", o.gain.difference) for o in one.by_objective if o.gain.difference.value is not None]
    rows = [("All together", g.difference), *known] if g.difference.value is not None else []
    drawn = [Span(name, d.value, d.low, d.high, words.short(d, words.points), name == "All together") for name, d in rows]
    ends = [v for _, d in rows for v in (d.value, d.low, d.high) if v is not None] + [0.0]
    ticks = [(at, words.points(at)) for at in evenly(min(ends), max(max(ends), 0.2), 0.2)]
    alone = f"{words.few(g.only_before)} took the first test alone, {words.few(g.only_after)} the second alone."
    apart = "" if one.days is None else f", {counted(round(one.days), 'day')} apart in the middle"
    shared = f" Over the {one.shared} questions that both ask." if one.shared else ""
    return ReportPart(
        f"{one.before} / {one.after}", (f"{counted(g.pairs, 'pair')}{apart}.{shared} {alone}",) if g.pairs >= FEWEST else (),
        spans("What stayed" if one.retention else "Mean difference, percentage points", drawn, ticks, 0.0),
        ("Objective", "Difference, percentage points", "95% interval"),
        tuple((name, words.short(d, words.points), words.interval(d, words.points)) for name, d in rows), (6, 3, 3), g.difference.reason or "Nobody has both scores.",
    )  # fmt: skip


def _certainty(view: CertaintyView) -> tuple[ReportPart, ...]:
    rows = [row for row in view.rows if share_shown(row.found.learners, row.found.of)]
    drawn = [
        Span(row.text, row.found.share.value, row.found.share.low, row.found.share.high, f"{row.found.learners} of {row.found.of}")
        for row in rows
    ]
    wrong = ReportPart(
        "Confident and wrong", ("Misconceptions that were chosen with the highest certainty, of those who were asked about them.",),
        spans("Learners who hold it for certain", drawn, _SHARES),
        ("Misconception", "Learners", "Of those asked", "What corrects it"),
        tuple((row.text, str(row.found.learners), str(row.found.of), row.correction) for row in rows), (8, 3, 3, 8),
        "A misconception that five learners or more chose with the highest certainty is listed here.",
    )  # fmt: skip
    levels = tuple(
        (str(one.level.number), words.percent(one.level.stated), str(one.answered), words.both(one.accuracy, words.percent)) for one in view.cohort.levels if one.accuracy.value is not None
    )  # fmt: skip
    calibration = ReportPart(
        "Calibration", ("A level of certainty stands for a chance of being right; the share right should lie near it.",), (),
        ("Certainty", "Stands for", "Answers", "Right"), levels, (2, 2, 2, 4),
        f"A level needs 10 answers of {FEWEST} learners." if view.cohort.answered else "Nobody stated a certainty yet.",
    )  # fmt: skip
    return wrong, calibration


def _notes(quiz: bool) -> Iterator[str]:
    named = ("facility", "item_rest", "alpha", "sem", "questions_needed") if quiz else ()
    for name in (*named, "mastery", "state", "mean_share", "difference", "confidently_wrong", "accuracy"):
        yield f"{definition(name).title}: {definition(name).computed}"
