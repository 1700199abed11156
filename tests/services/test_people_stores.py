"""What the stores of accounts, cohorts and the audit promise, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from course.access.roles import CohortRole, SiteRole
from course.storage.stores.accounts import Account, Purpose
from course.storage.stores.audit import Entry
from course.storage.stores.cohorts import Cohort, Group, Member
from course.storage.stores.invitations import Invitation, InvitationKind
from course.storage.unit_of_work import UnitOfWork, open_storage
from tests.people import ANN, BEA, CAI

NOW = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


def test_an_account_is_found_by_every_name_it_has(uow: UnitOfWork) -> None:
    ann = Account(ANN.id, "ann", NOW, "hash", "ann@course.test", NOW, "https://id.test", "42")
    with uow.write() as tx:
        tx.accounts.add(ann)
        tx.accounts.add(Account(BEA.id, "bea", NOW))
    with uow.read() as tx:
        assert tx.accounts.get(ANN.id) == tx.accounts.by_login("ann") == tx.accounts.by_subject("https://id.test", "42") == ann
        assert tx.accounts.by_email("ann@course.test") == (ann,)
        assert [k.account.login for k in tx.accounts.everybody()] == ["ann", "bea"]
        assert tx.accounts.by_login("cai") is None


def test_an_actor_has_present_roles_only(uow: UnitOfWork) -> None:
    with uow.write() as tx:
        for name in ("k1", "k2"):
            tx.cohorts.add(Cohort(name, name, NOW))
            tx.memberships.put(Member(name, ANN.id, CohortRole.INSTRUCTOR, NOW))
        tx.roles.grant(ANN.id, SiteRole.ADMIN, NOW)
        tx.roles.grant(ANN.id, SiteRole.ADMIN, NOW)
        tx.roles.grant(ANN.id, SiteRole.TEACHER, NOW)
        tx.roles.withdraw(ANN.id, SiteRole.TEACHER)
        tx.memberships.put(Member("k2", ANN.id, CohortRole.INSTRUCTOR, NOW, removed_at=NOW))
    with uow.read() as tx:
        actor = tx.roles.actor(ANN.id)
        assert tx.roles.actor(None).learner is None
        assert not tx.accounts.any_admin(), "an admin who cannot sign in is none"
    assert (actor.site, dict(actor.cohorts)) == (frozenset({SiteRole.ADMIN}), {"k1": CohortRole.INSTRUCTOR})


def test_somebody_who_comes_back_has_one_membership(uow: UnitOfWork) -> None:
    with uow.write() as tx:
        tx.cohorts.add(Cohort("k1", "Group B", NOW))
        tx.cohorts.add_group(Group("g1", "k1", "Mornings", (ANN.id, BEA.id)))
        tx.memberships.put(Member("k1", ANN.id, CohortRole.LEARNER, NOW, listed="Ann Roster", roster={"idnumber": "7"}))
        tx.memberships.put(Member("k1", BEA.id, CohortRole.LEARNER, NOW))
        gone = tx.memberships.get("k1", ANN.id)
        assert gone is not None
        tx.memberships.put(replace(gone, removed_at=NOW))
        tx.memberships.leave_groups("k1", ANN.id)
        assert tx.memberships.get("k1", ANN.id) is None
        assert [m.learner for m in tx.memberships.of_cohort("k1")] == [BEA.id]
        assert tx.cohorts.groups("k1")[0].members == (BEA.id,)
        tx.memberships.put(replace(gone, role=CohortRole.LEAD))
    with uow.read() as tx:
        back = tx.memberships.of_cohort("k1", past=True)
        assert [(m.name, m.role, m.extra_time) for m in back] == [("Ann Roster", CohortRole.LEAD, 1.0), ("Bea", CohortRole.LEARNER, 1.5)]
        assert back[0].roster == {"idnumber": "7"}
        assert tx.cohorts.sizes(["k1", "k2"]) == {"k1": {CohortRole.LEAD: 1, CohortRole.LEARNER: 1}}


def test_a_link_works_once_and_for_its_purpose(uow: UnitOfWork) -> None:
    soon = NOW + timedelta(hours=1)
    with uow.write() as tx:
        tx.one_time_links.add("one", Purpose.RESET, NOW, soon, ANN.id)
        assert not tx.one_time_links.is_fresh("one", Purpose.FIRST_ADMIN, NOW)
        assert tx.one_time_links.use("one", Purpose.FIRST_ADMIN, NOW) == (False, None)
        assert tx.one_time_links.use("one", Purpose.RESET, soon) == (False, None), "too late"
        assert tx.one_time_links.use("one", Purpose.RESET, NOW) == (True, ANN.id)
        assert tx.one_time_links.use("one", Purpose.RESET, NOW) == (False, None)
        tx.one_time_links.add("two", Purpose.RESET, NOW, soon, ANN.id)
        tx.one_time_links.add("three", Purpose.RESET, NOW, soon, ANN.id)
        assert not tx.one_time_links.is_fresh("two", Purpose.RESET, NOW), "a newer link takes its place"


def test_an_invitation_is_open_until_it_is_used_withdrawn_or_old(uow: UnitOfWork) -> None:
    made = Invitation(0, InvitationKind.CODE, "k1", "learner", None, NOW, NOW + timedelta(days=1), max_uses=2)
    with uow.write() as tx:
        tx.cohorts.add(Cohort("k1", "Group B", NOW))
        number = tx.invitations.add("code", made)
        found = tx.invitations.find("code")
        assert found is not None
        assert found.is_open(NOW)
        assert not found.is_open(NOW + timedelta(days=1))
        assert [i.id for i in tx.invitations.of_cohort("k1", NOW)] == [number]
        tx.invitations.used(number)
        tx.invitations.used(number)
        assert tx.invitations.of_cohort("k1", NOW) == ()
        other = tx.invitations.add("other", replace(made, kind=InvitationKind.LINK, learner=ANN.id))
        tx.invitations.revoke_for("k1", [ANN.id], NOW)
        again = tx.invitations.peek("other")
        assert again is not None
        assert (again.id, again.is_open(NOW)) == (other, False)


def test_tries_are_counted_together_by_every_process(database_url: str) -> None:
    one, two = open_storage(database_url), open_storage(database_url)
    for number, storage in enumerate([one, two, one, two], start=1):
        with storage.write() as tx:
            assert tx.rates.hit("key", NOW, QUARTER) == number
    with two.write() as tx:
        assert tx.rates.hit("other", NOW, QUARTER) == 1
        assert tx.rates.hit("key", NOW + QUARTER, QUARTER) == 1, "a new window"
        tx.rates.forget("other")
        tx.rates.sweep(NOW + QUARTER + timedelta(seconds=1))
        assert tx.rates.hit("key", NOW + QUARTER, QUARTER) == 1
    one.close()
    two.close()


def test_the_audit_is_read_in_pages_and_by_place(uow: UnitOfWork) -> None:
    with uow.write() as tx:
        tx.cohorts.add(Cohort("k1", "Group B", NOW))
        for number in range(5):
            tx.audit.append(Entry(NOW, "cohort.edit", ANN.id, "k1", before={"name": number}, after={"name": number + 1}))
        tx.audit.append(Entry(NOW, "site.roles", ANN.id, person=CAI.id, after={"role": "admin"}))
    with uow.read() as tx:
        newest = tx.audit.of_cohort("k1", limit=2)
        assert [e.after for e in newest] == [{"name": 5}, {"name": 4}]
        assert [e.after for e in tx.audit.of_cohort("k1", before=newest[-1].id)] == [{"name": 3}, {"name": 2}, {"name": 1}]
        assert [e.action for e in tx.audit.of_site()] == ["site.roles"]
        assert dict(tx.audit.of_site()[0].names) == {ANN.id: "Ann", CAI.id: "Cai"}
