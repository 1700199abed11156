"""Coming in: the first admin, invitations, codes, and people a roster named."""

from __future__ import annotations

import pytest

from course.access.roles import CohortRole, SiteRole
from course.errors import NotFound, Refused
from course.services.people import OPERATOR, admitting
from course.services.people.accounts import Credentials
from course.services.people.inviting import plain_code
from course.storage.unit_of_work import UnitOfWork
from tests.services.classroom import Classroom
from tests.services.townhall import WORDS, Townhall


def test_the_first_admin_is_made_once(town: Townhall) -> None:
    one, two = town.people.first_admin_link(), town.people.first_admin_link()
    assert one is not None
    assert two is not None, "a second start prints another one"
    ada = town.people.become_first_admin(one, Credentials("ada", WORDS, "Ada"), "new")
    assert town.people.actor(ada.id).site == {SiteRole.ADMIN}
    assert town.people.visitor("new").signed_in
    for link in (one, two):
        with pytest.raises(Refused, match="does not work any more"):
            town.people.become_first_admin(link, Credentials("eve", WORDS), "other")
    assert town.people.first_admin_link() is None


def test_a_first_link_is_good_for_a_day(town: Townhall) -> None:
    link = town.people.first_admin_link()
    town.wait(hours=25)
    with pytest.raises(Refused):
        town.people.become_first_admin(link or "", Credentials("ada", WORDS), "new")


def test_a_weak_password_does_not_use_the_first_link_up(town: Townhall) -> None:
    link = town.people.first_admin_link() or ""
    with pytest.raises(Refused, match="at least 10"):
        town.people.become_first_admin(link, Credentials("ada", "short"), "new")
    assert town.people.become_first_admin(link, Credentials("ada", WORDS), "new").id


def test_a_link_to_the_site_makes_a_teacher(town: Townhall) -> None:
    admin = town.somebody("ada", SiteRole.ADMIN)
    sent = town.site.invite(admin, SiteRole.TEACHER)
    assert town.people.welcome(sent.token).role == "teacher"
    tia = town.people.accept_as_new(sent.token, Credentials("tia", WORDS), "new")
    assert town.people.actor(tia.id).site == {SiteRole.TEACHER}
    with pytest.raises(Refused):
        town.people.welcome(sent.token)


def test_somebody_a_roster_named_comes_in_with_what_they_did_as_a_guest(town: Townhall, uow: UnitOfWork) -> None:
    ivo = town.somebody("ivo", SiteRole.TEACHER)
    group = town.cohort(ivo)
    bea = town.cohorts.add(ivo, group.id, name="Bea Roster", email="bea@course.test")
    town.cohorts.set_extra_time(ivo, group.id, [bea.learner], 1.5)
    sent = town.cohorts.invite_members(ivo, group.id, (bea.learner,), mail=True)[bea.learner]
    assert sent.mailed
    assert sent.token in town.letters[0][2]
    greeted = town.people.welcome(sent.token)
    assert (greeted.to, greeted.name, greeted.email) == ("Group B", "Bea Roster", "bea@course.test")

    room = Classroom(uow, now=town.now)
    guest = town.people.begin("g" * 43)
    attempt = room.take(guest.id, "check-first")
    person = town.people.accept_as_new(
        sent.token, Credentials("bea", WORDS, email="bea@course.test"), "new", old_token="g" * 43, bring=True
    )
    assert (person.id, person.extra_time) == (bea.learner, 1.5)
    assert room.study.result(person.id, attempt).passed
    (member,) = [m for m in town.cohorts.members(ivo, group.id) if m.role is CohortRole.LEARNER]
    assert (member.learner, member.name, member.joined) == (person.id, "Bea Roster", True)


def test_somebody_with_an_account_accepts_into_it(town: Townhall) -> None:
    ivo, bea = town.somebody("ivo", SiteRole.TEACHER), town.somebody("bea")
    one, two = town.cohort(ivo, "One"), town.cohort(ivo, "Two")
    for group in (one, two):
        named = town.cohorts.add(ivo, group.id, name="Beatrice", email="b@course.test")
        town.cohorts.set_group(ivo, group.id, "Mornings", [named.learner])
        link = town.cohorts.invite_members(ivo, group.id, (named.learner,))[named.learner]
        town.people.accept(link.token, bea.learner or "")
    assert set(town.people.actor(bea.learner).cohorts) == {one.id, two.id}
    assert [m.name for m in town.cohorts.members(ivo, two.id)] == ["Beatrice", "Ivo"]
    assert town.cohorts.groups(ivo, two.id)[0].members == (bea.learner,)


def test_a_fresh_invitation_ends_the_earlier_one(town: Townhall) -> None:
    ivo = town.somebody("ivo", SiteRole.TEACHER)
    group = town.cohort(ivo)
    bea = town.cohorts.add(ivo, group.id, name="Bea")
    first, second = (town.cohorts.invite_members(ivo, group.id, [bea.learner])[bea.learner].token for _ in range(2))
    with pytest.raises(Refused):
        town.people.welcome(first)
    assert town.people.welcome(second).name == "Bea"
    town.cohorts.remove(ivo, group.id, [bea.learner])
    with pytest.raises(Refused):
        town.people.accept_as_new(second, Credentials("bea", WORDS), "new")


def test_a_code_is_typed_as_people_type(town: Townhall) -> None:
    ivo = town.somebody("ivo", SiteRole.TEACHER)
    group = town.cohort(ivo)
    sent = town.cohorts.join_code(ivo, group.id)
    for typed in (sent.token, sent.token.lower().replace("-", " "), sent.token.replace("0", "o")):
        assert town.people.welcome(town.people.look_up_code(typed)).to == "Group B"
    for number in range(3):
        town.people.accept_as_new(plain_code(sent.token), Credentials(f"learner{number}", WORDS), town.cookie())
    assert town.cohorts.mine(ivo)[0].sizes[CohortRole.LEARNER] == 3
    later = town.cohorts.join_code(ivo, group.id)
    assert later.token != sent.token
    with pytest.raises(Refused, match="no such code"):
        town.people.look_up_code(sent.token)


def test_guessing_codes_is_slowed_down(town: Townhall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admitting, "CODES", 3)
    for _ in range(3):
        with pytest.raises(Refused, match="no such code"):
            town.people.look_up_code("AAAAA-AAAAA", address="198.51.100.7")
    with pytest.raises(Refused, match="too many tries"):
        town.people.look_up_code("AAAAA-AAAAA", address="198.51.100.7")


def test_an_invitation_does_not_lower_anybody(town: Townhall) -> None:
    ivo = town.somebody("ivo", SiteRole.TEACHER)
    group = town.cohort(ivo)
    town.people.accept(town.cohorts.invite_link(ivo, group.id).token, ivo.learner or "")
    assert town.people.actor(ivo.learner).cohorts[group.id] is CohortRole.INSTRUCTOR
    lea = town.joined(ivo, group, "lea", CohortRole.LEAD)
    town.cohorts.remove(ivo, group.id, [lea.learner or ""])
    town.people.accept(town.cohorts.invite_link(ivo, group.id).token, lea.learner or "")
    assert town.people.actor(lea.learner).cohorts[group.id] is CohortRole.LEARNER


def test_an_archived_cohort_takes_nobody_in(town: Townhall) -> None:
    ivo = town.somebody("ivo", SiteRole.TEACHER)
    group = town.cohort(ivo)
    sent = town.cohorts.invite_link(ivo, group.id, uses=None)
    town.cohorts.archive(ivo, group.id)
    with pytest.raises(Refused):
        town.people.welcome(sent.token)
    with pytest.raises(Refused):
        town.people.accept_as_new(sent.token, Credentials("bea", WORDS), "new")
    assert town.people.visitor("new").learner is None
    town.cohorts.archive(ivo, group.id, undo=True)
    assert town.people.welcome(sent.token).to == "Group B"


def test_invitations_are_listed_without_their_secret_and_withdrawn(town: Townhall) -> None:
    ivo = town.somebody("ivo", SiteRole.TEACHER)
    one, two = town.cohort(ivo, "One"), town.cohort(ivo, "Two")
    sent = town.cohorts.invite_link(ivo, one.id, days=3, uses=40)
    (listed,) = town.cohorts.invitations(ivo, one.id)
    assert sent.token not in str(listed)
    with pytest.raises(NotFound):
        town.cohorts.withdraw(ivo, two.id, listed.id)
    town.cohorts.withdraw(ivo, one.id, listed.id)
    assert town.cohorts.invitations(ivo, one.id) == ()


@pytest.mark.parametrize(("role", "days", "uses"), [(CohortRole.LEAD, 5, 2), (CohortRole.LEARNER, 0, 1), (CohortRole.LEARNER, 400, 1)])
def test_a_link_that_reaches_too_far_is_refused(town: Townhall, role: CohortRole, days: int, uses: int) -> None:
    ivo = town.somebody("ivo", SiteRole.TEACHER)
    with pytest.raises(Refused):
        town.cohorts.invite_link(ivo, town.cohort(ivo).id, role, days=days, uses=uses)


def test_the_command_line_adds_a_person_who_sets_their_own_password(town: Townhall) -> None:
    person, link = town.site.add(OPERATOR, "tia", name="Tia", role=SiteRole.TEACHER)
    with pytest.raises(Refused):
        town.people.sign_in("tia", "", "new")
    assert town.people.reset(link, WORDS, "new").id == person
    assert town.site.find(OPERATOR, "TIA") == person
