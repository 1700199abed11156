"""What people decided about results, appended: regrades, withdrawn questions, changed grades, marks by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, Table, func, insert, select

from course.learning.attempts import OPEN, OVER
from course.learning.moderation import HandMark, verdict
from course.learning.rulings import Act, ActKind, Rulings, rulings
from course.questions.base import State
from course.storage.stores.attempts import Slot
from course.storage.tables import attempt, attempt_slot, hand_mark, learner, question_version, question_void, ruling


@dataclass(frozen=True, slots=True)
class Result:
    """An attempt's totals at a moment; all None while it was not graded."""

    points: float | None
    max: float | None
    passed: bool | None


@dataclass(frozen=True, slots=True)
class Ruled:
    """One decision about one attempt, with what it changed. `position` None: the attempt as a whole.

    `by` is the name it goes by when it is read: of the account `person`, or the one that was typed on the command line.
    """

    attempt: int
    position: int | None
    kind: ActKind
    at: datetime
    by: str
    why: str
    before: Result
    after: Result
    share: float | None = None
    versions: tuple[str | None, str | None] = (None, None)
    """Graded against before, and after."""
    scores: tuple[float | None, float | None] = (None, None)
    """Of the question, before and after; fractions of 1."""
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Void:
    """A version of a question is withdrawn (kind VOID), or counts again (UNVOID). `by` and `person` as in `Ruled`."""

    question: str
    version: str
    kind: ActKind
    at: datetime
    by: str
    why: str
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Decisions:
    """What was decided about one attempt: in order of time, withdrawn versions that it asked, marks by position."""

    rows: tuple[Ruled, ...] = ()
    voids: Mapping[str, Void] = field(default_factory=dict)
    marks: Mapping[int, Sequence[HandMark]] = field(default_factory=dict)

    def in_force(self, slots: Sequence[Slot]) -> Rulings:
        """What the attempt's grade depends on beside its answers."""
        acts = (Act(one.kind, one.position, one.versions[1], one.share) for one in self.rows)
        finals = {position: verdict(log).final for position, log in self.marks.items()}
        return rulings(
            acts,
            voided=[s.position for s in slots if s.version in self.voids],
            given={position: final.share for position, final in finals.items() if final is not None},
        )


@dataclass(frozen=True, slots=True)
class RulingStore:
    connection: Connection

    def append(self, rows: Iterable[Ruled]) -> None:
        values = [_row(one) for one in rows]
        if values:
            self.connection.execute(insert(ruling), values)

    def of_attempt(self, attempt_id: int) -> tuple[Ruled, ...]:
        """Every decision about the attempt, oldest first."""
        query = named(ruling).where(ruling.c.attempt_id == attempt_id).order_by(ruling.c.id)
        return tuple(_ruled(row) for row in self.connection.execute(query))

    def decisions(self, attempt_id: int, slots: Sequence[Slot]) -> Decisions:
        """Everything that was decided about the attempt and its questions."""
        return Decisions(self.of_attempt(attempt_id), self.voids({s.version for s in slots}), self.marks(attempt_id))

    def attempts_asking(self, question: str, learners: Collection[str] | None = None) -> tuple[tuple[tuple[int, str], ...], int]:
        """Ids and learners of the attempts that were handed in with the question, and how many with it are still open.

        `learners`: of these alone.
        """
        having = select(attempt_slot.c.attempt_id).where(attempt_slot.c.question_id == question)
        mine = select(attempt.c.id, attempt.c.learner_id, attempt.c.state).where(attempt.c.id.in_(having))
        rows = [r for r in self.connection.execute(mine.order_by(attempt.c.id)) if learners is None or r.learner_id in learners]
        return tuple((r.id, r.learner_id) for r in rows if r.state in OVER), sum(r.state in OPEN for r in rows)

    def versions(self, question: str) -> tuple[str, ...]:
        """Every version of the question that was ever served."""
        query = select(question_version.c.version).where(question_version.c.question_id == question)
        return tuple(self.connection.scalars(query.order_by(question_version.c.first_served_at, question_version.c.version)))

    def first_served(self, question: str) -> Mapping[str, datetime]:
        """Version -> when it was asked first, of every version of the question."""
        query = select(question_version.c.version, question_version.c.first_served_at).where(question_version.c.question_id == question)
        return {row.version: row.first_served_at for row in self.connection.execute(query)}

    def asked(self) -> tuple[str, ...]:
        """The ids of all questions that were ever asked, in alphabetical order."""
        query = select(question_version.c.question_id).distinct().order_by(question_version.c.question_id)
        return tuple(self.connection.scalars(query))

    def add_voids(self, rows: Iterable[Void]) -> None:
        values = [
            {
                "question_id": v.question,
                "version": v.version,
                "kind": v.kind.value,
                "at": v.at,
                "reason": v.why,
                **signature(v.person, v.by),
            }
            for v in rows
        ]
        if values:
            self.connection.execute(insert(question_void), values)

    def voids(self, versions: Iterable[str]) -> Mapping[str, Void]:
        """Those of these versions that are withdrawn now, with who withdrew them."""
        query = named(question_void).where(question_void.c.version.in_(set(versions))).order_by(question_void.c.id)
        last = {row.version: _void(row) for row in self.connection.execute(query)}
        return {version: one for version, one in last.items() if one.kind is ActKind.VOID}

    def withdrawn(self) -> tuple[Void, ...]:
        """Every version that is withdrawn now, the last one first."""
        last = {row.version: _void(row) for row in self.connection.execute(named(question_void).order_by(question_void.c.id))}
        return tuple(sorted((v for v in last.values() if v.kind is ActKind.VOID), key=lambda v: (v.at, v.version), reverse=True))

    def voids_of(self, question: str) -> tuple[Void, ...]:
        """Every act of withdrawing the question or taking it back, oldest first."""
        query = named(question_void).where(question_void.c.question_id == question).order_by(question_void.c.id)
        return tuple(_void(row) for row in self.connection.execute(query))

    def add_mark(self, attempt_id: int, position: int, one: HandMark) -> None:
        """Append a mark. A grader who has marked the answer before keeps their turn."""
        here = (hand_mark.c.attempt_id == attempt_id) & (hand_mark.c.position == position)
        came = self.connection.execute(select(hand_mark.c.turn, hand_mark.c.made_by, hand_mark.c.made_by_name).where(here)).all()
        mine = next((r.turn for r in came if (r.made_by or r.made_by_name) == one.grader), None)
        values = {
            "attempt_id": attempt_id,
            "position": position,
            "at": one.at,
            **signature(one.person, one.grader),
            "turn": mine or 1 + max((r.turn for r in came), default=0),
            "points": dict(one.points),
            "share": one.share,
            "comment": one.comment,
            "wants_second": one.wants_second,
        }
        self.connection.execute(insert(hand_mark).values(values))

    def marks(self, attempt_id: int) -> Mapping[int, Sequence[HandMark]]:
        """Position -> the marks given by hand, oldest first."""
        query = named(hand_mark).where(hand_mark.c.attempt_id == attempt_id).order_by(hand_mark.c.id)
        found: dict[int, list[HandMark]] = defaultdict(list)
        for row in self.connection.execute(query):
            found[row.position].append(hand_mark_of(row))
        return found

    def to_mark(self) -> tuple[tuple[int, int], ...]:
        """Attempt and position of every answer that waits for a person or has marks of several, oldest first."""
        handed_in = attempt.c.state.in_(sorted(OVER))
        join = attempt_slot.join(attempt, attempt.c.id == attempt_slot.c.attempt_id)
        waiting = select(attempt_slot.c.attempt_id, attempt_slot.c.position).select_from(join)
        several = select(hand_mark.c.attempt_id, hand_mark.c.position).group_by(hand_mark.c.attempt_id, hand_mark.c.position)
        several = several.having(func.max(hand_mark.c.turn) > 1)
        rows = [
            *self.connection.execute(waiting.where(handed_in, attempt_slot.c.state == State.MANUAL.value)),
            *self.connection.execute(several),
        ]
        return tuple(sorted({(row.attempt_id, row.position) for row in rows}))

    def marked(self) -> tuple[tuple[int, int], ...]:
        """Attempt and position of every answer that a person has marked."""
        query = select(hand_mark.c.attempt_id, hand_mark.c.position).distinct().order_by(hand_mark.c.attempt_id, hand_mark.c.position)
        return tuple((row.attempt_id, row.position) for row in self.connection.execute(query))


def _row(one: Ruled) -> dict[str, Any]:
    return {
        "attempt_id": one.attempt,
        "position": one.position,
        "kind": one.kind.value,
        "at": one.at,
        **signature(one.person, one.by),
        "reason": one.why,
        "share": one.share,
        "version_before": one.versions[0],
        "version_after": one.versions[1],
        "score_before": one.scores[0],
        "score_after": one.scores[1],
        "points_before": one.before.points,
        "points_after": one.after.points,
        "max_before": one.before.max,
        "max_after": one.after.max,
        "passed_before": one.before.passed,
        "passed_after": one.after.passed,
    }


def _ruled(row: Any) -> Ruled:
    return Ruled(
        attempt=row.attempt_id,
        position=row.position,
        kind=ActKind(row.kind),
        at=row.at,
        by=signed_by(row),
        why=row.reason,
        before=Result(row.points_before, row.max_before, row.passed_before),
        after=Result(row.points_after, row.max_after, row.passed_after),
        share=row.share,
        versions=(row.version_before, row.version_after),
        scores=(row.score_before, row.score_after),
        person=row.made_by,
    )


def _void(row: Any) -> Void:
    return Void(row.question_id, row.version, ActKind(row.kind), row.at, signed_by(row), row.reason, row.made_by)


def signature(person: str | None, name: str) -> dict[str, str | None]:
    """How a decision is signed: by the account, whose name is looked up when it is read; else by the name that was typed."""
    return {"made_by": person, "made_by_name": "" if person else name}


def signed_by(row: Any) -> str:
    """Who a row of `named` says it was."""
    return row.by_name or row.made_by_name or ("somebody without a name" if row.made_by else GONE)


def hand_mark_of(row: Any) -> HandMark:
    """A row of `named(hand_mark)`. Graders who were erased are told apart by their turn."""
    grader = row.made_by or row.made_by_name or f"grader {row.turn}, whose account is gone"
    return HandMark(grader, row.at, row.points, row.share, row.comment, row.wants_second, row.made_by, row.by_name or row.made_by_name)


def named(table: Table) -> Select[Any]:
    """The table's rows with the present names of the accounts that stand in them."""
    return select(table, learner.c.name.label("by_name")).outerjoin(learner, learner.c.id == table.c.made_by)


GONE: Final = "somebody whose account is gone"
