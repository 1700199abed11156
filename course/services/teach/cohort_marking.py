"""Marking for a cohort, from pages: its queue, one answer, a mark, and what was begun. Each asks the table of permissions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from course.access.permissions import Action, may, require
from course.access.roles import Actor
from course.errors import Refused
from course.learning.moderation import HandMark, Waiting, verdict
from course.services.people.desk import the_cohort
from course.services.study.assigned import quiz_of
from course.services.study.desk import Desk, LearnerId
from course.services.teach import marking
from course.services.teach.amending import Signed
from course.services.teach.marking import ADVICE, COMMENT_LENGTH, LOOKED_AGAIN
from course.services.teach.marking_views import STATES, AnswerToMark, MarkingQueue, Waits, Wanted
from course.services.teach.noting import allowed, changing, of_learner
from course.services.teach.views import MarkReport
from course.storage.stores.cohorts import Cohort
from course.storage.stores.marking import Draft, HandedIn
from course.storage.unit_of_work import Transaction

ARCHIVED: Final = "This cohort is archived. Take it back from the archive to mark in it."
CHANGED: Final = (
    "Somebody else marked this answer while you had it open, so yours was not stored. What you wrote is still here: look at where "
    "the answer stands now, then save it again or leave it."
)


def queue(desk: Desk, who: LearnerId | None, cohort_id: str, wanted: Wanted | None = None) -> MarkingQueue:
    """What a person marks of the cohort's learners, in the order it was handed in. Withdrawn questions are left out."""
    wanted = wanted or Wanted()
    with desk.uow.read() as tx:
        actor = allowed(tx, who, Action.ESSAY_MARK, cohort=cohort_id)
        room = _Room.of(desk, tx, actor, cohort_id)
        assignments = {a.id: a for a in tx.assignments.of_cohort(cohort_id)}
    catalogue = desk.catalogue()
    quizzes_of = {a.id: {quiz_of(catalogue, item) for item in a.items} for a in assignments.values()}
    here = {one.quiz for one in room.lines}
    asked = quizzes_of.get(wanted.assignment, set()) if wanted.assignment else here
    chosen = [one for one in room.lines if one.quiz in asked and wanted.quiz in ("", one.quiz) and wanted.question in ("", one.question)]
    return MarkingQueue(
        cohort=cohort_id,
        cohort_name=room.cohort.name,
        time_zone=room.cohort.time_zone,
        archived=room.cohort.archived_at is not None,
        anonymous=room.anonymous,
        answers=tuple(one for one in chosen if wanted.state in (None, one.state)),
        total=len(chosen),
        marked=sum(one.state is STATES[Waiting.NOTHING] for one in chosen),
        shares=tuple(one.share for one in chosen if one.share is not None),
        quizzes={quiz: _title(desk, quiz) for quiz in sorted(here)},
        assignments={a.id: a.title for a in assignments.values() if quizzes_of[a.id] & here},
        questions=tuple(sorted({one.question for one in room.lines if wanted.quiz in ("", one.quiz)})),
        advice=ADVICE,
    )


def answer(desk: Desk, who: LearnerId | None, cohort_id: str, attempt_id: int, position: int) -> AnswerToMark:
    """One answer. Other graders' marks stay unseen until the reader's own stands, or is to decide between them.

    Raises NotFound for an answer that is not to be marked, and for one of somebody who does not learn in the cohort.
    """
    with desk.uow.read() as tx:
        actor = allowed(tx, who, Action.ESSAY_MARK, cohort=cohort_id)
        found = _found(desk, tx, cohort_id, attempt_id, position)
        cohort = the_cohort(tx, cohort_id)
        names = _names(tx, cohort_id) if not _anonymous(cohort) else {}
        draft = tx.marking.draft((attempt_id, position), who or "")
        begun = tx.marking.begun(cohort_id).get((attempt_id, position), {})
    view = marking.shown(found)
    one = HandedIn(
        attempt_id, position, found.attempt.learner, view.entry.quiz, view.entry.question, found.slot.version, view.entry.handed_in,
        view.points, None,
    )  # fmt: skip
    line = _line(desk, actor, cohort_id, one, found.log, names, begun)
    own = next((m for m in view.marks if m.person is not None and m.person == who), None)
    open_ = own is not None or view.entry.waiting is Waiting.DECIDING_MARK
    visible = view.marks if open_ else ()
    return AnswerToMark(
        cohort=cohort_id,
        cohort_name=cohort.name,
        time_zone=cohort.time_zone,
        archived=cohort.archived_at is not None,
        line=line,
        view=view,
        marks=visible,
        hidden=len(view.marks) - len(visible),
        draft=draft,
        own=own,
        may_decide=may(actor, Action.ESSAY_DECIDE, cohort=cohort_id),
        seen=len(found.log),
        why_not=_why_not(actor, cohort, found, own),
    )


def give(
    desk: Desk,
    who: LearnerId | None,
    cohort_id: str,
    attempt_id: int,
    position: int,
    points: Mapping[str, float],
    *,
    comment: str,
    second: bool,
    seen: int,
) -> MarkReport:
    """Mark an answer, signed by the grader's account; what they had begun is done with. See `marking.give`.

    `seen`: `AnswerToMark.seen` of what the grader looked at. Raises Refused, and stores nothing, when somebody marked it since.
    """
    with desk.uow.write() as tx:
        actor = _may_change(tx, who, cohort_id)
        found = _found(desk, tx, cohort_id, attempt_id, position)
        if tx.people.lock(found.attempt.learner) is not None:
            found = _found(desk, tx, cohort_id, attempt_id, position)
        if len(found.log) != seen:
            raise Refused(CHANGED)
        if found.verdict.waiting is Waiting.DECIDING_MARK and who not in {m.person for m in found.verdict.marks}:
            require(actor, Action.ESSAY_DECIDE, cohort=cohort_id)
        sign = Signed("", desk.clock(), LOOKED_AGAIN, actor.learner, cohort_id)
        report = marking.given(desk, tx, found, sign, points, comment=comment, second=second, apply=True)
        tx.marking.drop_draft((attempt_id, position), actor.learner or "")
        return report


def keep_draft(
    desk: Desk,
    who: LearnerId | None,
    cohort_id: str,
    attempt_id: int,
    position: int,
    points: Mapping[str, float],
    *,
    comment: str,
    second: bool,
) -> None:
    """Store what the grader has begun, beside what others have. Points of criteria that do not exist are left out."""
    with desk.uow.write() as tx:
        actor = _may_change(tx, who, cohort_id)
        found = _found(desk, tx, cohort_id, attempt_id, position)
        known = {c.id for c in found.rubric}
        kept = {name: float(value) for name, value in points.items() if name in known}
        tx.marking.keep_draft(Draft(attempt_id, position, actor.learner or "", desk.clock(), kept, comment[:COMMENT_LENGTH], second))


def drop_draft(desk: Desk, who: LearnerId | None, cohort_id: str, attempt_id: int, position: int) -> None:
    """Forget what the grader has begun."""
    with desk.uow.write() as tx:
        actor = allowed(tx, who, Action.ESSAY_MARK, cohort=cohort_id)
        tx.marking.drop_draft((attempt_id, position), actor.learner or "")


def set_anonymous(desk: Desk, who: LearnerId | None, cohort_id: str, yes: bool) -> None:
    """Whether the cohort's graders see whose answer they mark."""
    with changing(desk, who, Action.COHORT_EDIT, cohort_id) as change:
        before = _anonymous(change.cohort)
        if before == yes:
            return
        change.tx.cohorts.save(replace(change.cohort, settings={**change.cohort.settings, "marking": {"anonymous": yes}}))
        change.note("marking", before={"anonymous": before}, after={"anonymous": yes})


@dataclass(frozen=True, slots=True)
class _Room:
    """A cohort with everything in it that a person marks."""

    cohort: Cohort
    anonymous: bool
    lines: Sequence[Waits]

    @staticmethod
    def of(desk: Desk, tx: Transaction, actor: Actor, cohort_id: str) -> _Room:
        cohort = the_cohort(tx, cohort_id)
        anonymous = _anonymous(cohort)
        names = {} if anonymous else _names(tx, cohort_id)
        marks, begun = tx.marking.marks(cohort_id), tx.marking.begun(cohort_id)
        found = tx.marking.answers(cohort_id)
        withdrawn = tx.rulings.voids({one.version for one in found})
        lines = [
            _line(desk, actor, cohort_id, one, marks.get(one.place, ()), names, begun.get(one.place, {}))
            for one in found
            if one.version not in withdrawn
        ]
        return _Room(cohort, anonymous, lines)


def _line(
    desk: Desk,
    actor: Actor,
    cohort_id: str,
    one: HandedIn,
    log: Sequence[HandMark],
    names: Mapping[str, str],
    begun: Mapping[str, str],
) -> Waits:
    found, me = verdict(log), actor.learner
    mine = any(m.person is not None and m.person == me for m in found.marks)
    match found.waiting:
        case Waiting.NOTHING:
            open_ = False
        case Waiting.DECIDING_MARK:
            open_ = not mine and may(actor, Action.ESSAY_DECIDE, cohort=cohort_id)
        case _:
            open_ = not mine
    return Waits(
        attempt=one.attempt,
        position=one.position,
        name=names.get(one.learner, ""),
        quiz=one.quiz,
        quiz_title=_title(desk, one.quiz),
        question=one.question,
        handed_in=one.handed_in,
        state=STATES[found.waiting],
        graders=tuple(m.by for m in found.marks),
        begun=tuple(name for person, name in begun.items() if person != me),
        mine=mine,
        draft=me is not None and me in begun,
        open_to_me=open_,
        share=found.final.share if found.final is not None else None,
    )


def _why_not(actor: Actor, cohort: Cohort, found: marking.Found, own: HandMark | None) -> str:
    marks, waiting = found.verdict.marks, found.verdict.waiting
    if cohort.archived_at is not None:
        return ARCHIVED
    if found.slot.position in found.paper.rulings.voided:
        return "This question was withdrawn; it needs no mark."
    if len(marks) > 2 and (own is None or own.grader != marks[2].grader):
        return f"{marks[2].by} has decided between two marks; only {marks[2].by} can change that."
    if len(marks) == 2 and own is None and waiting is not Waiting.DECIDING_MARK:
        return "Two graders agree on this answer; there is nothing to decide."
    if own is None and waiting is Waiting.DECIDING_MARK and not may(actor, Action.ESSAY_DECIDE, cohort=cohort.id):
        return "The two marks differ, and somebody else decides between them."
    return ""


def _may_change(tx: Transaction, who: LearnerId | None, cohort_id: str) -> Actor:
    actor = allowed(tx, who, Action.ESSAY_MARK, cohort=cohort_id)
    if the_cohort(tx, cohort_id).archived_at is not None:
        raise Refused(ARCHIVED)
    return actor


def _found(desk: Desk, tx: Transaction, cohort_id: str, attempt_id: int, position: int) -> marking.Found:
    of_learner(tx, cohort_id, attempt_id)
    return marking.find(desk, tx, attempt_id, position)


def _names(tx: Transaction, cohort_id: str) -> Mapping[str, str]:
    return {one.id: one.name or "(no name)" for one in tx.gradebook.learners(cohort_id)}


def _anonymous(cohort: Cohort) -> bool:
    """Marking is anonymous until the cohort's instructors say otherwise."""
    kept: Mapping[str, Any] = cohort.settings.get("marking") or {}
    return bool(kept.get("anonymous", True))


def _title(desk: Desk, quiz_id: str) -> str:
    quiz = desk.catalogue().course.quizzes.get(quiz_id)
    return quiz.title if quiz is not None else quiz_id
