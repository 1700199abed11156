"""What a guest did comes along into the account they make or sign in to."""

from __future__ import annotations

import pytest

from course.errors import Refused
from course.services.people.accounts import Credentials
from course.services.people.merging import SPLIT
from course.storage.personal_data import PROVIDERS
from course.storage.stores.merging import MOVES, UNMOVED
from course.storage.unit_of_work import UnitOfWork
from tests.services.classroom import Classroom
from tests.services.townhall import WORDS, Townhall

TOKEN = "t" * 43


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
