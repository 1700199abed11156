"""Two cohorts side by side: differences with their intervals, never a ranking; and questions that became easier or harder."""

from __future__ import annotations

from dataclasses import dataclass, replace

from course.access.permissions import NOT_THERE, Action, require
from course.analytics import intervals
from course.analytics.drift import Drift, drift
from course.analytics.responses import Floats
from course.analytics.statistic import Statistic, missing
from course.analytics.suppression import FEWEST
from course.errors import NotFound
from course.services.insight.desk import Lens, Scene, quiz_counts, results, scene
from course.services.insight.items import place_of, plain, read_quiz
from course.services.study.desk import Desk, LearnerId
from course.storage.unit_of_work import Transaction


@dataclass(frozen=True, slots=True)
class ComparedQuiz:
    """Mean shares of the points; `difference`: of this cohort less the other, Welch's interval."""

    quiz: str
    title: str
    here: Statistic
    there: Statistic
    difference: Statistic


@dataclass(frozen=True, slots=True)
class Drifted:
    """A question of the chosen quiz that both cohorts answered."""

    id: str
    stem: str
    place: str
    drift: Drift


@dataclass(frozen=True, slots=True)
class CompareView:
    """`drifted`: the clearest differences first, by class and then by size; the other cohort is taken for the earlier one."""

    here: str
    there: str
    quizzes: tuple[ComparedQuiz, ...]
    drifted: tuple[Drifted, ...]
    lens: Lens


def compare(desk: Desk, who: LearnerId | None, lens: Lens, other: str) -> CompareView:
    """Needs the right in both cohorts. Groups under five are not shown."""
    with desk.uow.read() as tx:
        here = scene(desk, tx, who, replace(lens, quiz=""), Action.INSIGHT_COMPARE)
        if other == lens.cohort:
            raise NotFound(NOT_THERE)
        require(here.actor, Action.INSIGHT_COMPARE, cohort=other)
        there = scene(desk, tx, who, replace(lens, quiz="", cohort=other, group=""), Action.INSIGHT_COMPARE)
        quizzes = _quizzes(tx, here, there)
        drifted = _drifted(tx, here, there, lens) if lens.quiz else ()
    return CompareView(here.cohort.name, there.cohort.name, quizzes, drifted, lens)


def _quizzes(tx: Transaction, here: Scene, there: Scene) -> tuple[ComparedQuiz, ...]:
    ours = {q.quiz for q in quiz_counts(tx, here)}
    theirs = {q.quiz for q in quiz_counts(tx, there)}
    out = []
    for quiz in here.catalogue.course.quizzes.values():
        if quiz.id in ours & theirs and quiz.policy.kind != "survey":
            one, two = _shares(tx, here, quiz.id), _shares(tx, there, quiz.id)
            out.append(ComparedQuiz(quiz.id, quiz.title, _mean(one), _mean(two), _difference(one, two)))
    return tuple(out)


def _shares(tx: Transaction, found: Scene, quiz: str) -> Floats:
    return results(tx, replace(found, asked=replace(found.asked, quiz=quiz)))[0].fraction


def _mean(shares: Floats) -> Statistic:
    return intervals.mean_share(shares) if len(shares) >= FEWEST else missing(0, f"Fewer than {FEWEST} people.")


def _difference(one: Floats, two: Floats) -> Statistic:
    if min(len(one), len(two)) < FEWEST:
        return missing(0, f"Fewer than {FEWEST} people in one of the cohorts.")
    return intervals.mean_difference(one, two)


def _drifted(tx: Transaction, here: Scene, there: Scene, lens: Lens) -> tuple[Drifted, ...]:
    later, earlier = (
        read_quiz(tx, replace(s, lens=replace(s.lens, quiz=lens.quiz), asked=replace(s.asked, quiz=lens.quiz))) for s in (here, there)
    )
    questions = {**earlier.questions, **later.questions}
    rows = drift(earlier.responses, later.responses, lens.which)
    shown = [row for row in rows if min(row.earlier, row.later) >= FEWEST and row.question in questions]
    ordered = sorted(
        shown, key=lambda row: ("CBA".index(row.drift_class.value) if row.drift_class is not None else 3, -abs(row.delta.value or 0.0))
    )
    return tuple(Drifted(row.question, plain(questions[row.question].stem), place_of(questions[row.question]), row) for row in ordered)
