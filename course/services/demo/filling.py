"""Fills a database: two classes with their staff, what they were handed out in the weeks behind and ahead, and what they did."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

import numpy as np

from course.access.assignments import Assignment, Extension
from course.access.roles import CohortRole, SiteRole
from course.content.model import Catalogue
from course.errors import Refused
from course.services.demo.people import Invented, beliefs, invented
from course.services.demo.plan import BEFORE, Odd, assignments, odd
from course.services.demo.work import Rows, Work, reporters
from course.services.study import rolling
from course.storage.stores.accounts import Account
from course.storage.stores.cohorts import Cohort, Group, Member
from course.storage.stores.notices import Announcement
from course.storage.stores.people import Learner
from course.storage.unit_of_work import Transaction, UnitOfWork

MOST: Final = 20_000
EARLIER: Final = 60
"""The class of the year before has two thirds of the learners, and never more than this."""
YEAR: Final = timedelta(weeks=52)
STAFF: Final = (("instructor", CohortRole.INSTRUCTOR), ("lead", CohortRole.LEAD))
_SPACE: Final = uuid.UUID("0b1e2a54-9d53-4ad2-8c5e-2f6f6f3f6d11")
_REPORTS: Final = (
    "Two of the answers say almost the same.",
    "I chose what the cell says and it was marked as wrong.",
    "I do not understand what is asked here.",
)


@dataclass(frozen=True, slots=True)
class Filled:
    """What was made. Ids to look at the pages as; `logins`: role -> login, each with `password`. `earlier`: the class of the year before.

    `odd`: the questions that are not what their labels say. Numbers are of the class of today, `attempts` and `answers` of both.
    """

    cohort: str
    earlier: str
    instructor: str
    lead: str
    admin: str
    learner: str
    learners: int
    assignments: int
    attempts: int
    answers: int
    odd: Odd
    logins: Mapping[str, str]
    password: str = ""


class Demo:
    """Makes synthetic classes of known abilities."""

    def __init__(
        self,
        uow: UnitOfWork,
        catalogue: Callable[[], Catalogue],
        clock: Callable[[], datetime],
        password: Callable[[], str],
        hashed: Callable[[str], str],
    ) -> None:
        """`password` makes one that nobody can guess, `hashed` what is stored of it."""
        self._uow, self._catalogue, self._clock = uow, catalogue, clock
        self._password, self._hashed = password, hashed

    def fill(self, learners: int, seed: int, *, beside: bool = False) -> Filled:
        """Make them, in one transaction.

        Raises:
            Refused: the database holds people and `beside` is not given, or one of the numbers is out of bounds.
        """
        if not 1 <= learners <= MOST:
            raise Refused(f"A demo has 1 to {MOST} learners.")
        if seed < 0:
            raise Refused("The seed of a demo is a whole number from 0 on.")
        now, password = self._clock().replace(microsecond=0), self._password()
        stored = self._hashed(password)
        with self._uow.write() as tx:
            people = tx.bulk.people()
            if people and not beside:
                raise Refused(
                    f"The database holds {people} people; nothing was changed. Give the demo a database of its own "
                    "(COURSE_DATA_DIR=/tmp/demo), or add --beside to put it beside them."
                )
            made = _Filling(tx, self._catalogue(), now, seed).fill(learners)
            ids = {"learner": made.learner, "instructor": made.instructor, "lead": made.lead, "admin": made.admin}
            for role, login in made.logins.items():
                tx.accounts.add(Account(ids[role], login, now, password_hash=stored, password_changed_at=now))
            return replace(made, password=password)


class _Filling:
    def __init__(self, tx: Transaction, catalogue: Catalogue, now: datetime, seed: int) -> None:
        self.tx, self.catalogue, self.now, self.seed = tx, catalogue, now, seed
        self.rng = np.random.default_rng([seed, 3])
        self.odd = odd(catalogue)
        self.rows = Rows()
        self.next_attempt = tx.bulk.next_attempt()

    def fill(self, learners: int) -> Filled:
        cohort, earlier = self._id("cohort"), self._id("cohort earlier")
        if self.tx.cohorts.get(cohort) is not None:
            raise Refused(f"The demo with seed {self.seed} stands in this database already. Choose another with --seed.")
        start = self.now - BEFORE
        self._staff(start - YEAR)
        people = invented(self.seed, learners)
        before = invented(self.seed, min(EARLIER, max(learners * 2 // 3, min(learners, 4))), 1)
        held = beliefs(self.seed, (*people, *before), self.catalogue.course.misconceptions)
        past = self._class(earlier, f"Demo cohort {self.seed}, the year before", before, start - YEAR)
        work = self._class(cohort, f"Demo cohort {self.seed}", people, start)
        self._allowances(work, people)
        for those, since, year, handed_out in ((before, start - YEAR, 1, past), (people, start, 0, work)):
            doing = Work(self.catalogue, self.rng, held, self.odd, year, since, self.now, self.next_attempt, self.rows)
            doing.do(handed_out, those)
            self.next_attempt = doing.next_attempt
        answered = self._write(start - YEAR, (cohort, earlier))
        self._reports({p.id for p in people})
        self.tx.meta.put(f"demo-{self.seed}", json.dumps({"seed": self.seed, "learners": learners, "cohort": cohort}))
        staff = {role: self._id(role) for role in ("instructor", "lead", "admin")}
        logins = {role: f"demo-{role}-{self.seed}" for role in ("learner", *staff)}
        return Filled(
            cohort, earlier, learner=people[0].id, learners=learners, assignments=len(work), attempts=len(self.rows.attempts),
            answers=answered, odd=self.odd, logins=logins, **staff,
        )  # fmt: skip

    def _id(self, name: str) -> str:
        return str(uuid.uuid5(_SPACE, f"{self.seed}/{name}"))

    def _staff(self, since: datetime) -> None:
        for role in ("instructor", "lead", "admin"):
            self.tx.people.add(Learner(self._id(role), since, f"Demo {role}"))
        self.tx.roles.grant(self._id("admin"), SiteRole.ADMIN, since)

    def _class(self, cohort: str, name: str, people: Sequence[Invented], start: datetime) -> tuple[Assignment, ...]:
        """The cohort with its members and groups, an announcement, and what it is handed out."""
        settings = {"gradebook": {"drop_lowest": 1, "show_mean": True, "show_place": True}}
        self.tx.cohorts.add(Cohort(cohort, name, start, settings=settings))
        for role, held in STAFF:
            self.tx.memberships.put(Member(cohort, self._id(role), held, start))
        self.tx.bulk.add("learner", (
            {"id": p.id, "name": p.name, "created_at": start, "clinician": False, "extra_time": 1.25 if n % 25 == 3 else 1.0, "time_zone": "UTC"}
            for n, p in enumerate(people)
        ))  # fmt: skip
        self.tx.bulk.add("membership", (
            {"cohort_id": cohort, "learner_id": p.id, "role": "learner", "since": start, "name": p.name, "email": p.email, "roster": {"id": p.number}}
            for p in people
        ))  # fmt: skip
        for n, group in enumerate(("Monday group", "Thursday group")):
            self.tx.cohorts.add_group(Group(self._id(f"{group} {cohort}"), cohort, group, tuple(p.id for p in people[n::2])))
        self.tx.announcements.add(
            Announcement(0, cohort, "Welcome", "This cohort is made up: names, answers and grades belong to nobody.", self.now)
        )
        handed_out = assignments(self.catalogue, cohort, start, lambda name: self._id(f"{name} {cohort}"))
        for one in handed_out:
            self.tx.assignments.add(one, start)
        return handed_out

    def _allowances(self, handed_out: Sequence[Assignment], people: Sequence[Invented]) -> None:
        for n, one in enumerate(handed_out[-4:]):
            if one.due is not None and n < len(people):
                self.tx.assignments.extend(Extension(one.id, people[n].id, due=one.due + timedelta(days=7)), self.now)
        if len(handed_out) > 2 and len(people) > 5:
            self.tx.assignments.exempt(handed_out[1].id, people[5].id, True, self.now)

    def _write(self, first: datetime, cohorts: Sequence[str]) -> int:
        rows, bulk = self.rows, self.tx.bulk
        self.tx.questions.remember(rows.asked.values(), first)
        bulk.add("attempt", rows.attempts)
        bulk.add("attempt_slot", rows.slots)
        answered = bulk.add("response", rows.responses)
        bulk.add("practice_response", rows.tries)
        bulk.add("event", sorted(rows.events, key=lambda e: e["at"]))
        bulk.finish()
        for learner in sorted({row["learner_id"] for row in rows.attempts} | {row["learner_id"] for row in rows.tries}):
            rolling.renewed(self.tx, learner)
        for cohort in cohorts:
            self.tx.rollup_days.keep(cohort, self.tx.rollup_days.logged(cohort))
        return answered + len(rows.tries)

    def _reports(self, today: set[str]) -> None:
        """Some of those who met the question that goes against ability report it."""
        those = [one for one in reporters(self.rows, self.odd.against) if one[0] in today]
        for (learner, at, version), text in zip(those[1:], _REPORTS, strict=False):
            self.tx.reports.add(learner, at + timedelta(minutes=3), self.odd.against or "", version, text)
