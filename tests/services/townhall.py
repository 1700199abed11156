"""The services about people, with a clock turned by hand, quick passwords, and a letter box instead of a mail server."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from argon2 import PasswordHasher

from course.access.roles import CohortRole, SiteRole
from course.services.people import OPERATOR, Caller, Cohorts, Desk, People, Site
from course.services.people.accounts import Credentials
from course.services.people.passwords import Passwords
from course.storage.stores.cohorts import Cohort
from course.storage.unit_of_work import UnitOfWork

WORDS = "seven green umbrellas"
"""A password that may be one."""


@dataclass
class Townhall:
    """`people`, `cohorts` and `site` see `now` as it is when they are called; `letters` are (to, subject, text)."""

    uow: UnitOfWork
    now: datetime = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
    mail: bool = True
    letters: list[tuple[str, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        numbers = itertools.count(1)
        self.desk = Desk(
            uow=self.uow,
            clock=lambda: self.now,
            tokens=lambda: f"link-{next(numbers)}",
            codes=lambda: f"ABCDE-{next(numbers):05}",
            ids=lambda: f"person-{next(numbers)}",
            passwords=Passwords(lambda: b"a salt of 16 byt", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)),
            post=self._post if self.mail else None,
            base_url="https://course.test",
        )
        self.people, self.cohorts, self.site = People(self.desk), Cohorts(self.desk), Site(self.desk)
        self._cookies = itertools.count(1)

    def wait(self, **time: float) -> None:
        """Turn the clock: `wait(minutes=5)`."""
        self.now += timedelta(**time)

    def cookie(self) -> str:
        """A token that no browser had before."""
        return f"cookie-{next(self._cookies)}"

    def somebody(self, login: str, role: SiteRole | None = None) -> Caller:
        """A new person with an account, whose password is `WORDS`; with `role`, one for the site."""
        person = self.people.sign_up(None, Credentials(login, WORDS, name=login.title()), self.cookie())
        if role is not None:
            self.site.set_role(OPERATOR, person.id, role, has=True)
        return Caller(person.id)

    def cohort(self, teacher: Caller, name: str = "Group B") -> Cohort:
        return self.cohorts.create(teacher, name)

    def joined(self, teacher: Caller, cohort: Cohort, login: str, role: CohortRole = CohortRole.LEARNER) -> Caller:
        """A new person with an account, who accepted an invitation into the cohort."""
        who = self.somebody(login)
        self.people.accept(self.cohorts.invite_link(teacher, cohort.id, role).token, who.learner or "")
        return who

    def _post(self, to: str, subject: str, text: str) -> bool:
        self.letters.append((to, subject, text))
        return True
