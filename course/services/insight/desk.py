"""What every use case of the cohort lead begins with: whether they may, and whose answers they look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from course.access.permissions import NOT_THERE, Action, cohorts_for, may, require
from course.access.roles import Actor
from course.analytics.responses import Attempts
from course.analytics.score_distribution import one_each
from course.content.model import Catalogue, Quiz
from course.errors import NotFound
from course.learning.policy import Kind
from course.services.people.desk import the_cohort
from course.services.study.desk import Desk, LearnerId
from course.storage.stores.answers import Asked, AttemptColumns, QuizCount
from course.storage.stores.cohorts import Cohort, Group
from course.storage.unit_of_work import Transaction


@dataclass(frozen=True, slots=True)
class Lens:
    """What a page looks at. `since` and `until` are days in the cohort's time zone, both included."""

    cohort: str
    quiz: str = ""
    since: date | None = None
    until: date | None = None
    which: Attempts = Attempts.FIRST
    group: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose on a page, by its id."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Choices:
    """The filters of a page: cohorts that one may see, and what there is in the chosen one."""

    cohorts: tuple[Choice, ...]
    quizzes: tuple[Choice, ...] = ()
    groups: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """One reading: the cohort, who looks, and what is asked of the store. `rolled`: rollups answer it, since no dates leave anything
    out and all that was answered is in them."""

    catalogue: Catalogue
    cohort: Cohort
    actor: Actor
    lens: Lens
    asked: Asked
    rolled: bool = False

    def may(self, action: Action) -> bool:
        return may(self.actor, action, cohort=self.cohort.id)


def choices(desk: Desk, who: LearnerId | None, cohort: str = "") -> Choices:
    """What can be chosen; quizzes and groups of `cohort` (of the first, when it is none of theirs)."""
    with desk.uow.read() as tx:
        actor = tx.roles.actor(who)
        mine = tx.cohorts.some(cohorts_for(actor, Action.INSIGHT_VIEW))
        if not mine:
            raise NotFound(NOT_THERE)
        chosen = next((c for c in mine if c.id == cohort), mine[0])
        course = desk.catalogue().course
        measured = [q.id for q in course.quizzes.values() if _counts(q)]
        handed_in = tx.rollup_days.quizzes(chosen.id) if tx.rollups.ready() else tx.answers.handed_in(Asked(chosen.id), measured)
        quizzes = tuple(Choice(q, course.quizzes[q].title) for q in measured if q in handed_in)
        ordered = sorted(mine, key=lambda c: (c.archived_at is not None, c.name))
        return Choices(tuple(Choice(c.id, c.name) for c in ordered), quizzes, tuple(map(_group, tx.cohorts.groups(chosen.id))))


def scene(desk: Desk, tx: Transaction, who: LearnerId | None, lens: Lens, action: Action = Action.INSIGHT_VIEW) -> Scene:
    """Raises NotFound to somebody outside of the cohort, NotAllowed to somebody in it whose role does not give it."""
    actor = tx.roles.actor(who)
    require(actor, action, cohort=lens.cohort)
    cohort = the_cohort(tx, lens.cohort)
    groups = {g.id for g in tx.cohorts.groups(cohort.id)}
    if lens.group and lens.group not in groups:
        raise NotFound("The cohort has no such group.")
    zone = ZoneInfo(cohort.time_zone)
    asked = Asked(
        cohort=cohort.id,
        quiz=lens.quiz or None,
        since=None if lens.since is None else _midnight(lens.since, zone),
        until=None if lens.until is None else _midnight(lens.until + timedelta(days=1), zone),
        group=lens.group or None,
    )
    rolled = lens.since is None and lens.until is None and tx.rollups.ready()
    return Scene(desk.catalogue(), cohort, actor, lens, asked, rolled)


def results(tx: Transaction, found: Scene) -> tuple[AttemptColumns, int]:
    """The results of the lens's quiz that count, in order of time, and how many attempts there were in all. `learners` are all who
    handed it in."""
    which = found.lens.which
    if found.rolled and which is not Attempts.ALL:
        columns, many = tx.rollups.results(found.asked, last=which is Attempts.LAST)
        kept = ~np.isnan(columns.fraction)
    else:
        columns = tx.answers.attempts(found.asked)
        many, kept = len(columns), one_each(columns.learner, columns.fraction, which)
    rows = AttemptColumns(columns.learners, columns.learner[kept], columns.fraction[kept], columns.passed[kept], columns.submitted[kept])
    return rows, many


def quiz_counts(tx: Transaction, found: Scene) -> tuple[QuizCount, ...]:
    """The quizzes that were handed in, most learners first; the lens's quiz does not filter."""
    asked = replace(found.asked, quiz=None)
    return tx.rollups.counts(asked) if found.rolled else tx.answers.quizzes(asked)


def the_quiz(found: Scene) -> Quiz:
    """The quiz that is looked at. Raises NotFound when the course has none such, or it is a survey: nobody is measured by those."""
    quiz = found.catalogue.course.quizzes.get(found.lens.quiz)
    if quiz is None or not _counts(quiz):
        raise NotFound("The course has no such quiz.")
    return quiz


def learner_names(tx: Transaction, found: Scene) -> Mapping[LearnerId, str]:
    """Names as the roster has them, else the learner's own."""
    return {m.learner: m.name or "No name" for m in tx.memberships.of_cohort(found.cohort.id)}


def _counts(quiz: Quiz) -> bool:
    return quiz.policy.kind is not Kind.SURVEY


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _group(one: Group) -> Choice:
    return Choice(one.id, one.name)
