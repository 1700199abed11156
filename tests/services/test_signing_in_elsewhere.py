"""Signing in with an account elsewhere: one person, joined with a password, and taken apart again."""

from __future__ import annotations

import pytest

from course.access.passport import Identity
from course.access.roles import CohortRole, SiteRole
from course.errors import NotFound, Refused
from course.services.people.accounts import Credentials
from course.storage.unit_of_work import UnitOfWork
from tests.services.classroom import Classroom
from tests.services.townhall import WORDS, Townhall

TOKEN = "t" * 43


ELSEWHERE = Identity("https://id.test", "42", "ann@course.test", "Ann")


def test_somebody_known_elsewhere_has_one_account_whatever_their_address(town: Townhall) -> None:
    town.people.sign_up(None, Credentials("ann@course.test", WORDS), "hers")
    one = Identity("https://id.test", "42", "ann@course.test", "Ann")
    first = town.people.enter(one, "seal-1", "new")
    assert first.name == "Ann"
    mine = town.people.account(first.id)
    assert mine is not None
    assert (mine.login, mine.has_password) == ("42@id.test", False), "an address proves nothing about whose account it is"
    again = town.people.enter(Identity("https://id.test", "42", "new@course.test"), "seal-2", "phone")
    assert again.id == first.id
    assert town.people.enter(Identity("https://other.test", "42"), "seal-3", "third").id != first.id
    with pytest.raises(Refused, match="used already"):
        town.people.enter(one, "seal-1", "fourth")
    with pytest.raises(Refused, match="do not fit"):
        town.people.sign_in("42@id.test", "", "fifth")


def test_another_sign_in_is_joined_with_the_password_and_taken_apart(town: Townhall, uow: UnitOfWork) -> None:
    ann = town.somebody("ann")
    me = ann.learner or ""
    with pytest.raises(Refused, match="do not fit"):
        town.people.link(ELSEWHERE, "seal", "", "a wrong password", "new", old_token="cookie-1")
    with pytest.raises(Refused, match="do not fit"):
        town.people.link(ELSEWHERE, "seal", "", WORDS, "new", old_token="nobody's cookie")
    assert town.people.link(ELSEWHERE, "seal", "nobody", WORDS, "new", old_token="cookie-1").id == me, "who is signed in counts"
    assert [town.people.visitor(t).signed_in for t in ("cookie-1", "new")] == [False, True]
    mine = town.people.account(me)
    assert mine is not None
    assert (mine.elsewhere, mine.has_password, mine.email) == ("https://id.test", True, "ann@course.test")
    assert town.people.enter(ELSEWHERE, "seal-2", "phone").id == me
    town.people.set_email(me, "own@course.test")
    town.people.enter(ELSEWHERE, "seal-3", "phone-2")
    assert (kept := town.people.account(me)) is not None
    assert kept.email == "own@course.test", "whoever has a password chooses the address"
    with pytest.raises(Refused, match="one already"):
        town.people.link(ELSEWHERE, "seal-4", "ann", WORDS, "x")
    with pytest.raises(Refused, match="Take that apart first"):
        town.people.link(Identity("https://other.test", "1"), "seal-5", "ann", WORDS, "x")
    town.people.unlink(me)
    assert town.people.enter(ELSEWHERE, "seal-6", "third").id != me
    assert town.people.sign_in("ann", WORDS, "fourth").id == me
    with pytest.raises(NotFound):
        town.people.unlink(me)
    with uow.read() as tx:
        said = [e.after for e in tx.audit.of_site() if e.person == me]
    assert {"signs in": "elsewhere too"} in said
    assert {"signs in": "with the password alone"} in said


def test_what_was_done_under_the_other_sign_in_comes_along(town: Townhall, uow: UnitOfWork) -> None:
    ann = town.somebody("ann")
    me = ann.learner or ""
    other = town.people.enter(ELSEWHERE, "seal", "elsewhere")
    room = Classroom(uow, now=town.now)
    attempts = [room.take(other.id, "check-first", 1), room.take(me, "check-first", 2)]
    town.now = room.now
    assert town.people.link(ELSEWHERE, "seal-2", "ann", WORDS, "new", old_token="elsewhere").id == me
    with uow.read() as tx:
        assert [(a.id, a.number) for a in tx.attempts.of_learner(me, "check-first")] == list(zip(attempts, (1, 2), strict=True))
        assert tx.people.get(other.id) is None
    assert town.people.visitor("elsewhere").learner is None
    with pytest.raises(Refused, match="used already"):
        town.people.link(ELSEWHERE, "seal-2", "ann", WORDS, "again")


def test_accounts_that_cannot_be_one_stay_two(town: Townhall, uow: UnitOfWork) -> None:
    ivo, ann = town.somebody("ivo", SiteRole.TEACHER), town.somebody("ann")
    other = town.people.enter(ELSEWHERE, "seal", "elsewhere")
    cohort = town.cohort(ivo)
    for role, who in ((CohortRole.LEARNER, ann.learner), (CohortRole.LEAD, other.id)):
        town.people.accept(town.cohorts.invite_link(ivo, cohort.id, role).token, who or "")
    with pytest.raises(Refused, match="different roles"):
        town.people.link(ELSEWHERE, "seal-2", "ann", WORDS, "new")
    town.people.change_password("elsewhere", "", "eight red bicycles", "next")
    with pytest.raises(Refused, match="password of its own"):
        town.people.link(ELSEWHERE, "seal-2", "ann", WORDS, "new")
    town.people.unlink(other.id)
    assert town.people.link(ELSEWHERE, "seal-2", "ann", WORDS, "new").id == ann.learner, "a seal is used up by what succeeds"


def test_nothing_is_taken_apart_that_would_open_no_more(town: Townhall) -> None:
    other = town.people.enter(ELSEWHERE, "seal", "elsewhere")
    with pytest.raises(Refused, match="Set a password first"):
        town.people.unlink(other.id)


def test_what_a_guest_did_comes_along_from_elsewhere_too(town: Townhall) -> None:
    guest = town.people.begin(TOKEN)
    town.people.rename(guest.id, "Gus")
    person = town.people.enter(Identity("https://id.test", "7"), "seal", "new", old_token=TOKEN, bring=True)
    assert person.name == "Gus"
    town.site.disable(town.somebody("ada", SiteRole.ADMIN), person.id)
    with pytest.raises(Refused, match="disabled"):
        town.people.enter(Identity("https://id.test", "7"), "seal-2", "other")
