"""Guests: a profile comes with the first thing to save, and goes with a click."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from course.errors import NotFound, Refused
from course.storage.unit_of_work import UnitOfWork
from tests.services.classroom import Classroom
from tests.services.townhall import Townhall

TOKEN = "t" * 43
OTHER = "o" * 43


@pytest.fixture
def desk(uow: UnitOfWork) -> Townhall:
    return Townhall(uow)


def test_a_visit_stores_nothing(desk: Townhall) -> None:
    who = desk.people.visitor(TOKEN)
    assert (who.token, who.learner) == (TOKEN, None)
    assert desk.people.visitor(None).token is None


def test_beginning_twice_gives_one_profile(desk: Townhall) -> None:
    first = desk.people.begin(TOKEN, zone="Europe/London")
    assert desk.people.begin(TOKEN) == first
    assert first.time_zone == "Europe/London"
    assert desk.people.visitor(TOKEN).learner == first


def test_an_unknown_time_zone_becomes_utc(desk: Townhall) -> None:
    assert desk.people.begin(TOKEN, zone="Mars/Olympus").time_zone == "UTC"


def test_a_name_is_trimmed_and_can_be_taken_back(desk: Townhall) -> None:
    guest = desk.people.begin(TOKEN)
    assert desk.people.rename(guest.id, "  Gus   Guest ").name == "Gus Guest"
    assert len(desk.people.rename(guest.id, "x" * 500).name or "") == 80
    assert desk.people.rename(guest.id, "  ").name is None


def test_the_clinician_declaration_can_be_taken_back(desk: Townhall) -> None:
    guest = desk.people.begin(TOKEN)
    assert desk.people.declare_clinician(guest.id, True).clinician
    assert not desk.people.declare_clinician(guest.id, False).clinician


def test_a_resume_link_works_once_in_another_browser(desk: Townhall) -> None:
    guest = desk.people.begin(TOKEN)
    link = desk.people.resume_link(guest.id)
    assert desk.people.redeem(link, OTHER) == guest
    assert desk.people.visitor(OTHER).learner == guest
    assert desk.people.visitor(TOKEN).learner == guest, "the first browser keeps its place"
    with pytest.raises(Refused):
        desk.people.redeem(link, "n" * 43)
    assert desk.people.visitor("n" * 43).learner is None


def test_a_resume_link_is_refused_after_a_day(desk: Townhall) -> None:
    link = desk.people.resume_link(desk.people.begin(TOKEN).id)
    desk.now += timedelta(hours=24, seconds=1)
    with pytest.raises(Refused):
        desk.people.redeem(link, OTHER)


def test_a_made_up_link_is_refused_with_the_same_words_as_a_used_one(desk: Townhall) -> None:
    link = desk.people.resume_link(desk.people.begin(TOKEN).id)
    desk.people.redeem(link, OTHER)
    with pytest.raises(Refused) as used:
        desk.people.redeem(link, "n" * 43)
    with pytest.raises(Refused) as invented:
        desk.people.redeem("no-such-link", "n" * 43)
    assert used.value.message == invented.value.message


def test_leaving_forgets_the_browser_and_keeps_the_profile(desk: Townhall) -> None:
    guest = desk.people.begin(TOKEN)
    link = desk.people.resume_link(guest.id)
    desk.people.leave(TOKEN)
    assert desk.people.visitor(TOKEN).token is None
    with pytest.raises(Refused):
        desk.people.begin(TOKEN)
    assert desk.people.redeem(link, OTHER) == guest


def test_erasing_removes_the_person_from_every_browser(desk: Townhall, uow: UnitOfWork) -> None:
    guest = desk.people.begin(TOKEN)
    desk.people.redeem(desk.people.resume_link(guest.id), OTHER)
    desk.people.erase(TOKEN)
    assert desk.people.visitor(OTHER).learner is None
    with pytest.raises(NotFound):
        desk.people.export(guest.id)
    with uow.read() as tx:
        assert not any(tx.personal_data.export(guest.id).values())


def test_a_stranger_erases_nothing(desk: Townhall) -> None:
    guest = desk.people.begin(TOKEN)
    desk.people.erase(OTHER)
    desk.people.erase(None)
    assert desk.people.visitor(TOKEN).learner == guest


def test_the_export_holds_the_profile_and_no_token(desk: Townhall) -> None:
    guest = desk.people.begin(TOKEN)
    desk.people.rename(guest.id, "Gus")
    desk.people.resume_link(guest.id)
    exported = desk.people.export(guest.id)
    assert exported["data"]["learner"][0]["name"] == "Gus"
    assert "token" not in str(exported["data"])
    assert "not a screening result" in exported["note"]


def test_the_file_of_everything_about_a_person_says_what_the_export_says(desk: Townhall) -> None:
    guest = desk.people.begin(TOKEN)
    desk.people.rename(guest.id, "Gus \u201cquoted\u201d")
    room = Classroom(desk.uow, now=desk.now)
    room.take(guest.id, "check-first")
    pieces: list[bytes] = []
    desk.people.export_file(guest.id, pieces.append)
    assert json.loads(b"".join(pieces)) == desk.people.export(guest.id)
    assert len(pieces) > 10, "row by row, not as a whole"
    with pytest.raises(NotFound):
        desk.people.export_file("nobody", pytest.fail)
