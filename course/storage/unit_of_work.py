"""One transaction at a time: everything a use case writes is stored together or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from course.storage.engine import Engines, connect
from course.storage.failures import explained
from course.storage.personal_data import PersonalData
from course.storage.stores.accounts import AccountStore, OneTimeLinkStore, RateStore, RoleStore
from course.storage.stores.answers import AnswerStore
from course.storage.stores.assignments import AssignmentStore
from course.storage.stores.attempts import AttemptStore
from course.storage.stores.audit import AuditStore
from course.storage.stores.bulk import BulkStore
from course.storage.stores.calibrations import CalibrationStore
from course.storage.stores.cohorts import CohortStore, MembershipStore
from course.storage.stores.events import EventStore
from course.storage.stores.gradebook import GradebookStore
from course.storage.stores.invitations import InvitationStore
from course.storage.stores.marking import MarkingStore
from course.storage.stores.merging import MergingStore
from course.storage.stores.meta import MetaStore
from course.storage.stores.notices import AnnouncementStore, CalendarStore
from course.storage.stores.people import PeopleStore
from course.storage.stores.practice import PracticeStore
from course.storage.stores.practice_rulings import PracticeRulingStore
from course.storage.stores.questions import QuestionStore
from course.storage.stores.reports import ReportStore
from course.storage.stores.rollup_days import RollupDayStore
from course.storage.stores.rollups import RollupStore
from course.storage.stores.rulings import RulingStore
from course.storage.stores.sessions import ResumeLinkStore, SessionStore


@dataclass(frozen=True, slots=True)
class Transaction:
    """The stores of one transaction."""

    people: PeopleStore
    sessions: SessionStore
    resume_links: ResumeLinkStore
    events: EventStore
    questions: QuestionStore
    practice: PracticeStore
    attempts: AttemptStore
    answers: AnswerStore
    reports: ReportStore
    rollups: RollupStore
    rollup_days: RollupDayStore
    calibrations: CalibrationStore
    rulings: RulingStore
    practice_rulings: PracticeRulingStore
    marking: MarkingStore
    accounts: AccountStore
    roles: RoleStore
    one_time_links: OneTimeLinkStore
    rates: RateStore
    cohorts: CohortStore
    memberships: MembershipStore
    invitations: InvitationStore
    audit: AuditStore
    assignments: AssignmentStore
    gradebook: GradebookStore
    announcements: AnnouncementStore
    calendars: CalendarStore
    merging: MergingStore
    personal_data: PersonalData
    bulk: BulkStore
    meta: MetaStore


@dataclass(frozen=True, slots=True)
class UnitOfWork:
    """Opens transactions. Both raise StorageUnavailable when the database is busy, full, read-only or gone.

    `with uow.write() as tx:` commits at its end and stores nothing when an exception leaves it. `with uow.read() as tx:` sees
    one snapshot and stores nothing.
    """

    engines: Engines

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        with explained(), self.engines.turn(), self.engines.write.begin() as connection:
            yield _transaction(connection)

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        with explained(), _reading(self.engines.read) as connection:
            yield _transaction(connection)

    def close(self) -> None:
        """Close every pooled connection."""
        self.engines.dispose()


def open_storage(url: str, *, busy_seconds: float = 5.0) -> UnitOfWork:
    """Units of work on the database at `url`, whose schema is up to date (`schema.prepare`)."""
    return UnitOfWork(connect(url, busy_seconds=busy_seconds))


@contextmanager
def _reading(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        yield connection


def _transaction(connection: Connection) -> Transaction:
    return Transaction(
        people=PeopleStore(connection),
        sessions=SessionStore(connection),
        resume_links=ResumeLinkStore(connection),
        events=EventStore(connection),
        questions=QuestionStore(connection),
        practice=PracticeStore(connection),
        attempts=AttemptStore(connection),
        answers=AnswerStore(connection),
        reports=ReportStore(connection),
        rollups=RollupStore(connection),
        rollup_days=RollupDayStore(connection),
        calibrations=CalibrationStore(connection),
        rulings=RulingStore(connection),
        practice_rulings=PracticeRulingStore(connection),
        marking=MarkingStore(connection),
        accounts=AccountStore(connection),
        roles=RoleStore(connection),
        one_time_links=OneTimeLinkStore(connection),
        rates=RateStore(connection),
        cohorts=CohortStore(connection),
        memberships=MembershipStore(connection),
        invitations=InvitationStore(connection),
        audit=AuditStore(connection),
        assignments=AssignmentStore(connection),
        gradebook=GradebookStore(connection),
        announcements=AnnouncementStore(connection),
        calendars=CalendarStore(connection),
        merging=MergingStore(connection),
        personal_data=PersonalData(connection),
        bulk=BulkStore(connection),
        meta=MetaStore(connection),
    )
