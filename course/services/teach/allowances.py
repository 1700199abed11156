"""Extensions and exemptions, for one learner or many at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from course.access.assignments import Extension
from course.access.permissions import Action
from course.access.roles import CohortRole
from course.errors import Refused
from course.services.study.desk import Desk, LearnerId
from course.services.teach.handing_out import the_assignment
from course.services.teach.noting import Change, changing

MOST_AT_ONCE = 5_000
MOST_MORE_ATTEMPTS = 20


def extend(
    desk: Desk,
    who: LearnerId | None,
    cohort_id: str,
    assignment_id: str,
    learners: Collection[str],
    *,
    due: datetime | None = None,
    closes: datetime | None = None,
    attempts: int | None = None,
) -> int:
    """Give these learners other times or more attempts, in place of an earlier extension; without any, take theirs back.

    A due date that moves takes the close along. Returns how many changed; all are stored, or none. Raises Refused when somebody is
    no learner of the cohort, or the times cannot be.
    """
    with changing(desk, who, Action.EXTENSION_EDIT, cohort_id) as change:
        one = the_assignment(change.tx, cohort_id, assignment_id)
        if attempts is not None and not 1 <= attempts <= MOST_MORE_ATTEMPTS:
            raise Refused(f"Give 1 to {MOST_MORE_ATTEMPTS} more attempts.")
        if due is not None and one.due is None:
            raise Refused("This assignment has no due date that could be moved.")
        if due is not None and one.opens is not None and due <= one.opens:
            raise Refused("It would be due before it opens.")
        if closes is not None and (one.closes is None or closes < one.closes):
            raise Refused("An extension can only move the close to a later time.")
        before = {e.person: e for e in change.tx.assignments.extensions([one.id])}
        changed = 0
        for learner in _chosen(change, learners):
            fresh = Extension(one.id, learner, due, closes, attempts)
            was = before.get(learner, Extension(one.id, learner))
            if fresh == was:
                continue
            changed += 1
            change.tx.assignments.extend(fresh, change.now)
            change.note(f"assignment:{one.id}", person=learner, before=_data(was), after=_data(fresh))
    return changed


def exempt(desk: Desk, who: LearnerId | None, cohort_id: str, assignment_id: str, learners: Collection[str], yes: bool) -> int:
    """Let the assignment not count for these learners, or let it count again. Returns how many changed."""
    with changing(desk, who, Action.EXTENSION_EDIT, cohort_id) as change:
        one = the_assignment(change.tx, cohort_id, assignment_id)
        already = {learner for _, learner in change.tx.assignments.exemptions([one.id])}
        changed = [learner for learner in _chosen(change, learners) if (learner in already) != yes]
        for learner in changed:
            change.tx.assignments.exempt(one.id, learner, yes, change.now)
            change.note(f"assignment:{one.id}", person=learner, before={"exempt": not yes}, after={"exempt": yes})
    return len(changed)


def _chosen(change: Change, learners: Collection[str]) -> tuple[str, ...]:
    """Each once. Raises Refused when there is nobody, or somebody who is no learner of the cohort."""
    wanted = tuple(dict.fromkeys(learners))
    if not wanted:
        raise Refused("Choose at least one learner.")
    if len(wanted) > MOST_AT_ONCE:
        raise Refused(f"Choose at most {MOST_AT_ONCE} learners at once.")
    here = {m.learner for m in change.tx.memberships.of_cohort(change.cohort.id) if m.role is CohortRole.LEARNER}
    if not here.issuperset(wanted):
        raise Refused("Somebody who was chosen is not a learner of this cohort any more. Choose again.")
    return wanted


def _data(one: Extension) -> dict[str, str | int | None]:
    due, closes = (at.isoformat() if at is not None else None for at in (one.due, one.closes))
    return {"due": due, "closes": closes, "attempts": one.attempts}
