"""The cohort at a glance: who begins and finishes what, the scores of one quiz, scores and activity over time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from course.analytics.score_distribution import ScoreDistribution, by_week, score_distribution
from course.analytics.statistic import Statistic
from course.services.insight.desk import Lens, Scene, quiz_counts, results, scene, the_quiz
from course.services.study.desk import Desk, LearnerId
from course.storage.unit_of_work import Transaction


@dataclass(frozen=True, slots=True)
class Step:
    """A module: how many of the cohort opened it, and how many completed it."""

    module: str
    title: str
    begun: int
    completed: int


@dataclass(frozen=True, slots=True)
class WeekOfScores:
    """The week that begins on this day."""

    begins: date
    n: int
    mean: Statistic


@dataclass(frozen=True, slots=True)
class QuizScores:
    """One quiz. `pass_mark` None: nothing can be passed."""

    id: str
    title: str
    pass_mark: float | None
    attempts: int
    learners: int
    distribution: ScoreDistribution
    weeks: tuple[WeekOfScores, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """`by_week`: the Monday a week begins with -> attempts handed in at any quiz, weeks without any among them."""

    cohort: str
    title: str
    learners: int
    steps: tuple[Step, ...]
    quiz: QuizScores | None
    by_week: tuple[tuple[date, int], ...]
    lens: Lens


def overview(desk: Desk, who: LearnerId | None, lens: Lens) -> Overview:
    """Without a quiz in the lens, the scores of the one that most learners handed in. Raises NotFound, NotAllowed as `scene` does."""
    with desk.uow.read() as tx:
        found = scene(desk, tx, who, lens)
        if not lens.quiz:
            found = _most_handed_in(tx, found)
        everything = replace(found.asked, quiz=None)
        modules = found.catalogue.course.modules
        begun = tx.answers.begun(found.asked, [m.id for m in modules])
        completed = tx.answers.completed(found.asked, [m.id for m in modules])
        return Overview(
            cohort=found.cohort.id,
            title=found.cohort.name,
            learners=tx.answers.size(found.asked),
            steps=tuple(Step(m.id, m.title, begun[m.id], completed[m.id]) for m in modules),
            quiz=_scores(tx, found) if found.lens.quiz else None,
            by_week=_weeks(tx.rollup_days.by_day(lens.cohort) if found.rolled and not lens.group else tx.answers.by_day(everything)),
            lens=found.lens,
        )


def _most_handed_in(tx: Transaction, found: Scene) -> Scene:
    counts = [q.quiz for q in quiz_counts(tx, found)]
    for quiz in counts:
        here = replace(found, lens=replace(found.lens, quiz=quiz), asked=replace(found.asked, quiz=quiz))
        if quiz in found.catalogue.course.quizzes and found.catalogue.course.quizzes[quiz].policy.kind != "survey":
            return here
    return found


def _scores(tx: Transaction, found: Scene) -> QuizScores:
    quiz = the_quiz(found)
    columns, attempts = results(tx, found)
    zone = ZoneInfo(found.cohort.time_zone)
    weeks = by_week(columns.fraction, columns.submitted)
    return QuizScores(
        id=quiz.id,
        title=quiz.title,
        pass_mark=quiz.policy.pass_mark,
        attempts=attempts,
        learners=len(columns.learners),
        distribution=score_distribution(columns.fraction, columns.passed),
        weeks=tuple(WeekOfScores(datetime.fromtimestamp(w.begins, UTC).astimezone(zone).date(), w.n, w.mean) for w in weeks),
    )


def _weeks(by_day: Mapping[str, int]) -> tuple[tuple[date, int], ...]:
    """Calendar weeks from the first day to the last."""
    if not by_day:
        return ()
    days = {date.fromisoformat(day): many for day, many in by_day.items()}
    monday = min(days) - timedelta(days=min(days).weekday())
    counts: dict[date, int] = {}
    while monday <= max(days):
        counts[monday] = sum(days.get(monday + timedelta(days=n), 0) for n in range(7))
        monday += timedelta(days=7)
    return tuple(counts.items())
