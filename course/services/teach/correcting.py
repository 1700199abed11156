"""Grading again, withdrawing and changing a result from pages: what it would change, and doing it. Each asks the table of permissions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from course.access.permissions import Action, may, require
from course.errors import Refused
from course.learning.attempts import AttemptState
from course.learning.moderation import HandMark, Waiting, verdict
from course.learning.rulings import ActKind
from course.services.people.desk import the_cohort
from course.services.study.desk import Desk, LearnerId
from course.services.teach import attempt_voiding, overriding, regrading, voiding
from course.services.teach.amending import Signed, reason
from course.services.teach.noting import ARCHIVED, allowed, of_learner
from course.services.teach.views import ChangeReport, HistoryView
from course.storage.stores.rulings import Void
from course.storage.unit_of_work import Transaction


@dataclass(frozen=True, slots=True)
class Served:
    """A version of a question that somebody was asked. `current`: it is the one in the course now."""

    version: str
    first_at: datetime
    current: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be corrected: question id -> its words, of everything that was ever asked, and what is withdrawn now.

    `regrades` and `voids`: what the reader may do here. `names`: learner id -> name, of those it concerns, in a cohort.
    """

    questions: Mapping[str, str]
    withdrawn: tuple[Void, ...]
    regrades: bool
    voids: bool
    names: Mapping[str, str]
    place: str


@dataclass(frozen=True, slots=True)
class AttemptHistory:
    """Everything that was decided about one attempt of a cohort's learner. `marks`: by position, oldest first.

    A mark that a second grader is to confirm unseen is in it once they have given theirs. `may_change`: the reader may give the
    attempt another result now. `changed`: somebody did, and it stands. `may_void`: they may void it, or bring back one that is.
    """

    cohort: str
    cohort_name: str
    time_zone: str
    learner: str
    name: str
    title: str
    view: HistoryView
    marks: Mapping[int, tuple[HandMark, ...]]
    questions: Mapping[int, str]
    may_change: bool
    changed: bool
    may_void: bool


def choices(desk: Desk, who: LearnerId | None, cohort_id: str | None) -> Choices:
    """For a cohort, or (None) for everybody. Raises NotFound or NotAllowed for whoever may do nothing of it here."""
    catalogue = desk.catalogue()
    with desk.uow.read() as tx:
        actor = tx.roles.actor(who)
        regrades = may(actor, Action.QUESTION_REGRADE, cohort=cohort_id)
        voids = cohort_id is None and may(actor, Action.QUESTION_VOID)
        if not regrades and not voids:
            require(actor, Action.QUESTION_REGRADE, cohort=cohort_id)
        place = the_cohort(tx, cohort_id).name if cohort_id is not None else "Everybody"
        asked = tx.rulings.asked()
        withdrawn = tx.rulings.withdrawn()
        listed = cohort_id is not None and may(actor, Action.MEMBER_LIST, cohort=cohort_id)
        names = {p.id: p.name for p in tx.gradebook.learners(cohort_id)} if cohort_id is not None and listed else {}
    words = {one: _words(catalogue.questions[one].stem) if one in catalogue.questions else "" for one in asked}
    return Choices(words, withdrawn, regrades, voids, names, place)


def served(desk: Desk, who: LearnerId | None, cohort_id: str | None, question: str) -> tuple[Served, ...]:
    """Every version of the question that was asked, the newest first; the one in the course now, asked or not, first of all."""
    now = desk.catalogue().questions.get(question)
    with desk.uow.read() as tx:
        require(tx.roles.actor(who), Action.QUESTION_REGRADE, cohort=cohort_id)
        found = tx.rulings.first_served(question)
    rows = [Served(v, at, now is not None and v == now.version) for v, at in found.items()]
    if now is not None and now.version not in found:
        rows.append(Served(now.version, desk.clock(), True))
    return tuple(sorted(rows, key=lambda one: (one.current, one.first_at), reverse=True))


def regrade(
    desk: Desk,
    who: LearnerId | None,
    cohort_id: str | None,
    question: str,
    *,
    version: str | None = None,
    spare: bool = False,
    apply: bool = False,
    why: str = "",
) -> ChangeReport:
    """Grade answers of the cohort's learners again, or (None) everybody's; without `apply`, only say what would change.

    See `regrading.regrade`. Raises Refused in an archived cohort, and without a reason when it is to be stored.
    """
    with desk.uow.read() as tx:
        require(tx.roles.actor(who), Action.QUESTION_REGRADE, cohort=cohort_id)
        learners = _learners(tx, cohort_id, apply=apply)
    sign = Signed("", desk.clock(), reason(why), who, cohort_id) if apply else None
    targets = regrading.to_grade_by(desk, question, None, version)
    return regrading.grade_again(desk, targets, spare=spare, sign=sign, learners=learners)


def void(desk: Desk, who: LearnerId | None, question: str, *, undo: bool = False, apply: bool = False, why: str = "") -> ChangeReport:
    """Withdraw a question for everybody, or take that back; without `apply`, only say what would change. See `voiding.void`."""
    with desk.uow.read() as tx:
        require(tx.roles.actor(who), Action.QUESTION_VOID)
    sign = Signed("", desk.clock(), reason(why), who) if apply else None
    return voiding.withdraw(desk, question, undo=undo, sign=sign)


def history(desk: Desk, who: LearnerId | None, cohort_id: str, attempt_id: int) -> AttemptHistory:
    """Everything that was decided about an attempt, with who decided it: for those who look after the cohort, not for its learner.

    Raises NotFound for an attempt of somebody who does not learn in the cohort.
    """
    with desk.uow.read() as tx:
        actor = allowed(tx, who, Action.LEARNER_VIEW, cohort=cohort_id)
        attempt, member = of_learner(tx, cohort_id, attempt_id)
        cohort = the_cohort(tx, cohort_id)
        quiz = desk.catalogue().course.quizzes.get(attempt.quiz)
        open_, graded = cohort.archived_at is None, attempt.state is AttemptState.GRADED and bool(attempt.max)
        voidable = attempt.state is AttemptState.VOIDED or attempt_voiding.may_be_voided(attempt)
        view = overriding.decided(tx, attempt_id)
        decisions = [ruled.kind for ruled in view.rulings if ruled.kind in (ActKind.OVERRIDE, ActKind.OVERRIDE_REMOVED)]
        return AttemptHistory(
            cohort=cohort_id,
            cohort_name=cohort.name,
            time_zone=cohort.time_zone,
            learner=attempt.learner,
            name=member.name or "(no name)",
            title=quiz.title if quiz is not None else attempt.quiz,
            view=view,
            marks={
                position: tuple(log)
                for position, log in tx.rulings.marks(attempt_id).items()
                if verdict(log).waiting is not Waiting.SECOND_MARK
            },
            questions={slot.position: slot.question for slot in tx.attempts.slots(attempt_id)},
            may_change=open_ and graded and may(actor, Action.GRADEBOOK_OVERRIDE, cohort=cohort_id),
            changed=decisions[-1:] == [ActKind.OVERRIDE],
            may_void=open_ and voidable and may(actor, Action.ATTEMPT_VOID, cohort=cohort_id),
        )


def override(desk: Desk, who: LearnerId | None, cohort_id: str, attempt_id: int, points: float | None, *, why: str) -> ChangeReport:
    """Let an attempt of a cohort's learner come to so many points, whatever its questions give; None takes that back.

    Raises Refused in an archived cohort, without a reason, and as `overriding.override`; NotFound as `history`.
    """
    with desk.uow.write() as tx:
        sign = _signing(desk, tx, who, Action.GRADEBOOK_OVERRIDE, cohort_id, attempt_id, why)
        kind = ActKind.OVERRIDE if points is not None else ActKind.OVERRIDE_REMOVED
        return overriding.decide(desk, tx, attempt_id, kind, sign, points=points)


def void_attempt(desk: Desk, who: LearnerId | None, cohort_id: str, attempt_id: int, *, undo: bool = False, why: str) -> ChangeReport:
    """Let an attempt of a cohort's learner count nowhere any more, or (`undo`) bring it back.

    Raises Refused in an archived cohort, without a reason, and as `attempt_voiding.void`; NotFound as `history`.
    """
    with desk.uow.write() as tx:
        sign = _signing(desk, tx, who, Action.ATTEMPT_VOID, cohort_id, attempt_id, why)
        return attempt_voiding.decide(desk, tx, attempt_id, sign, undo=undo)


def _signing(desk: Desk, tx: Transaction, who: LearnerId | None, action: Action, cohort_id: str, attempt_id: int, why: str) -> Signed:
    """Who decides about an attempt of a cohort's learner, where and why, once the table of permissions gives it."""
    allowed(tx, who, action, cohort=cohort_id)
    of_learner(tx, cohort_id, attempt_id)
    if the_cohort(tx, cohort_id).archived_at is not None:
        raise Refused(ARCHIVED)
    return Signed("", desk.clock(), reason(why), who, cohort_id)


def _learners(tx: Transaction, cohort_id: str | None, *, apply: bool) -> Collection[str] | None:
    if cohort_id is None:
        return None
    if apply and the_cohort(tx, cohort_id).archived_at is not None:
        raise Refused(ARCHIVED)
    return frozenset(p.id for p in tx.gradebook.learners(cohort_id))


def _words(stem: str, most: int = 80) -> str:
    """The beginning of the question's last paragraph."""
    last = " ".join(stem.strip().split("\n\n")[-1].split())
    return last if len(last) <= most else last[: most - 1].rstrip() + "…"
