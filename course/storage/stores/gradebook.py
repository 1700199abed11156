"""What a gradebook is made of, in columns, for whole cohorts at once; and grades that a person changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    Connection,
    Integer,
    Row,
    Select,
    String,
    and_,
    bindparam,
    case,
    column,
    exists,
    func,
    insert,
    literal,
    null,
    select,
    true,
    values,
)

from course.access.roles import CohortRole
from course.learning.attempts import OPEN, OVER
from course.learning.events import EventKind
from course.learning.responses import ResponseKind
from course.storage.columns import Epoch
from course.storage.tables import (
    attempt,
    attempt_slot,
    cohort_group,
    event,
    grade_change,
    group_member,
    learner,
    membership,
    response,
)


@dataclass(frozen=True, slots=True)
class BookLearner:
    """A learner's line of a gradebook. `ref`: the id that another system gave them."""

    id: str
    name: str
    email: str
    ref: str
    extra_time: float
    time_zone: str
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class GradeChange:
    """A grade that a person changed. `share` None takes an earlier change back; `before`: what it was. `by`: a learner id."""

    assignment: str
    learner: str
    at: datetime
    by: str | None
    reason: str
    before: float | None
    share: float | None
    by_name: str | None = None


class HandedIn(NamedTuple):
    """An attempt that is over. Times are ISO text in UTC ("" for none); `begun`: seconds since 1970."""

    id: int
    learner: str
    quiz: str
    number: int
    state: str
    started_at: str
    submitted_at: str
    begun: float


@dataclass(frozen=True, slots=True)
class GradebookStore:
    connection: Connection

    def learners(self, cohort_id: str) -> tuple[BookLearner, ...]:
        """Who learns in the cohort now, by name."""
        rows = self.connection.execute(_LEARNERS, {"cohort": cohort_id}).all()
        inside: dict[str, set[str]] = {}
        for member, group in self.connection.execute(_GROUPS, {"cohort": cohort_id}):
            inside.setdefault(member, set()).add(group)
        found = [
            BookLearner(
                id_, name or own or "", email or "", (roster or {}).get("id", ""), extra, zone, frozenset(inside.get(id_, ()))
            )
            for id_, name, own, email, roster, extra, zone in rows
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.id)))

    def numbers(self, cohort_id: str) -> Mapping[str, int]:
        """Learner -> the number that stands for them in what `work` gives, within this transaction."""
        return dict(self._plain(select(_PEOPLE), {"cohort": cohort_id}))

    def work(self, cohort_id: str, quizzes: Mapping[str, int], modules: Mapping[str, int]) -> list[Sequence[float | None]]:
        """Everything the cohort's learners did at these quizzes and modules, as rows of five numbers, in no order.

        Number of the learner, number of the quiz or module as given, fraction, begun, and handed in or completed (seconds since
        1970, to the millisecond; None: not yet). The second is None for a quiz that was not asked for: leaving those out here costs
        the database more than the rows. A completed module has the fraction 1; one that was only opened has none, and was begun at 0.
        """
        out: list[Sequence[float | None]] = []
        if quizzes:
            query = _ATTEMPTS.add_columns(case(dict(quizzes), value=attempt.c.quiz_id).label("what"), *_ATTEMPT_COLUMNS)
            out += self._plain(query, {"cohort": cohort_id})
        if modules:
            what = case(dict(modules), value=event.c.module).label("what")
            here = event.c.module.in_(list(modules))
            out += self._plain(_opened(modules), {"cohort": cohort_id})
            done = _EVENTS.add_columns(what, literal(1.0), literal(0.0), func.min(Epoch(event.c.at)))
            done = done.where(here, event.c.kind == EventKind.MODULE_COMPLETED.value).group_by(_PEOPLE.c.number, event.c.module)
            out += self._plain(done, {"cohort": cohort_id})
        return out

    def change(self, one: GradeChange) -> None:
        """Append a change."""
        values = {
            "assignment_id": one.assignment,
            "learner_id": one.learner,
            "at": one.at,
            "made_by": one.by,
            "reason": one.reason,
            "before": one.before,
            "share": one.share,
        }
        self.connection.execute(insert(grade_change).values(values))

    def changed(self, assignments: Iterable[str]) -> Mapping[tuple[str, str], float]:
        """Assignment and learner -> the share in force, where a person changed it and did not take that back."""
        last = select(func.max(grade_change.c.id)).group_by(grade_change.c.assignment_id, grade_change.c.learner_id)
        query = select(grade_change).where(
            grade_change.c.assignment_id.in_(list(assignments)), grade_change.c.id.in_(last), grade_change.c.share.is_not(None)
        )
        return {(row.assignment_id, row.learner_id): row.share for row in self.connection.execute(query)}

    def changes(self, assignments: Iterable[str], learner_id: str) -> Mapping[str, tuple[GradeChange, ...]]:
        """Assignment -> every change of the learner's grade for it, oldest first, taken back or not."""
        query = (
            select(grade_change, learner.c.name.label("by_name"))
            .outerjoin(learner, learner.c.id == grade_change.c.made_by)
            .where(grade_change.c.assignment_id.in_(list(assignments)), grade_change.c.learner_id == learner_id)
            .order_by(grade_change.c.id)
        )
        found: dict[str, tuple[GradeChange, ...]] = {}
        for row in self.connection.execute(query):
            found[row.assignment_id] = (*found.get(row.assignment_id, ()), _change(row))
        return found

    def history(self, assignment_id: str, learner_id: str) -> tuple[GradeChange, ...]:
        """Every change of one grade, oldest first, with the names of those who made them."""
        return self.changes([assignment_id], learner_id).get(assignment_id, ())

    def handed_in(self, learners: Sequence[str], quizzes: Sequence[str]) -> list[HandedIn]:
        """The learners' attempts at these quizzes that are over, in the order in which they were begun."""
        rows = self._plain(_HANDED_IN, {"learners": list(learners), "quizzes": list(quizzes)})
        return [HandedIn._make((*row[:5], _iso(row[5]), _iso(row[6]), row[7])) for row in rows]

    def asked(self, learners: Sequence[str], quizzes: Sequence[str]) -> list[Sequence[Any]]:
        """The questions of those attempts, as the driver gives them, in order, once for each answer that was given (or once).

        Attempt, position, question, version, state, share of 1, points; when it was answered (seconds since 1970), how sure the
        learner was. A hint that was asked for is no answer.
        """
        return self._plain(_ASKED, {"learners": list(learners), "quizzes": list(quizzes)})

    def _plain(self, query: Select[Any], given: Mapping[str, Any]) -> list[Any]:
        """Rows as the driver gives them: a hundred thousand of SQLAlchemy's own would cost as much again."""
        result = self.connection.execute(query, given)
        assert result.cursor is not None
        return list(result.cursor.fetchall())


_HERE: Final = and_(
    membership.c.cohort_id == bindparam("cohort"), membership.c.role == CohortRole.LEARNER.value, membership.c.removed_at.is_(None)
)
_LEARNERS: Final = (
    select(
        membership.c.learner_id,
        membership.c.name,
        learner.c.name.label("own"),
        membership.c.email,
        membership.c.roster,
        learner.c.extra_time,
        learner.c.time_zone,
    )
    .join(learner, learner.c.id == membership.c.learner_id)
    .where(_HERE)
)
_GROUPS: Final = (
    select(group_member.c.learner_id, group_member.c.group_id)
    .join(cohort_group, cohort_group.c.id == group_member.c.group_id)
    .where(cohort_group.c.cohort_id == bindparam("cohort"))
)
_OVER: Final = sorted(state.value for state in OVER)
_STATES: Final = sorted(state.value for state in (*OPEN, *OVER))
_PEOPLE: Final = (
    select(membership.c.learner_id, func.row_number().over(order_by=membership.c.learner_id).label("number")).where(_HERE).cte("people")
)
# Everything it reads stands in ix_attempt_book: the rows themselves hold the rules of each attempt and are ten times as long.
_ATTEMPTS: Final = (
    select(_PEOPLE.c.number)
    .select_from(_PEOPLE.join(attempt, attempt.c.learner_id == _PEOPLE.c.learner_id))
    .where(attempt.c.state.in_(_STATES))
)
_ATTEMPT_COLUMNS: Final = (
    attempt.c.fraction,
    Epoch(attempt.c.started_at),
    case((attempt.c.state.in_(_OVER), Epoch(attempt.c.submitted_at))),
)
_EVENTS: Final = select(_PEOPLE.c.number).select_from(_PEOPLE.join(event, event.c.learner_id == _PEOPLE.c.learner_id))


def _opened(modules: Mapping[str, int]) -> Select[Any]:
    """Learners and the modules of which they opened a cell: one look into the index for each pair, however many cells there are."""
    module = values(column("name", String), column("number", Integer), name="module").data(list(modules.items())).cte("module")
    seen = exists().where(
        event.c.learner_id == _PEOPLE.c.learner_id, event.c.kind == EventKind.CELL_OPENED.value, event.c.module == module.c.name
    )
    return select(_PEOPLE.c.number, module.c.number, null(), literal(0.0), null()).join_from(_PEOPLE, module, true()).where(seen)


_THEIRS: Final = and_(
    attempt.c.learner_id.in_(bindparam("learners", expanding=True)),
    attempt.c.quiz_id.in_(bindparam("quizzes", expanding=True)),
    attempt.c.state.in_(_OVER),
)
_HANDED_IN: Final = (
    select(
        attempt.c.id,
        attempt.c.learner_id,
        attempt.c.quiz_id,
        attempt.c.number,
        attempt.c.state,
        attempt.c.started_at,
        attempt.c.submitted_at,
        Epoch(attempt.c.started_at),
    )
    .where(_THEIRS)
    .order_by(attempt.c.id)
)
_ASKED: Final = (
    select(
        attempt_slot.c.attempt_id,
        attempt_slot.c.position,
        attempt_slot.c.question_id,
        attempt_slot.c.version,
        attempt_slot.c.state,
        attempt_slot.c.score,
        attempt_slot.c.points,
        Epoch(response.c.at),
        response.c.certainty,
    )
    .select_from(attempt_slot)
    .outerjoin(
        response,
        and_(
            response.c.attempt_id == attempt_slot.c.attempt_id,
            response.c.position == attempt_slot.c.position,
            response.c.kind != ResponseKind.HINT.value,
        ),
    )
    .where(attempt_slot.c.attempt_id.in_(select(attempt.c.id).where(_THEIRS)))  # A join would sort the answers: a quarter more time.
    .order_by(attempt_slot.c.attempt_id, attempt_slot.c.position, response.c.id)
)


def _iso(at: str | datetime | None) -> str:
    """ISO text in UTC of a moment as the driver gives it, "" for none."""
    if at is None:
        return ""
    return f"{at[:-1]}+00:00" if isinstance(at, str) else at.astimezone(UTC).isoformat(timespec="microseconds")


def _change(row: Row[Any]) -> GradeChange:
    return GradeChange(row.assignment_id, row.learner_id, row.at, row.made_by, row.reason, row.before, row.share, row.by_name)
