"""Everything about a person can be taken away and erased; no table with a person in it is forgotten."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import Table

from course.access.assignments import Assignment, Extension, Item, ItemKind, Target, TargetKind
from course.access.roles import CohortRole, SiteRole
from course.analytics.rollups import result_sums
from course.learning.attempts import begin
from course.learning.events import EventKind
from course.learning.moderation import HandMark, verdict
from course.learning.responses import Response, ResponseKind
from course.learning.rulings import ActKind
from course.questions.base import State
from course.storage.personal_data import PROVIDERS
from course.storage.stores.accounts import Account, Purpose
from course.storage.stores.attempts import Slot
from course.storage.stores.audit import Entry
from course.storage.stores.cohorts import Cohort, Group, Member
from course.storage.stores.events import Event
from course.storage.stores.gradebook import GradeChange
from course.storage.stores.invitations import Invitation, InvitationKind
from course.storage.stores.marking import Draft
from course.storage.stores.practice import Try
from course.storage.stores.practice_rulings import PracticeRegrade
from course.storage.stores.rollups import KeptAnswers
from course.storage.stores.rulings import GONE, Result, Ruled, Void
from course.storage.tables import metadata
from course.storage.unit_of_work import UnitOfWork
from tests.factories import policy, single_choice
from tests.people import ANN, BEA, CAI

NOW = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)


_WEEK = Assignment("w1", "k1", "Week 1", (Item(ItemKind.QUIZ, "q"),))


def test_every_table_that_leads_to_a_learner_is_listed() -> None:
    personal = {"learner"}
    while grown := {t.name for t in metadata.tables.values() if t.name not in personal and _points_at(t, personal)}:
        personal |= grown
    assert {p.table.name for p in PROVIDERS} == personal | {"audit", "question_void"}
    assert not [t.name for t in metadata.tables.values() if t.name not in personal and "learner_id" in t.c]


def test_rows_are_erased_before_what_they_point_at() -> None:
    order = [p.table.name for p in PROVIDERS]
    for position, provider in enumerate(PROVIDERS):
        for key in provider.table.foreign_keys:
            target = key.column.table.name
            assert target not in order[:position], f"{provider.table.name} points at {target}, which is erased first"


def test_a_person_takes_away_everything_but_secrets(uow: UnitOfWork) -> None:
    _live(uow, ANN.id)
    with uow.read() as tx:
        taken = tx.personal_data.export(ANN.id)
    assert {name: len(rows) for name, rows in taken.items()} == {p.table.name: 1 for p in PROVIDERS}
    text = json.dumps(taken)
    assert "secret-of-" not in text
    assert '"pore"' in text
    assert taken["learner"][0]["name"] == "Ann"


def test_erasing_one_person_leaves_the_others(uow: UnitOfWork) -> None:
    _live(uow, ANN.id)
    _live(uow, BEA.id)
    with uow.read() as tx:
        before = tx.personal_data.export(BEA.id)
    with uow.write() as tx:
        assert tx.personal_data.erase(ANN.id) == len(PROVIDERS)
    with uow.read() as tx:
        assert not any(rows for rows in tx.personal_data.export(ANN.id).values())
        assert tx.personal_data.export(BEA.id) == before


def test_erasing_a_person_leaves_the_audit_of_what_they_changed_without_them(uow: UnitOfWork) -> None:
    _live(uow, ANN.id)
    _live(uow, BEA.id)
    with uow.write() as tx:
        tx.audit.append(Entry(NOW, "member.role", ANN.id, "k1", BEA.id, before={"role": "learner"}, after={"role": "lead"}))
        tx.personal_data.erase(ANN.id)
    with uow.read() as tx:
        last = tx.audit.of_cohort("k1")[0]
    assert (last.actor, last.person, last.after, dict(last.names)) == (None, BEA.id, {"role": "lead"}, {BEA.id: "Bea"})


def test_erasing_an_instructor_leaves_the_grades_they_changed_without_them(uow: UnitOfWork) -> None:
    _live(uow, ANN.id)
    with uow.write() as tx:
        tx.gradebook.change(GradeChange("w1", ANN.id, NOW, BEA.id, "Spoken exam.", 0.5, 1.0))
        tx.personal_data.erase(BEA.id)
    with uow.read() as tx:
        last = tx.gradebook.history("w1", ANN.id)[-1]
    assert (last.by, last.by_name, last.share) == (None, None, 1.0)


def test_erasing_graders_leaves_what_they_decided_without_their_names(uow: UnitOfWork) -> None:
    _live(uow, ANN.id)
    with uow.write() as tx:
        (attempt,) = tx.attempts.of_learner(ANN.id)
        for who, share in ((BEA, 0.0), (CAI, 1.0), (BEA, 0.25)):
            tx.rulings.add_mark(attempt.id, 1, HandMark(who.id, NOW, {"all": share}, share, person=who.id))
        ungraded = Result(None, None, None)
        tx.rulings.append([Ruled(attempt.id, 1, ActKind.REGRADE, NOW, "", "Looked again.", ungraded, ungraded, person=BEA.id)])
        tx.marking.keep_draft(Draft(attempt.id, 1, BEA.id, NOW, {}))
    with uow.read() as tx:
        before = tx.rulings.marks(attempt.id)[1]
        assert [(m.person, m.by) for m in before] == [(None, "Ivo"), (BEA.id, "Bea"), (CAI.id, "Cai"), (BEA.id, "Bea")]
        assert tx.rulings.of_attempt(attempt.id)[-1].by == "Bea"
    with uow.write() as tx:
        tx.personal_data.erase(BEA.id)
        tx.personal_data.erase(CAI.id)
    with uow.read() as tx:
        after = tx.rulings.marks(attempt.id)[1]
        last = tx.rulings.of_attempt(attempt.id)[-1]
        drafts = [who for who in (ANN, BEA) if tx.marking.draft((attempt.id, 1), who.id) is not None]
    one, other = verdict(before).final, verdict(after).final
    assert one is not None
    assert other is not None
    assert (other.share, other.by) == (one.share, "grader 3, whose account is gone")
    assert [m.share for m in verdict(after).marks] == [m.share for m in verdict(before).marks], "two who are gone stay two"
    assert "Bea" not in repr(after)
    assert (last.by, last.person, last.why) == (GONE, None, "Looked again.")
    assert drafts == [ANN]


def test_a_draft_goes_with_the_answer_it_is_about(uow: UnitOfWork) -> None:
    _live(uow, ANN.id)
    with uow.write() as tx:
        (attempt,) = tx.attempts.of_learner(ANN.id)
        tx.marking.keep_draft(Draft(attempt.id, 1, BEA.id, NOW, {}, "About Ann."))
        tx.personal_data.erase(ANN.id)
    with uow.read() as tx:
        assert tx.marking.draft((attempt.id, 1), BEA.id) is None


def _points_at(table: Table, names: set[str]) -> bool:
    return any(key.column.table.name in names for key in table.foreign_keys)


def _live(uow: UnitOfWork, learner: str) -> None:
    asked = single_choice("life")
    with uow.write() as tx:
        tx.questions.remember([asked], NOW)
        tx.sessions.add(f"secret-of-session-{learner[:1]}", NOW, learner)
        tx.resume_links.add(f"secret-of-link-{learner[:1]}", learner, NOW, NOW + timedelta(days=1))
        tx.events.append([Event(learner, NOW, EventKind.CELL_OPENED, "first", "intro")])
        tx.practice.append(Try(learner, NOW, "first", "ask", "life", asked.version, None, 1, "pore", 1.0, State.RIGHT))
        tx.rollups.keep_answers(learner, {"life": KeptAnswers(1, 1.0, None, 1.0, 0.0)})
        tx.rollups.keep_results(learner, {"q": result_sums([(1.0, True, NOW)])})
        started = begin(policy("q"), learner=learner, number=1, seed=1, key="secret-of-start", extra_time=1.0, now=NOW)
        stored = tx.attempts.add(started, [Slot(1, "life", asked.version, 1.0)])
        tx.attempts.append(stored.id, Response(1, NOW, ResponseKind.SAVED, "pore"))
        ungraded = Result(None, None, None)
        tx.rulings.append([Ruled(stored.id, 1, ActKind.REGRADE, NOW, "Ivo", "The key was wrong.", ungraded, ungraded)])
        tx.rulings.add_mark(stored.id, 1, HandMark("Ivo", NOW, {"all": 1.0}, 1.0, "Well said."))
        tx.marking.keep_draft(Draft(stored.id, 1, learner, NOW, {"all": 0.5}, "Hm."))
        tx.rulings.add_voids([Void("life", asked.version, ActKind.VOID, NOW, "", "Unclear.", learner)])
        tx.accounts.add(Account(learner, learner[:1], NOW, password_hash="secret-of-password"))
        tx.roles.grant(learner, SiteRole.TEACHER, NOW)
        tx.one_time_links.add(f"secret-of-reset-{learner[:1]}", Purpose.RESET, NOW, NOW + timedelta(hours=1), learner)
        if tx.cohorts.get("k1") is None:
            tx.cohorts.add(Cohort("k1", "Group B", NOW))
        tx.cohorts.add_group(Group(f"g-{learner[:1]}", "k1", f"Row {learner[:1]}", (learner,)))
        tx.memberships.put(Member("k1", learner, CohortRole.LEARNER, NOW, email=f"{learner[:1]}@course.test"))
        sent = Invitation(0, InvitationKind.LINK, "k1", "learner", learner, NOW, NOW + timedelta(days=14))
        tx.invitations.add(f"secret-of-invitation-{learner[:1]}", sent)
        if tx.assignments.get("w1") is None:
            tx.assignments.add(_WEEK, NOW)
        tx.assignments.add(replace(_WEEK, id=f"w-{learner[:1]}", targets=(Target(TargetKind.PERSON, learner),)), NOW)
        tx.assignments.extend(Extension("w1", learner, attempts=1), NOW)
        tx.assignments.exempt("w1", learner, True, NOW)
        tx.gradebook.change(GradeChange("w1", learner, NOW, None, "Spoken exam.", 0.5, 1.0))
        tx.reports.add(learner, NOW, "life", "v", "Two answers are right.")
        tx.calendars.add(f"secret-of-calendar-{learner[:1]}", learner, NOW)
        tx.audit.append(Entry(NOW, "member.extra_time", learner, "k1", learner, before={"factor": 1.0}, after={"factor": 1.5}))
        before = tx.practice_rulings.answers("life", learner)[0]
        tx.practice_rulings.regrade([PracticeRegrade(before, before, NOW, "Ivo", "The key was wrong.")])
