"""Accounts: signing in, sessions, passwords, guessing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from course.access.passport import Identity
from course.access.roles import SiteRole
from course.access.session_cookie import digest
from course.errors import NotFound, Refused
from course.services.people import Caller, signing
from course.services.people.accounts import Credentials
from course.services.people.signing import A_PAIR
from course.storage.unit_of_work import UnitOfWork, open_storage
from tests.services.townhall import WORDS, Townhall

TOKEN = "t" * 43


def test_signing_in_gives_a_new_session_and_ends_the_old_one(town: Townhall) -> None:
    ann = town.somebody("ann")
    assert town.people.sign_in(" ANN ", WORDS, "second", old_token="cookie-1", agent="Firefox on Linux").id == ann.learner
    assert town.people.visitor("cookie-1").learner is None
    view = town.people.account(ann.learner or "", "second")
    assert view is not None
    assert [(s.agent, s.here) for s in view.sessions] == [("Firefox on Linux", True)]
    assert digest("second") not in str(view), "what names a session does not open it"


@pytest.mark.parametrize(("login", "password"), [("ann", "seven green umbrella"), ("nobody", WORDS), ("", ""), ("ann", "x" * 9999)])
def test_every_wrong_way_in_reads_the_same(town: Townhall, login: str, password: str) -> None:
    town.somebody("ann")
    with pytest.raises(Refused, match="do not fit together"):
        town.people.sign_in(login, password, "new")
    assert town.people.visitor("new").learner is None


def test_a_name_that_nobody_has_takes_as_long(town: Townhall, monkeypatch: pytest.MonkeyPatch) -> None:
    town.somebody("ann")
    admin = town.somebody("ada", SiteRole.ADMIN)
    town.site.disable(admin, town.somebody("dee").learner or "")
    town.people.enter(Identity("https://id.test", "42", "elsewhere@course.test"), "seal", "x")
    work: list[str] = []
    hash_, verify = PasswordHasher.hash, PasswordHasher.verify
    monkeypatch.setattr(PasswordHasher, "hash", lambda self, *a, **k: work.append("once") or hash_(self, *a, **k))
    monkeypatch.setattr(PasswordHasher, "verify", lambda self, *a, **k: work.append("once") or verify(self, *a, **k))
    for login in ("ann", "nobody", "dee", "elsewhere@course.test"):
        work.clear()
        with pytest.raises(Refused):
            town.people.sign_in(login, "eight red bicycles", "new")
        assert work == ["once"], login


def test_accounts_are_not_made_without_end(town: Townhall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing, "AN_ADDRESS", 2)
    for number in range(2):
        town.people.sign_up(None, Credentials(f"ann{number}", WORDS), town.cookie(), address="203.0.113.1")
    with pytest.raises(Refused, match="too many"):
        town.people.sign_up(None, Credentials("ann9", WORDS), town.cookie(), address="203.0.113.1")
    town.people.sign_up(None, Credentials("bea", WORDS), town.cookie(), address="203.0.113.2")


def test_a_link_for_a_new_password_is_good_for_a_day(town: Townhall) -> None:
    ann, admin = town.somebody("ann"), town.somebody("ada", SiteRole.ADMIN)
    first = town.site.reset_link(admin, ann.learner or "")
    second = town.site.reset_link(admin, ann.learner or "")
    with pytest.raises(Refused, match="does not work any more"):
        town.people.reset(first, "eight red bicycles", "new")
    town.wait(hours=25)
    with pytest.raises(Refused, match="does not work any more"):
        town.people.reset(second, "eight red bicycles", "new")


def test_guessing_is_slowed_down_across_processes(town: Townhall, database_url: str) -> None:
    town.somebody("ann")
    storage = open_storage(database_url)
    other = Townhall(storage, now=town.now)
    for number in range(A_PAIR):
        with pytest.raises(Refused, match="do not fit"):
            (town, other)[number % 2].people.sign_in("ann", f"guess number {number}", "new", address="198.51.100.7")
    for process in (town, other):
        with pytest.raises(Refused, match="too many tries"):
            process.people.sign_in("ann", WORDS, "new", address="198.51.100.7")
    assert town.people.sign_in("ann", WORDS, "elsewhere", address="203.0.113.1").name == "Ann", "she is not locked out elsewhere"
    other.wait(minutes=16)
    assert other.people.sign_in("ann", WORDS, "later", address="198.51.100.7").name == "Ann"
    storage.close()


def test_two_processes_guessing_at_once_are_counted_together(town: Townhall, database_url: str) -> None:
    storages = [open_storage(database_url) for _ in range(2)]

    def hits(storage: UnitOfWork) -> list[int]:
        counted = []
        for _ in range(10):
            with storage.write() as tx:
                counted.append(tx.rates.hit("key", town.now, timedelta(minutes=15)))
        return counted

    with ThreadPoolExecutor(2) as threads:
        found = [n for numbers in threads.map(hits, storages) for n in numbers]
    assert sorted(found) == list(range(1, 21))
    for storage in storages:
        storage.close()


@pytest.mark.parametrize("login", ["", "   ", "two words", "x" * 255, "a\nb", "ANN"])
def test_a_name_to_sign_in_with_that_cannot_be_one_is_refused(town: Townhall, login: str) -> None:
    town.somebody("ann")
    with pytest.raises(Refused):
        town.people.sign_up(None, Credentials(login, WORDS), "new")


@pytest.mark.parametrize("email", ["ann", "ann@course", "@course.test", "ann@course.test,eve@course.test", "a b@course.test", "a@b.test>"])
def test_an_address_that_cannot_be_one_is_refused(town: Townhall, email: str) -> None:
    ann = town.somebody("ann")
    with pytest.raises(Refused, match="no e-mail address"):
        town.people.set_email(ann.learner or "", email)


@pytest.mark.parametrize("password", ["", "short", "aaaaaaaaaaaa", "password123", "annemarie2026", "1234567890", "x" * 201])
def test_a_password_that_is_tried_first_is_refused(town: Townhall, password: str) -> None:
    with pytest.raises(Refused):
        town.people.sign_up(None, Credentials("anne.marie@course.test", password), "new")


def test_another_password_signs_every_browser_out_but_this_one(town: Townhall) -> None:
    ann = town.somebody("ann")
    town.people.sign_in("ann", WORDS, "phone")
    with pytest.raises(Refused, match="present password"):
        town.people.change_password("phone", "wrong words here", "eight red bicycles", "next")
    town.people.change_password("phone", WORDS, "eight red bicycles", "next")
    assert [town.people.visitor(t).signed_in for t in ("cookie-1", "phone", "next")] == [False, False, True]
    with pytest.raises(Refused):
        town.people.sign_in("ann", WORDS, "new")
    assert town.people.sign_in("ann", "eight red bicycles", "new").id == ann.learner


def test_a_person_ends_their_own_sessions_and_nobody_elses(town: Townhall) -> None:
    ann, bea = town.somebody("ann"), town.somebody("bea")
    theirs = town.people.account(bea.learner or "")
    assert theirs is not None
    with pytest.raises(NotFound):
        town.people.end_session(ann.learner or "", theirs.sessions[0].id)
    town.people.sign_in("ann", WORDS, "phone")
    town.people.end_other_sessions(ann.learner or "", "phone")
    mine = town.people.account(ann.learner or "", "phone")
    assert mine is not None
    assert [s.here for s in mine.sessions] == [True]
    town.people.end_session(ann.learner or "", mine.sessions[0].id)
    assert town.people.visitor("phone").learner is None


def test_a_browser_that_was_not_used_for_two_months_is_signed_out(town: Townhall) -> None:
    town.somebody("ann")
    town.wait(days=59)
    assert town.people.visitor("cookie-1").signed_in
    town.wait(days=59)
    assert town.people.visitor("cookie-1").signed_in, "it was used meanwhile"
    town.wait(days=61)
    assert town.people.visitor("cookie-1").token is None
    with pytest.raises(Refused):
        town.people.begin("cookie-1")


def test_a_new_password_by_mail(town: Townhall) -> None:
    ann = town.somebody("ann")
    town.people.set_email(ann.learner or "", "Ann@course.test")
    town.people.ask_reset("nobody@course.test")()
    assert town.letters == []
    mail = town.people.ask_reset("ann@course.test")
    assert town.letters == [], "sent after the answer: how long it takes tells nothing"
    mail()
    ((to, subject, text),) = town.letters
    assert to == "ann@course.test"
    assert "ketamine" not in (subject + text).casefold()
    link = text.split("token=")[1].split()[0]
    with pytest.raises(Refused, match="at least 10"):
        town.people.reset(link, "short", "new")
    assert town.people.reset(link, "eight red bicycles", "new").id == ann.learner
    assert [town.people.visitor(t).signed_in for t in ("cookie-1", "new")] == [False, True]
    with pytest.raises(Refused, match="does not work any more"):
        town.people.reset(link, "nine blue kettles", "again")


def test_without_mail_somebody_is_told_whom_to_ask(uow: UnitOfWork) -> None:
    town = Townhall(uow, mail=False)
    with pytest.raises(Refused, match="Ask your instructor"):
        town.people.ask_reset("ann")


def test_a_disabled_account_opens_nothing(town: Townhall) -> None:
    admin, ann = town.somebody("ada", SiteRole.ADMIN), town.somebody("ann")
    link = town.site.reset_link(admin, ann.learner or "")
    town.site.disable(admin, ann.learner or "")
    assert town.people.visitor("cookie-2").learner is None
    with pytest.raises(Refused, match="do not fit"):
        town.people.sign_in("ann", WORDS, "new")
    with pytest.raises(Refused):
        town.people.reset(link, "eight red bicycles", "new")
    town.site.disable(admin, ann.learner or "", undo=True)
    assert town.people.sign_in("ann", WORDS, "new").id == ann.learner


def test_whoever_teaches_hands_over_before_being_erased(town: Townhall) -> None:
    tia = town.somebody("tia", SiteRole.TEACHER)
    with pytest.raises(Refused, match="hands that over"):
        town.people.erase("cookie-1")
    assert town.people.visitor("cookie-1").learner is not None
    town.site.set_role(town.somebody("ada", SiteRole.ADMIN), tia.learner or "", SiteRole.TEACHER, has=False)
    town.people.erase("cookie-1")
    assert town.people.visitor("cookie-1").learner is None


def test_a_caller_without_a_profile_has_no_role(town: Townhall) -> None:
    assert town.people.actor(Caller(None).learner).site == frozenset()
