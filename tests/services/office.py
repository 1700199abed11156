"""What a lead has before them: a cohort of forty in which one question works backwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from course.access.roles import CohortRole
from course.content.model import Misconception
from course.learning.policy import Kind, Unlock
from course.questions import Question
from course.questions.base import Json
from course.services.insight import Insight, Lens
from course.storage.stores.cohorts import Group, Member
from course.storage.unit_of_work import UnitOfWork
from tests import factories
from tests.answered import BEGUN, by_strength, cohort, hand_in, learner_id, right
from tests.people import ANN, BEA, CAI

PEOPLE = 40
BAD = "one-4"
SURE = [
    {"id": i, "text": f"Option {i}", **({"correct": True} if i == "a" else {"misconception": "myth"} if i == "b" else {})} for i in "abcd"
]
TEN = [factories.single_choice(f"one-{n}") for n in range(10)]
TEST = [factories.question(f"test-{n}", options=SURE) for n in range(10)]
COURSE = factories.catalogue(
    [factories.module("first", [factories.cell("intro")])],
    [
        factories.quiz("q", TEN, Kind.CHECKPOINT, module="first"),
        factories.quiz("opening", TEST, Kind.PRETEST),
        factories.quiz("closing", TEST, Kind.POSTTEST),
        factories.quiz("later", TEST[:5], Kind.FOLLOWUP, unlock=(Unlock(handed_in="closing", after=30 * 86_400),)),
    ],
    taught_in={"test-0": ("first", "intro")},
)


def answering(who: int, position: int, question: Question) -> Json:
    """Stronger learners take B for right in the bad question."""
    if question.id == BAD:
        return "a" if who <= PEOPLE // 2 else "b"
    return by_strength(PEOPLE)(who, position, question)


@dataclass
class Office:
    insight: Insight
    uow: UnitOfWork
    lens: Lens


def filled(uow: UnitOfWork) -> Office:
    """BEA leads k and small, CAI instructs k, ANN leads another cohort; GUS is in none. Learner 1 learns in k."""
    with uow.write() as tx:
        cohort(tx, PEOPLE, leads=[BEA.id])
        tx.memberships.put(Member("k", CAI.id, CohortRole.INSTRUCTOR, BEGUN))
        tx.cohorts.add_group(Group("g", "k", "Evening", tuple(learner_id(n) for n in range(1, 4))))
        cohort(tx, 8, cohort_id="small", leads=[BEA.id], name="Small")
        cohort(tx, 1, cohort_id="foreign", leads=[ANN.id], name="Foreign")
        hand_in(tx, COURSE, "q", range(1, PEOPLE + 1), answering)
        hand_in(tx, COURSE, "q", range(1, 6), lambda _w, _p, q: right(q), at=BEGUN + timedelta(days=10), number=2)
        hand_in(tx, COURSE, "q", range(1, 9), lambda _w, _p, q: right(q), cohort_id="small")
        half = lambda _w, p, q: right(q) if p <= 5 else "b"  # noqa: E731
        hand_in(tx, COURSE, "opening", range(1, 21), half, at=BEGUN - timedelta(days=1), certainty=3)
        hand_in(tx, COURSE, "closing", range(6, 24), lambda w, p, q: right(q) if p <= 5 + w % 4 else "c", at=BEGUN + timedelta(days=5))
        hand_in(tx, COURSE, "later", range(6, 18), lambda _w, p, q: right(q) if p <= 4 else "c", at=BEGUN + timedelta(days=36))
    course = COURSE
    course.course.misconceptions["myth"] = Misconception("myth", "A myth.", "It is none.", "first#intro", factories.HERE)  # type: ignore[index]
    return Office(Insight(uow, lambda: course, lambda: BEGUN + timedelta(days=20)), uow, Lens("k", "q"))
