"""Marking by hand: what waits for a grader, one answer with its rubric, and giving a mark."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Final

from course.access.permissions import Action
from course.errors import NotFound, Refused
from course.learning.attempts import OVER, Attempt, AttemptState
from course.learning.moderation import HandMark, Verdict, Waiting, verdict
from course.learning.rulings import ActKind
from course.questions.base import State
from course.questions.essay import Criterion, Essay, criteria
from course.services.study.desk import Desk
from course.services.study.grading import Paper, paper
from course.services.teach.amending import Amendment, Signed, amended, change, grader_name, row, store
from course.services.teach.views import ChangeReport, CriterionView, EssayView, MarkReport, QueueEntry, QueueView
from course.storage.stores.attempts import Slot
from course.storage.unit_of_work import Transaction

COMMENT_LENGTH: Final = 4000
LOOKED_AGAIN: Final = "A grader looked at an answer again."
"""The reason on record when marks by hand change a result that the learner has seen."""
ADVICE: Final = (
    "If somebody writes about their own use, about harm or about danger: mark only what the rubric asks, and do not repeat it in the "
    "comment, which the learner reads and can download. If there is danger now, follow your institution's emergency procedure. "
    "Otherwise tell the person who is named there for student support, and nobody else, and point the learner to the page Get help. "
    "An answer is not a screening result."
)


def queue(desk: Desk, *, quiz: str | None = None, question: str | None = None, everything: bool = False) -> QueueView:
    """Answers that wait for a first, second or deciding mark, oldest first; with `everything`, those already marked too."""
    with desk.uow.read() as tx:
        places = set(tx.rulings.to_mark()) | set(tx.rulings.marked() if everything else ())
        found = [find(desk, tx, attempt, position) for attempt, position in sorted(places)]
    entries = [_entry(one) for one in found if one.attempt.state in OVER]
    wanted = [
        e for e in entries if (everything or e.waiting is not Waiting.NOTHING) and quiz in (None, e.quiz) and question in (None, e.question)
    ]
    return QueueView(tuple(sorted(wanted, key=lambda e: (e.handed_in, e.attempt, e.position))), ADVICE)


def essay(desk: Desk, attempt_id: int, position: int) -> EssayView:
    """One answer with its rubric and the marks it has. Raises NotFound when there is none to mark."""
    with desk.uow.read() as tx:
        return shown(find(desk, tx, attempt_id, position))


def shown(found: Found) -> EssayView:
    """The answer as a grader reads it."""
    question = found.paper.question(found.slot)
    last = found.paper.last(found.slot)
    return EssayView(
        entry=_entry(found),
        stem=question.stem,
        answer=last.response if last is not None else None,
        least=question.body.least,
        most=question.body.most,
        points=found.slot.points,
        rubric=tuple(CriterionView(c.id, c.text, c.points, tuple((one.points, one.text) for one in c.levels)) for c in found.rubric),
        marks=found.verdict.marks,
        final=found.verdict.final,
        advice=ADVICE,
    )


def give(
    desk: Desk, attempt_id: int, position: int, points: Mapping[str, float], *, comment: str, by: str, second: bool, apply: bool
) -> MarkReport:
    """Mark an answer: points for every criterion and a comment that the learner reads. `second` asks for a second mark first.

    A grader's later mark replaces their earlier one. When the last answer that waited is marked, the attempt is graded.

    Raises NotFound when there is no such answer to mark, Refused for points outside of the rubric, a comment that is too
    long, and a mark that the order of graders does not allow (`learning.moderation`).
    """
    by = grader_name(by)
    with _opened(desk, apply) as tx:
        found = find(desk, tx, attempt_id, position)
        if apply and tx.people.lock(found.attempt.learner) is not None:
            found = find(desk, tx, attempt_id, position)
        by = next((m.grader for m in found.verdict.marks if m.grader.casefold() == by.casefold()), by)
        return given(desk, tx, found, Signed(by, desk.clock(), LOOKED_AGAIN), points, comment=comment, second=second, apply=apply)


def given(
    desk: Desk, tx: Transaction, found: Found, sign: Signed, points: Mapping[str, float], *, comment: str, second: bool, apply: bool
) -> MarkReport:
    """Give the mark in this transaction, whose learner is held when it is stored (`apply`). Raises Refused as `give` does."""
    comment, by = comment.strip(), sign.person or sign.by
    if len(comment) > COMMENT_LENGTH:
        raise Refused(f"The comment is too long: {len(comment)} characters, at most {COMMENT_LENGTH}.")
    _refuse_out_of_turn(found, by, second=second)
    share = _share(found.rubric, points)
    one = HandMark(by, sign.at, _points(found.rubric, points), share, comment, second, sign.person, sign.by)
    after = verdict([*found.log, one])
    amendment = _amendment(desk, found, after)
    if apply:
        tx.rulings.add_mark(found.attempt.id, found.slot.position, one)
        _store(desk, tx, found, amendment, sign)
        before = found.verdict.waiting
        action = Action.ESSAY_DECIDE if before is Waiting.DECIDING_MARK else Action.ESSAY_MARK
        waits = {"waits for": before.value}, {"waits for": after.waiting.value}
        subject = f"answer:{found.attempt.id}/{found.slot.position}"
        sign.note(tx, action, subject, person=found.attempt.learner, before=waits[0], after=waits[1])
    changes = (change(amendment, [found.slot.position]),) if amendment.changes_anything else ()
    report = ChangeReport(act=ActKind.MARK, questions=(found.slot.question,), applied=apply, attempts=changes)
    return MarkReport(one, one.share * found.slot.points, found.slot.points, after.waiting, report)


@dataclass(frozen=True, slots=True)
class Found:
    """An answer that a person grades, with its marks."""

    attempt: Attempt
    paper: Paper
    slot: Slot
    log: Sequence[HandMark]
    verdict: Verdict

    @property
    def rubric(self) -> tuple[Criterion, ...]:
        question = self.paper.question(self.slot)
        return criteria(question.body, question.points)


def _opened(desk: Desk, apply: bool) -> AbstractContextManager[Transaction]:
    return desk.uow.write() if apply else desk.uow.read()


def find(desk: Desk, tx: Transaction, attempt_id: int, position: int) -> Found:
    """The answer with its marks. Raises NotFound when there is none that a person grades."""
    attempt = tx.attempts.get(attempt_id)
    if attempt is None or attempt.state not in OVER:
        raise NotFound(f"There is no attempt {attempt_id} that was handed in.")
    found = paper(desk, tx, attempt)
    slot = next((s for s in found.slots if s.position == position), None)
    if slot is None or found.question(slot).type != Essay.name:
        raise NotFound(f"Question {position} of attempt {attempt_id} is not one that a person grades.")
    log = tx.rulings.marks(attempt_id).get(position, ())
    if not log and found.mark(slot).state is not State.MANUAL:
        raise NotFound(f"Question {position} of attempt {attempt_id} has no answer to mark: it was left empty, skipped or withdrawn.")
    return Found(attempt, found, slot, log, verdict(log))


def _entry(found: Found) -> QueueEntry:
    last = found.paper.last(found.slot)
    text = last.response if last is not None and isinstance(last.response, str) else ""
    withdrawn = found.slot.position in found.paper.rulings.voided
    return QueueEntry(
        attempt=found.attempt.id,
        position=found.slot.position,
        quiz=found.attempt.quiz,
        question=found.slot.question,
        handed_in=found.attempt.submitted_at or found.attempt.last_activity_at,
        words=len(text.split()),
        waiting=Waiting.NOTHING if withdrawn else found.verdict.waiting,
        graders=tuple(m.by for m in found.verdict.marks),
    )


def _refuse_out_of_turn(found: Found, by: str, *, second: bool) -> None:
    marks = found.verdict.marks
    names = [m.grader for m in marks]
    if found.slot.position in found.paper.rulings.voided:
        raise Refused("This question was withdrawn; it needs no mark.")
    if second and marks:
        raise Refused("A second mark can be asked for with the first mark only.")
    if len(marks) > 2 and by != names[2]:
        raise Refused(f"{marks[2].by} has decided between two marks; only {marks[2].by} can change that.")
    if len(marks) == 2 and by not in names and found.verdict.waiting is not Waiting.DECIDING_MARK:
        raise Refused("Two graders agree on this answer; there is nothing to decide.")


def _points(rubric: Sequence[Criterion], points: Mapping[str, float]) -> dict[str, float]:
    known = {c.id: c for c in rubric}
    for name, value in points.items():
        if name not in known:
            raise Refused(f"The rubric has no criterion `{name}`; it has {', '.join(f'`{c}`' for c in known)}.")
        if not math.isfinite(value) or not 0 <= value <= known[name].points:
            raise Refused(f"`{name}` takes from 0 to {known[name].points:g} points, not {value:g}.")
        steps = [one.points for one in known[name].levels]
        if steps and value not in (0, *steps):
            raise Refused(f"`{name}` is given by its levels: {', '.join(f'{step:g}' for step in steps)} points, not {value:g}.")
    missing = [name for name in known if name not in points]
    if missing:
        raise Refused(f"Points for {', '.join(f'`{m}`' for m in missing)} are missing; give 0 where nothing is earned.")
    return {c.id: float(points[c.id]) for c in rubric}


def _share(rubric: Sequence[Criterion], points: Mapping[str, float]) -> float:
    """Of the rubric's points; of the question's in this quiz it is the same share."""
    given = _points(rubric, points)
    return sum(given.values()) / sum(c.points for c in rubric)


def _amendment(desk: Desk, found: Found, after: Verdict) -> Amendment:
    given = {p: share for p, share in found.paper.rulings.given.items() if p != found.slot.position}
    if after.final is not None:
        given[found.slot.position] = after.final.share
    ruled = replace(found.paper.rulings, given=given)
    return amended(found.attempt, found.paper, replace(found.paper, rulings=ruled), desk.clock())


def _store(desk: Desk, tx: Transaction, found: Found, amendment: Amendment, sign: Signed) -> None:
    """A result that was seen before is changed on record; one that was awaited simply comes."""
    if not amendment.changes_anything:
        return
    seen = found.attempt.state is AttemptState.GRADED
    store(desk, tx, amendment, [row(amendment, ActKind.MARK, sign, found.slot.position)] if seen else [], sign.at)
