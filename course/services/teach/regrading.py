"""Grading answers again against the question as it is written now: first who moves from what to what, then the same for good."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from course.access.permissions import Action
from course.content.model import Catalogue
from course.errors import BadResponse, NotFound, Refused, UnreadableQuestion
from course.learning.attempts import Attempt
from course.learning.rulings import ActKind
from course.learning.scoring import Answered, mark
from course.questions import Question, by_name
from course.questions.essay import Essay
from course.services.study import rolling
from course.services.study.desk import Desk, as_asked
from course.services.study.grading import Paper, paper, under
from course.services.teach.amending import Amendment, Signed, amended, change, graded_against, moved, row, short, signed, store, through
from course.services.teach.views import AttemptChange, ChangeReport, Effect, Left, PracticeChange
from course.storage.stores.practice_rulings import PracticeAnswer, PracticeRegrade
from course.storage.unit_of_work import Transaction

_WOULD_LOSE = "would lose and was to be spared"


def regrade(
    desk: Desk, question: str | None, quiz: str | None, *, version: str | None = None, apply: bool, spare: bool, by: str, why: str
) -> ChangeReport:
    """Grade every answer to the question, or to each question of the quiz, against its version in the course today.

    `version` (of one question) is one that was asked before and is graded against instead: what takes a regrade back.
    What a question is worth in an attempt stays. With `spare`, whoever would lose keeps the result. Answers marked by a
    person, and questions that have become others, are left and named. Running it again changes nothing more.

    Raises NotFound for an unknown question, version or quiz, Refused when it is to be stored without a name and a reason.
    """
    targets = to_grade_by(desk, question, quiz, version)
    return grade_again(desk, targets, spare=spare, sign=signed(desk, by, why) if apply else None)


def to_grade_by(desk: Desk, question: str | None, quiz: str | None, version: str | None) -> Mapping[str, Question]:
    """Question id -> what its answers are graded against. Raises as `regrade` does."""
    if version is None:
        return _targets(desk.catalogue(), question, quiz)
    if question is None or quiz is not None:
        raise Refused("A version is one of a single question; name that question.")
    with desk.uow.read() as tx:
        known = [v for v in tx.rulings.versions(question) if v.startswith(version)]
        if len(known) != 1 or not version:
            raise NotFound(f"Nobody has been asked a version `{version}` of `{question}`, or several begin so.")
        return {question: desk.questions(tx, known)[known[0]]}


def grade_again(
    desk: Desk, targets: Mapping[str, Question], *, spare: bool, sign: Signed | None, learners: Collection[str] | None = None
) -> ChangeReport:
    """What grading these questions so changes; with `sign`, for good. `learners`: for these alone, None for everybody."""
    with desk.uow.read() as tx:
        asking = [tx.rulings.attempts_asking(one, learners) for one in targets]
        tries = {one: [a for a in tx.practice_rulings.answers(one) if learners is None or a.learner in learners] for one in targets}
        types = {v: q.type for v, q in desk.questions(tx, {a.version for found in tries.values() for a in found}).items()}
    if sign is not None:
        with desk.uow.write() as tx:
            tx.questions.remember(targets.values(), sign.at)
            for one, new in targets.items():
                sign.note(tx, Action.QUESTION_REGRADE, f"question:{one}", after={"graded by": new.version[:8]})
    told = _Told()

    def step(tx: Transaction, attempt: Attempt) -> None:
        _regrade_attempt(desk, tx, attempt, targets, told, spare=spare, sign=sign)

    through(desk, sorted({one for found, _ in asking for one in found}), sign is not None, step)
    for one, answers in tries.items():
        for learner, mine in groupby(answers, key=lambda a: a.learner):
            _regrade_practice(desk, learner, list(mine), targets[one], types, told, spare=spare, sign=sign)
    return ChangeReport(
        act=ActKind.REGRADE,
        questions=tuple(targets),
        applied=sign is not None,
        attempts=tuple(told.attempts),
        practice=tuple(told.practice),
        left=tuple(told.left),
        open=sum(count for _, count in asking),
    )


@dataclass(slots=True)
class _Told:
    attempts: list[AttemptChange] = field(default_factory=list)
    practice: list[PracticeChange] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)


def _targets(catalogue: Catalogue, question: str | None, quiz: str | None) -> Mapping[str, Question]:
    if (question is None) == (quiz is None):
        raise Refused("Name one question, or one quiz with --quiz.")
    if quiz is not None:
        found = catalogue.course.quizzes.get(quiz)
        if found is None:
            raise NotFound(f"The course has no quiz `{quiz}`.")
        return {entry.question.id: entry.question for entry in found.entries}
    current = catalogue.questions.get(question or "")
    if current is None:
        raise NotFound(f"The course has no question `{question}`. One that was taken out can be withdrawn with `void`.")
    return {current.id: current}


def _regrade_attempt(
    desk: Desk, tx: Transaction, attempt: Attempt, targets: Mapping[str, Question], told: _Told, *, spare: bool, sign: Signed | None
) -> None:
    found = paper(desk, tx, attempt)
    wanted: dict[int, Question] = {}
    for slot in found.slots:
        new = targets.get(slot.question)
        if new is None or graded_against(found, slot) == new.version:
            continue
        reason = _why_not(found.question(slot).type, new, slot.variant)
        if reason:
            told.left.append(Left(attempt.id, slot.question, reason))
        else:
            wanted[slot.position] = new
    amendment = _amended(desk, tx, attempt, found, wanted)
    losing = _losing(amendment) & {q.id for q in wanted.values()} if spare else frozenset()
    if losing:
        told.left += [Left(attempt.id, one, _WOULD_LOSE) for one in sorted(losing)]
        wanted = {position: q for position, q in wanted.items() if q.id not in losing}
        amendment = _amended(desk, tx, attempt, found, wanted)
    if not wanted:
        return
    told.attempts.append(change(amendment, wanted))
    if sign is not None:
        store(desk, tx, amendment, [row(amendment, ActKind.REGRADE, sign, position) for position in wanted], sign.at)


def _amended(desk: Desk, tx: Transaction, attempt: Attempt, found: Paper, wanted: Mapping[int, Question]) -> Amendment:
    versions = {position: q.version for position, q in wanted.items()}
    ruled = replace(found.rulings, regraded={**found.rulings.regraded, **versions})
    known = desk.questions(tx, found.rulings.regraded.values())
    graded = under(found, ruled, {**known, **{q.version: q for q in wanted.values()}})
    return amended(attempt, found, graded, desk.clock())


def _losing(amendment: Amendment) -> frozenset[str]:
    """Questions that score less than before; all that were graded again when the attempt's pass is lost."""
    if amendment.before.passed and amendment.after.passed is False:
        return frozenset(before.question for before, _ in amendment.slots)
    return frozenset(a.question for a, b in amendment.slots if moved(a.score, b.score) is Effect.LOSES)


def _regrade_practice(
    desk: Desk,
    learner: str,
    answers: Sequence[PracticeAnswer],
    new: Question,
    types: Mapping[str, str],
    told: _Told,
    *,
    spare: bool,
    sign: Signed | None,
) -> None:
    """One learner's tries at one question, in one transaction. `types`: what each version that was asked is."""
    moves = []
    for before in answers:
        if before.graded_by == new.version:
            continue
        reason = _why_not(types[before.version], new, before.variant)
        after = before if reason else _graded(before, new)
        if not reason and spare and moved(before.score, after.score) is Effect.LOSES:
            reason = _WOULD_LOSE
        if reason:
            told.left.append(Left(None, new.id, reason))
        else:
            moves.append((before, after))
    told.practice += [_practice_change(before, after) for before, after in moves]
    if sign is None or not moves:
        return
    with desk.uow.write() as tx:
        if tx.people.lock(learner) is not None:
            tx.practice_rulings.regrade(PracticeRegrade(before, after, sign.at, sign.by, sign.why, sign.person) for before, after in moves)
            rolling.answered(tx, learner, [new.id])


def _graded(before: PracticeAnswer, new: Question) -> PracticeAnswer:
    found = mark(Answered(as_asked(new, before.variant), new.points, before.response))
    assert found.state is not None, "only what is skipped has no state"
    return replace(before, graded_by=new.version, score=found.score, state=found.state)


def _practice_change(before: PracticeAnswer, after: PracticeAnswer) -> PracticeChange:
    return PracticeChange(
        learner=short(before.learner),
        question=before.question,
        number=before.number,
        versions=(before.graded_by, after.graded_by),
        scores=(before.score, after.score),
        states=(before.state, after.state),
        effect=moved(before.score, after.score),
        person=before.learner,
    )


def _why_not(asked: str, new: Question, variant: Mapping[str, Any] | None) -> str:
    """Why answers to what was asked (a question of this type) cannot be graded by this version; "" when they can."""
    if asked != new.type:
        return f"was a {asked} question and is a {new.type} now"
    if not by_name(new.type).graded:
        return "has no key"
    if new.type == Essay.name:
        return "a person grades it"
    values = None if variant is None else variant["values"]
    if (new.parameters is None) != (values is None) or (new.parameters is not None and not set(new.parameters.drawn) <= set(values or ())):
        return "has other variables now"
    try:
        as_asked(new, variant)
    except (BadResponse, UnreadableQuestion) as fault:
        return fault.message.rstrip(".")
    return ""
