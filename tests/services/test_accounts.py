"""Accounts: signing in, sessions, passwords, guessing, and what a guest did coming along."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from course.access.passport import Identity
from course.access.roles import CohortRole, SiteRole
from course.access.session_cookie import digest
from course.errors import NotFound, Refused
from course.services.people import Caller, signing
from course.services.people.accounts import Credentials
from course.services.people.merging import SPLIT
from course.services.people.signing import A_PAIR
from course.storage.personal_data import PROVIDERS
from course.storage.stores.merging import MOVES, UNMOVED
from course.storage.unit_of_work import UnitOfWork, open_storage
from tests.services.classroom import Classroom
from tests.services.townhall import WORDS, Townhall

TOKEN = "t" * 43


@pytest.fixture
def town(uow: UnitOfWork) -> Townhall:
    return Townhall(uow)


def test_a_guest_gets_an_account_and_keeps_everything(town: Townhall, uow: UnitOfWork) -> None:
    guest = town.people.begin(TOKEN)
    resume = town.people.resume_link(guest.id)
    made = town.people.sign_up(TOKEN, Credentials("Ann@Course.test", WORDS, "Ann"), "new")
    assert (made.id, made.name) == (guest.id, "Ann")
    here = town.people.visitor("new")
    assert here.signed_in
    assert here.learner == made
    assert town.people.visitor(TOKEN).learner is None, "the guest's cookie opens nothing any more"
    with pytest.raises(Refused):
        town.people.redeem(resume, "other")
    with pytest.raises(Refused, match="sign in"):
        town.people.resume_link(guest.id)
    with uow.read() as tx:
        stored = tx.accounts.get(guest.id)
    assert stored is not None
    assert stored.login == "ann@course.test"
    assert (stored.password_hash or "").startswith("$argon2id$")


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


def test_what_a_guest_did_comes_into_the_account_in_order(town: Townhall, uow: UnitOfWork) -> None:
    ann = town.somebody("ann")
    me = ann.learner or ""
    room = Classroom(uow, now=town.now)
    guest = town.people.begin(TOKEN)
    attempts = [room.take(guest.id, "check-first", 1), room.take(me, "check-first", 2), room.take(guest.id, "check-first", 3)]
    room.read(guest.id)
    room.read(me)
    results = {a: room.study.result(who, a).points for a, who in zip(attempts, (guest.id, me, guest.id), strict=True)}
    town.now = room.now
    assert town.people.guest_here(TOKEN) is not None
    town.people.sign_in("ann", WORDS, "new", old_token=TOKEN, bring=True)
    with uow.read() as tx:
        mine = tx.attempts.of_learner(me, "check-first")
        tries = tx.personal_data.export(me)["practice_response"]
        assert not any(tx.personal_data.export(guest.id).values()), "nothing is left of the guest"
    assert [(a.id, a.number) for a in mine] == list(zip(attempts, (1, 2, 3), strict=True))
    assert {a: room.study.result(me, a).points for a in attempts} == results
    assert [t["number"] for t in tries] == [1, 2]
    assert town.people.visitor(TOKEN).learner is None


def test_two_unfinished_attempts_at_one_quiz_are_not_mixed(town: Townhall, uow: UnitOfWork) -> None:
    ann = town.somebody("ann")
    room = Classroom(uow, now=town.now)
    guest = town.people.begin(TOKEN)
    for who in (guest.id, ann.learner or ""):
        room.study.start(who, "check-first", f"start-{who}")
    with pytest.raises(Refused) as refused:
        town.people.sign_in("ann", WORDS, "new", old_token=TOKEN, bring=True)
    assert refused.value.message == SPLIT
    assert town.people.visitor(TOKEN).learner == guest, "nothing was changed"
    assert town.people.visitor("new").learner is None


def test_without_bringing_the_guest_stays_apart(town: Townhall) -> None:
    ann = town.somebody("ann")
    guest = town.people.begin(TOKEN)
    town.people.rename(guest.id, "Gus")
    town.people.sign_in("ann", WORDS, "new", old_token=TOKEN)
    assert town.people.export(guest.id)["data"]["learner"][0]["name"] == "Gus"
    assert town.people.visitor("new").learner is not None
    assert ann.learner != guest.id


def test_every_table_with_a_learner_in_it_is_brought_along() -> None:
    direct = {p.table for p in PROVIDERS if p.through is None} - UNMOVED
    assert {m.table for m in MOVES} == direct


def test_an_account_is_not_swallowed_by_another(town: Townhall) -> None:
    ann, bea = town.somebody("ann"), town.somebody("bea")
    town.people.sign_in("ann", WORDS, "new", old_token="cookie-2", bring=True)
    assert town.people.account(bea.learner or "") is not None
    assert town.people.account(ann.learner or "") is not None


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


ELSEWHERE = Identity("https://id.test", "42", "ann@course.test", "Ann")


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
