"""A cohort in the classroom: Ivo instructs, Lea leads, Ann, Bea and Cai learn in it; Oda instructs another one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from course.access.assignments import Assignment, Item, ItemKind
from course.access.roles import CohortRole
from course.storage.stores.cohorts import Cohort, Group, Member
from course.storage.stores.people import Learner
from tests.people import ANN, ARRIVED, BEA, CAI
from tests.services.classroom import Classroom

HERE, ELSEWHERE = "cohort-b", "cohort-x"
IVO = "10000000-0000-4000-8000-000000000010"
LEA = "20000000-0000-4000-8000-000000000020"
ODA = "30000000-0000-4000-8000-000000000030"
CHECK = Item(ItemKind.QUIZ, "check-first")
FIRST = Item(ItemKind.MODULE, "first")
SECOND = Item(ItemKind.MODULE, "second")


def cohort_in(room: Classroom) -> None:
    """Store the cohort with its people; Ann and Bea are in group g1."""
    with room.uow.write() as tx:
        for actor, name in ((IVO, "Ivo"), (LEA, "Lea"), (ODA, "Oda")):
            tx.people.add(Learner(actor, ARRIVED, name))
        for cohort, name in ((HERE, "Group B"), (ELSEWHERE, "Group X")):
            tx.cohorts.add(Cohort(cohort, name, ARRIVED))
        for actor, cohort, role in ((IVO, HERE, "instructor"), (LEA, HERE, "lead"), (ODA, ELSEWHERE, "instructor")):
            tx.memberships.put(Member(cohort, actor, CohortRole(role), ARRIVED))
        for one in (ANN, BEA, CAI):
            email = f"{(one.name or '').lower()}@example.org"
            tx.memberships.put(
                Member(HERE, one.id, CohortRole.LEARNER, ARRIVED, name=one.name, email=email, roster={"id": f"s-{one.name}"})
            )
        tx.cohorts.add_group(Group("g1", HERE, "Monday", (ANN.id, BEA.id)))


def assign(room: Classroom, *items: Item, **changes: Any) -> str:
    """Assign these items to everybody in the cohort."""
    return room.classes.assign(IVO, draft(*items, **changes))


def draft(*items: Item, **changes: Any) -> Assignment:
    return replace(Assignment("", HERE, "Week 1", items or (CHECK,)), **changes)


def more_learners(room: Classroom, ids: Iterable[str]) -> None:
    """Add learners by id to the cohort."""
    with room.uow.write() as tx:
        for one in ids:
            tx.people.add(Learner(one, ARRIVED, f"Learner {one}"))
            tx.memberships.put(Member(HERE, one, CohortRole.LEARNER, ARRIVED))


def audited(room: Classroom) -> list[tuple[str, str | None, datetime]]:
    """What the cohort's audit says: action, about whom, when; oldest first."""
    with room.uow.read() as tx:
        return [(e.action, e.person, e.at) for e in reversed(tx.audit.of_cohort(HERE))]
