"""Assignments made, changed and withdrawn; what can be assigned, to whom, and what chosen learners will see."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from course.access.assignments import Assignment, Item, ItemKind, Target, TargetKind, as_data, checked
from course.access.permissions import NOT_THERE, Action
from course.access.roles import CohortRole
from course.access.windows import Person, effective
from course.content.model import Catalogue
from course.errors import NotFound, Refused
from course.learning.policy import Kind
from course.services.people.desk import the_cohort
from course.services.study.assigned import Due, done_items, item_title
from course.services.study.desk import Desk, LearnerId
from course.services.study.due import due_view
from course.services.study.views import DueView
from course.services.teach.noting import allowed, changing
from course.storage.stores.gradebook import BookLearner
from course.storage.unit_of_work import Transaction

MOST_PREVIEWED = 20


@dataclass(frozen=True, slots=True)
class Choices:
    """What a form offers: items and targets with their words, the cohort's learners and time zone; `reach`: whom each target is."""

    items: Mapping[Item, str]
    targets: Mapping[Target, str]
    learners: Mapping[str, str]
    reach: Mapping[Target, frozenset[str]]
    cohort_name: str
    time_zone: str
    archived: bool


@dataclass(frozen=True, slots=True)
class Previewed:
    """What one learner will see. `zone`: the time zone in which the words are said."""

    learner: str
    name: str
    zone: str
    view: DueView


def choices(desk: Desk, who: LearnerId | None, cohort_id: str) -> Choices:
    """What can be assigned in this cohort, and to whom."""
    catalogue = desk.catalogue()
    with desk.uow.read() as tx:
        allowed(tx, who, Action.ASSIGNMENT_EDIT, cohort=cohort_id)
        cohort = the_cohort(tx, cohort_id)
        learners = {one.id: one.name or "(no name)" for one in tx.gradebook.learners(cohort_id)}
        groups = {Target(TargetKind.GROUP, g.id): g for g in tx.cohorts.groups(cohort_id)}
    everybody = Target(TargetKind.COHORT)
    people = {Target(TargetKind.PERSON, learner): name for learner, name in learners.items()}
    return Choices(
        items=items(catalogue),
        targets={everybody: "Everybody", **{t: f"Group {g.name}" for t, g in groups.items()}, **people},
        learners=learners,
        reach={
            everybody: frozenset(learners),
            **{t: frozenset(g.members) & learners.keys() for t, g in groups.items()},
            **{t: frozenset((t.id,)) for t in people},
        },
        cohort_name=cohort.name,
        time_zone=cohort.time_zone,
        archived=cohort.archived_at is not None,
    )


def items(catalogue: Catalogue) -> Mapping[Item, str]:
    """Everything that can be assigned, with its name: modules, then quizzes that are not asked inside a notebook only."""
    modules = {Item(ItemKind.MODULE, m.id): f"Module {m.number}: {m.title}" for m in catalogue.course.modules}
    quizzes = {
        Item(ItemKind.QUIZ, q.id): q.title for q in catalogue.course.quizzes.values() if q.policy.kind is not Kind.PRACTICE
    }  # fmt: skip
    return {**modules, **quizzes}


def create(desk: Desk, who: LearnerId | None, draft: Assignment, new_id: str) -> str:
    """Store a new assignment and return its id; when it is stored already, by the same press, it stays as it is.

    Raises Refused with what to mend.
    """
    with changing(desk, who, Action.ASSIGNMENT_EDIT, draft.cohort) as change:
        if new_id in change.tx.assignments.changed_at([new_id]):
            return new_id
        one = _accepted(desk, change.tx, replace(draft, id=new_id))
        change.tx.assignments.add(one, change.now)
        change.note(f"assignment:{one.id}", after=as_data(one))
    return one.id


def save(desk: Desk, who: LearnerId | None, draft: Assignment, seen: Assignment | None = None) -> None:
    """Store the assignment over the one of the same id, which must be of the same cohort.

    Raises Refused with what to mend, and when it is not any more what the draft was made from (`seen`): nobody's change is lost.
    """
    with changing(desk, who, Action.ASSIGNMENT_EDIT, draft.cohort) as change:
        before = the_assignment(change.tx, draft.cohort, draft.id)
        if seen is not None and seen != before:
            raise Refused("This assignment was changed meanwhile, in another tab or by somebody else. Reload the page and change it there.")
        one = _accepted(desk, change.tx, draft, known=before.items)
        if one == before:
            return
        change.tx.assignments.save(one, change.now)
        was, now = as_data(before), as_data(one)
        changed = [key for key in now if was[key] != now[key]]
        change.note(f"assignment:{one.id}", before={k: was[k] for k in changed}, after={k: now[k] for k in changed})


def withdraw(desk: Desk, who: LearnerId | None, cohort_id: str, assignment_id: str) -> None:
    """Take the assignment back. What learners did stays."""
    with changing(desk, who, Action.ASSIGNMENT_DELETE, cohort_id) as change:
        one = the_assignment(change.tx, cohort_id, assignment_id)
        change.tx.assignments.withdraw(one.id, change.now)
        change.note(f"assignment:{one.id}", before={"withdrawn": False}, after={"withdrawn": True})


def withdrawn(desk: Desk, who: LearnerId | None, cohort_id: str) -> tuple[Assignment, ...]:
    """What was taken back in this cohort, the latest first."""
    with desk.uow.read() as tx:
        allowed(tx, who, Action.ASSIGNMENT_DELETE, cohort=cohort_id)
        return tx.assignments.withdrawn(cohort_id)


def bring_back(desk: Desk, who: LearnerId | None, cohort_id: str, assignment_id: str) -> Assignment:
    """Hand out again what was withdrawn, as it was. Raises NotFound unless it is one of the cohort."""
    with changing(desk, who, Action.ASSIGNMENT_DELETE, cohort_id) as change:
        found = next((a for a in change.tx.assignments.withdrawn(cohort_id) if a.id == assignment_id), None)
        if found is None:
            raise NotFound(NOT_THERE)
        change.tx.assignments.bring_back(found.id, change.now)
        change.note(f"assignment:{found.id}", before={"withdrawn": True}, after={"withdrawn": False})
    return found


def get(desk: Desk, who: LearnerId | None, cohort_id: str, assignment_id: str) -> Assignment:
    """Raises NotFound unless it is one of the cohort."""
    with desk.uow.read() as tx:
        allowed(tx, who, Action.ASSIGNMENT_FOLLOW, cohort=cohort_id)
        return the_assignment(tx, cohort_id, assignment_id)


def preview(
    desk: Desk, who: LearnerId | None, draft: Assignment, learners: Iterable[str], at: datetime | None = None
) -> tuple[Previewed, ...]:
    """What each of these learners will see of the draft at `at` (now when left out); at most twenty, others are left out.

    Raises Refused for a draft that could not be stored.
    """
    catalogue, now = desk.catalogue(), at or desk.clock()
    with desk.uow.read() as tx:
        allowed(tx, who, Action.ASSIGNMENT_PREVIEW, cohort=draft.cohort)
        one = _accepted(desk, tx, draft, known=draft.items)
        cohort = the_cohort(tx, draft.cohort)
        people = {p.id: p for p in tx.gradebook.learners(draft.cohort)}
        chosen = [people[i] for i in dict.fromkeys(learners) if i in people][:MOST_PREVIEWED]
        extensions = {e.person: e for e in tx.assignments.extensions([one.id])}
        exempt = {learner for _, learner in tx.assignments.exemptions([one.id])}
        out = []
        for person in chosen:
            rules = effective(one, as_person(person), extensions.get(person.id), exempt=person.id in exempt)
            completed = {e.module for e in tx.events.completions(person.id) if e.module}
            done = done_items(tx.attempts.of_learner(person.id), completed)
            view = due_view(catalogue, Due(rules, cohort.name, None), done, now, ZoneInfo(person.time_zone))
            out.append(Previewed(person.id, person.name or "(no name)", person.time_zone, view))
    return tuple(out)


def the_assignment(tx: Transaction, cohort_id: str, assignment_id: str) -> Assignment:
    """Raises NotFound unless it is one of the cohort: that it exists elsewhere is nobody's business here."""
    found = tx.assignments.get(assignment_id)
    if found is None or found.cohort != cohort_id:
        raise NotFound(NOT_THERE)
    return found


def as_person(one: BookLearner) -> Person:
    """A learner of the cohort as the rules see them."""
    return Person(one.id, one.groups, one.extra_time)


def _accepted(desk: Desk, tx: Transaction, draft: Assignment, known: Collection[Item] = ()) -> Assignment:
    """The draft, tidied. What the course does not have (and was not in it before) and who is not in the cohort is refused."""
    one, catalogue = checked(draft), desk.catalogue()
    offered = items(catalogue)
    for item in one.items:
        if item not in offered and item not in known:
            raise Refused(f"The course has no {item.kind} {item_title(catalogue, item)}.")
    groups = {g.id for g in tx.cohorts.groups(one.cohort)}
    for target in one.targets:
        if target.kind is TargetKind.GROUP and target.id not in groups:
            raise Refused("A group that was chosen does not exist any more. Choose again.")
        if target.kind is TargetKind.PERSON:
            member = tx.memberships.get(one.cohort, target.id)
            if member is None or member.role is not CohortRole.LEARNER:
                raise Refused("Somebody who was chosen is not a learner of this cohort any more. Choose again.")
    return one
