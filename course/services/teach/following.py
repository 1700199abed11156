"""Who has not started, is at work, finished or is late; and one learner's whole page, for their instructor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np

from course.access.assignments import Assignment
from course.access.permissions import NOT_THERE, Action
from course.access.windows import Person, effective, in_words
from course.errors import NotFound
from course.learning.activity import spent
from course.learning.attempts import AttemptState, minutes_used
from course.learning.policy import Kind
from course.services.study import wording
from course.services.study.assigned import item_title
from course.services.study.desk import Desk, LearnerId
from course.services.study.home import module_cards
from course.services.study.standing import standing
from course.services.study.views import ModuleCard
from course.services.teach.class_book import EXEMPT, FINISHED, IN_PROGRESS, NOT_STARTED, NOT_YOURS, ClassBook, class_book
from course.services.teach.handing_out import as_person
from course.services.teach.noting import allowed
from course.storage.stores.gradebook import GradeChange


@dataclass(frozen=True, slots=True)
class AssignmentLine:
    """An assignment in the list. Counts are of learners it goes to; `median` is a share, None before anything is handed in."""

    assignment: Assignment
    items: tuple[str, ...]
    asked: int
    not_started: int
    in_progress: int
    finished: int
    late: int
    exempt: int
    extended: int
    median: float | None


@dataclass(frozen=True, slots=True)
class CohortView:
    """A cohort's assignments as its instructors see them."""

    cohort: str
    name: str
    time_zone: str
    learners: int
    lines: tuple[AssignmentLine, ...]
    archived: bool


@dataclass(frozen=True, slots=True)
class Follower:
    """One learner at one assignment. `state` as in `class_book`; `groups`: names of those they are in."""

    learner: str
    name: str
    email: str
    groups: tuple[str, ...]
    state: int
    late: bool
    share: float | None
    finished_at: datetime | None
    due: datetime | None
    extended: bool
    extra_time: float


@dataclass(frozen=True, slots=True)
class FollowView:
    """An assignment's page. `followers` by name, those it goes to alone."""

    cohort: str
    cohort_name: str
    time_zone: str
    line: AssignmentLine
    followers: tuple[Follower, ...]


@dataclass(frozen=True, slots=True)
class LearnerAttempt:
    """An attempt as an instructor sees it; no answer is in it."""

    id: int
    title: str
    number: int
    state: AttemptState
    started_at: datetime
    submitted_at: datetime | None
    fraction: float | None
    passed: bool | None
    minutes: int | None


@dataclass(frozen=True, slots=True)
class LearnerAssignment:
    """One assignment of the learner. `words` say what holds for them and why; `changes` of the grade, oldest first."""

    id: str
    title: str
    state: int
    late: bool
    share: float | None
    changes: tuple[GradeChange, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LearnerPage:
    """Everything a learner did in the course. Reflections are stored nowhere; texts and answers stay out of it."""

    learner: str
    name: str
    email: str
    cohort: str
    cohort_name: str
    time_zone: str
    extra_time: float
    groups: tuple[str, ...]
    assignments: tuple[LearnerAssignment, ...]
    total: float | None
    label: str
    modules: tuple[ModuleCard, ...]
    attempts: tuple[LearnerAttempt, ...]
    practised: int
    practised_right: int
    minutes: int
    last_seen: datetime | None


def cohort_view(desk: Desk, who: LearnerId | None, cohort_id: str) -> CohortView:
    """The cohort's assignments with how many learners stand where."""
    with desk.uow.read() as tx:
        allowed(tx, who, Action.ASSIGNMENT_FOLLOW, cohort=cohort_id)
        book = class_book(tx, desk.catalogue(), cohort_id, desk.clock())
    lines = tuple(_line(desk, book, column) for column in range(len(book.assignments)))
    cohort = book.cohort
    return CohortView(cohort.id, cohort.name, cohort.time_zone, len(book.learners), lines, cohort.archived_at is not None)


def follow(desk: Desk, who: LearnerId | None, cohort_id: str, assignment_id: str) -> FollowView:
    """One assignment, learner by learner. Raises NotFound unless it is one of the cohort."""
    with desk.uow.read() as tx:
        allowed(tx, who, Action.ASSIGNMENT_FOLLOW, cohort=cohort_id)
        book = class_book(tx, desk.catalogue(), cohort_id, desk.clock(), only=assignment_id)
        groups = {g.id: g.name for g in tx.cohorts.groups(cohort_id)}
    if not book.assignments:
        raise NotFound(NOT_THERE)
    followers = tuple(_follower(book, row, groups) for row in range(len(book.learners)) if book.state[row, 0] != NOT_YOURS)
    return FollowView(book.cohort.id, book.cohort.name, book.cohort.time_zone, _line(desk, book, 0), followers)


def learner_page(desk: Desk, who: LearnerId | None, cohort_id: str, learner: str) -> LearnerPage:
    """Raises NotFound unless they learn in the cohort."""
    catalogue, now = desk.catalogue(), desk.clock()
    with desk.uow.read() as tx:
        allowed(tx, who, Action.LEARNER_VIEW, cohort=cohort_id, person=learner)
        book = class_book(tx, catalogue, cohort_id, now)
        row = book.row(learner)
        if row is None:
            raise NotFound(NOT_THERE)
        found = standing(tx, catalogue, learner, now)
        moments = tx.events.moments(learner)
        tries = tx.practice.firsts(learner)
        extensions = {e.assignment: e for e in tx.assignments.extensions([a.id for a in book.assignments]) if e.person == learner}
        groups = {g.id: g.name for g in tx.cohorts.groups(cohort_id)}
        changed = tx.gradebook.changes([a.id for a in book.assignments], learner)
    one, zone = book.learners[row], ZoneInfo(book.learners[row].time_zone)
    person: Person = as_person(one)
    assignments = tuple(
        LearnerAssignment(
            id=a.id,
            title=a.title,
            state=int(book.state[row, j]),
            late=bool(book.late[row, j]),
            share=_share(book, row, j),
            changes=changed.get(a.id, ()),
            words=in_words(effective(a, person, extensions.get(a.id), exempt=bool(book.exempt[row, j])), now, zone),
        )
        for j, a in enumerate(book.assignments)
    )
    total = float(book.totals.total[row])
    return LearnerPage(
        learner=learner,
        name=one.name or "(no name)",
        email=one.email,
        cohort=cohort_id,
        cohort_name=book.cohort.name,
        time_zone=one.time_zone,
        extra_time=one.extra_time,
        groups=tuple(sorted(groups[g] for g in one.groups if g in groups)),
        assignments=assignments,
        total=None if np.isnan(total) else total,
        label=book.settings.scale.label(total),
        modules=module_cards(catalogue, found),
        attempts=tuple(
            LearnerAttempt(
                a.id,
                quiz.title if (quiz := catalogue.course.quizzes.get(a.quiz)) is not None else a.quiz,
                a.number,
                a.state,
                a.started_at,
                a.submitted_at,
                a.fraction if a.policy.kind is not Kind.SURVEY else None,
                a.passed,
                None if (used := minutes_used(a)) is None else wording.minutes(used),
            )
            for a in reversed(found.attempts)
        ),
        practised=len(tries),
        practised_right=sum(t.score is not None and t.score >= 1 for t in tries.values()),
        minutes=round(spent(moments).total_seconds() / 60),
        last_seen=moments[-1].at if moments else None,
    )


def _line(desk: Desk, book: ClassBook, column: int) -> AssignmentLine:
    one, state = book.assignments[column], book.state[:, column]
    catalogue = desk.catalogue()
    median = float(book.totals.median[column])
    return AssignmentLine(
        assignment=one,
        items=tuple(item_title(catalogue, item) for item in one.items),
        asked=int(np.isin(state, (NOT_STARTED, IN_PROGRESS, FINISHED)).sum()),
        not_started=int((state == NOT_STARTED).sum()),
        in_progress=int((state == IN_PROGRESS).sum()),
        finished=int((state == FINISHED).sum()),
        late=int(book.late[:, column].sum()),
        exempt=int((state == EXEMPT).sum()),
        extended=sum(assignment == one.id for assignment, _ in book.extended),
        median=None if np.isnan(median) else median,
    )


def _follower(book: ClassBook, row: int, groups: Mapping[str, str]) -> Follower:
    one, finished, due = book.learners[row], float(book.finished_at[row, 0]), float(book.due[row, 0])
    return Follower(
        learner=one.id,
        name=one.name or "(no name)",
        email=one.email,
        groups=tuple(sorted(groups[g] for g in one.groups if g in groups)),
        state=int(book.state[row, 0]),
        late=bool(book.late[row, 0]),
        share=_share(book, row, 0),
        finished_at=None if np.isnan(finished) else datetime.fromtimestamp(finished, UTC),
        due=None if np.isinf(due) else datetime.fromtimestamp(due, UTC),
        extended=(book.assignments[0].id, one.id) in book.extended,
        extra_time=one.extra_time,
    )


def _share(book: ClassBook, row: int, column: int) -> float | None:
    value = float(book.shown[row, column])
    return None if np.isnan(value) else value
