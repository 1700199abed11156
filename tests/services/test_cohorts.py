"""Cohorts, who is in them, rosters and the audit; and the permission table as the services keep it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from course.access.permissions import NOT_THERE, TABLE, Action, Role, Scope
from course.access.roles import CohortRole, SiteRole
from course.errors import NotAllowed, NotFound, Refused
from course.services.people import OPERATOR, Caller, auditing
from course.services.people.rosters import LineKind
from course.storage.stores.cohorts import Cohort
from course.storage.unit_of_work import open_storage
from tests.services.townhall import Townhall

ROSTER = b"name,email,id,group,extra_time\nBea Blue,bea@course.test,7,Mornings,1.25\nCai Cyan,cai@course.test,8,Mornings,\n"


@pytest.fixture
def ivo(town: Townhall) -> Caller:
    return town.somebody("ivo", SiteRole.TEACHER)


@pytest.fixture
def group(town: Townhall, ivo: Caller) -> Cohort:
    return town.cohort(ivo)


def test_a_cohort_is_made_renamed_archived_and_copied(town: Townhall, ivo: Caller, group: Cohort) -> None:
    town.cohorts.edit(ivo, group.id, name="  Group   C ", zone="Europe/London")
    town.cohorts.set_settings(ivo, group.id, show_class_mean=True)
    town.cohorts.add(ivo, group.id, name="Bea")
    town.cohorts.set_group(ivo, group.id, "Mornings", [])
    made = town.cohorts.copy(ivo, group.id, "Next year")
    assert (made.time_zone, made.settings) == ("Europe/London", {"show_class_mean": True})
    assert [m.name for m in town.cohorts.members(ivo, made.id)] == ["Ivo"]
    assert [g.name for g in town.cohorts.groups(ivo, made.id)] == ["Mornings"]
    town.cohorts.archive(ivo, group.id)
    assert [(v.cohort.name, v.role) for v in town.cohorts.mine(ivo)] == [
        ("Next year", CohortRole.INSTRUCTOR),
        ("Group C", CohortRole.INSTRUCTOR),
    ]
    with pytest.raises(Refused, match="archived"):
        town.cohorts.add(ivo, group.id, name="Cai")


def test_a_press_that_comes_again_makes_nothing_more(town: Townhall, ivo: Caller, group: Cohort) -> None:
    other = town.somebody("oda", SiteRole.TEACHER)
    one = town.cohorts.create(ivo, "Evenings", key="k1")
    assert town.cohorts.create(ivo, " Evenings ", key="k1") == one
    copied = town.cohorts.copy(ivo, group.id, "Next year", key="k1")
    assert town.cohorts.copy(ivo, group.id, "Next year", key="k1") == copied
    bea = town.cohorts.add(ivo, group.id, name="Bea", email="bea@course.test", key="k1")
    assert town.cohorts.add(ivo, group.id, name="Bea", email="bea@course.test", key="k1").learner == bea.learner
    assert len(town.cohorts.audit(ivo, one.id).lines) == 1
    assert {m.learner for m in town.cohorts.members(ivo, group.id)} == {ivo.learner, bea.learner}
    again = [
        town.cohorts.create(who, name, key=key).id
        for who, name, key in ((ivo, "Evenings", "k2"), (ivo, "Late", "k1"), (other, "Evenings", "k1"))
    ]
    assert len({one.id, *again}) == 4, "another form, other words, another person"
    town.cohorts.remove(ivo, group.id, [bea.learner])
    town.cohorts.add(ivo, group.id, name="Bea", email="bea@course.test", key="k1")
    assert [m.name for m in town.cohorts.members(ivo, group.id)] == ["Ivo"], "what was taken away since stays away"
    with pytest.raises(Refused, match="Reload"):
        town.cohorts.create(ivo, "Evenings", key="k" * 81)


@pytest.mark.parametrize(("name", "zone"), [("", "UTC"), ("   ", "UTC"), ("Group", "Mars/Olympus")])
def test_an_odd_name_or_zone_is_refused(town: Townhall, ivo: Caller, group: Cohort, name: str, zone: str) -> None:
    with pytest.raises(Refused):
        town.cohorts.edit(ivo, group.id, name=name, zone=zone)
    with pytest.raises(Refused):
        town.cohorts.create(ivo, name, zone=zone)


def test_a_removed_learner_sees_nothing_any_more_and_comes_back_to_everything(town: Townhall, ivo: Caller, group: Cohort) -> None:
    bea = town.joined(ivo, group, "bea")
    town.cohorts.set_group(ivo, group.id, "Mornings", [bea.learner or ""])
    assert town.cohorts.one(bea, group.id).name == "Group B"
    assert town.cohorts.remove(ivo, group.id, [bea.learner or "", "nobody"]) == 1
    with pytest.raises(NotFound):
        town.cohorts.one(bea, group.id)
    assert town.cohorts.groups(ivo, group.id)[0].members == ()
    assert [m.removed_at is None for m in town.cohorts.members(ivo, group.id, past=True)] == [False, True]


def test_a_cohort_keeps_an_instructor(town: Townhall, ivo: Caller, group: Cohort) -> None:
    bea = town.joined(ivo, group, "bea")
    me = ivo.learner or ""
    for act in (
        lambda: town.cohorts.remove(ivo, group.id, [me]),
        lambda: town.cohorts.set_role(ivo, group.id, [me], CohortRole.LEAD),
    ):
        with pytest.raises(Refused, match="instruct"):
            act()
    town.cohorts.set_role(ivo, group.id, [bea.learner or ""], CohortRole.INSTRUCTOR)
    town.cohorts.set_role(ivo, group.id, [me], CohortRole.LEAD)
    with pytest.raises(NotAllowed):
        town.cohorts.set_role(ivo, group.id, [me], CohortRole.INSTRUCTOR)


def test_a_role_over_others_is_for_those_who_have_come_in(town: Townhall, ivo: Caller, group: Cohort) -> None:
    bea = town.cohorts.add(ivo, group.id, name="Bea")
    with pytest.raises(Refused, match="come in"):
        town.cohorts.set_role(ivo, group.id, [bea.learner], CohortRole.LEAD)


def test_a_learner_moves_with_what_the_roster_said(town: Townhall, ivo: Caller, group: Cohort) -> None:
    other = town.cohort(ivo, "Group C")
    bea = town.cohorts.add(ivo, group.id, name="Bea", email="bea@course.test")
    assert town.cohorts.transfer(ivo, group.id, other.id, [bea.learner, ivo.learner or ""]) == 1
    assert [m.name for m in town.cohorts.members(ivo, group.id)] == ["Ivo"]
    assert [(m.name, m.email) for m in town.cohorts.members(ivo, other.id)] == [("Bea", "bea@course.test"), ("Ivo", None)]


def test_a_move_is_in_both_audits_and_neither_names_the_other_cohort(town: Townhall, ivo: Caller, group: Cohort) -> None:
    other = town.cohort(ivo, "Group C")
    bea = town.cohorts.add(ivo, group.id, name="Bea")
    town.cohorts.transfer(ivo, group.id, other.id, [bea.learner])
    left, came = town.cohorts.audit(ivo, group.id).lines[0], town.cohorts.audit(ivo, other.id).lines[0]
    assert (left.about, left.change) == ("Bea", "role: learner; moved: to another cohort")
    assert (came.about, came.change) == ("Bea", "role: learner; moved: from another cohort")


def test_what_was_done_to_many_at_once_is_one_line_that_names_them(town: Townhall, ivo: Caller, group: Cohort) -> None:
    people = [town.cohorts.add(ivo, group.id, name=name).learner for name in ("Bea", "Cai", "Dan")]
    town.wait(minutes=1)
    town.cohorts.set_extra_time(ivo, group.id, people[:2], 1.5)
    town.cohorts.set_extra_time(ivo, group.id, people[2:], 2.0)
    town.cohorts.invite_members(ivo, group.id, people)
    invited, one, two, *before = town.cohorts.audit(ivo, group.id).lines
    assert (sorted(invited.people), invited.about) == (["Bea", "Cai", "Dan"], "")
    assert (one.people, one.about, one.change) == ((), "Dan", "factor: 1 to 2")
    assert (sorted(two.people), two.change) == (["Bea", "Cai"], "factor: 1 to 1.5")
    assert town.cohorts.audit(ivo, group.id, before=two.id).lines == tuple(before), "and the lines go on below it"


@pytest.mark.parametrize("bound", ["PAGE", "READ"])
def test_the_audit_says_whether_there_are_older_lines(
    town: Townhall, ivo: Caller, group: Cohort, monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    for name in ("Bea", "Cai"):
        town.cohorts.add(ivo, group.id, name=name)
        town.wait(minutes=1)
    everything = town.cohorts.audit(ivo, group.id)
    monkeypatch.setattr(auditing, bound, len(everything.lines))
    assert town.cohorts.audit(ivo, group.id) == everything
    assert not everything.more
    monkeypatch.setattr(auditing, bound, len(everything.lines) - 1)
    first = town.cohorts.audit(ivo, group.id)
    assert (first.lines, first.more) == (everything.lines[:-1], True)
    last = town.cohorts.audit(ivo, group.id, before=first.lines[-1].id)
    assert (last.lines, last.more) == (everything.lines[-1:], False)


def test_nobody_is_moved_into_a_strangers_cohort(town: Townhall, ivo: Caller, group: Cohort) -> None:
    tia = town.somebody("tia", SiteRole.TEACHER)
    theirs = town.cohort(tia, "Hers")
    bea = town.cohorts.add(ivo, group.id, name="Bea")
    for place in (theirs.id, "no-such-cohort"):
        with pytest.raises(NotFound) as refused:
            town.cohorts.transfer(ivo, group.id, place, [bea.learner])
        assert "page or thing" in refused.value.message
    assert len(town.cohorts.members(ivo, group.id)) == 2


@pytest.mark.parametrize("factor", [0.5, 0.0, 5.5, float("nan"), float("inf"), -1.0])
def test_extra_time_lies_within_reason(town: Townhall, ivo: Caller, group: Cohort, factor: float) -> None:
    bea = town.cohorts.add(ivo, group.id, name="Bea")
    with pytest.raises(Refused):
        town.cohorts.set_extra_time(ivo, group.id, [bea.learner], factor)
    assert town.cohorts.set_extra_time(ivo, group.id, [bea.learner], 1.25).extra_time == 1.25


def test_a_roster_is_looked_at_before_it_is_taken_in(town: Townhall, ivo: Caller, group: Cohort) -> None:
    dry = town.cohorts.import_roster(ivo, group.id, ROSTER)
    assert [(line.line, line.kind, line.said) for line in dry.lines] == [
        (2, LineKind.ADDED, "bea@course.test, number 7, group Mornings, extra time 1.25"),
        (3, LineKind.ADDED, "cai@course.test, number 8, group Mornings"),
    ]
    assert [m.name for m in town.cohorts.members(ivo, group.id)] == ["Ivo"]
    town.cohorts.import_roster(ivo, group.id, ROSTER, apply=True)
    learners = [m for m in town.cohorts.members(ivo, group.id) if m.role is CohortRole.LEARNER]
    assert [(m.name, m.email, m.roster, m.extra_time) for m in learners] == [
        ("Bea Blue", "bea@course.test", {"id": "7"}, 1.25),
        ("Cai Cyan", "cai@course.test", {"id": "8"}, 1.0),
    ]
    (mornings,) = town.cohorts.groups(ivo, group.id)
    assert set(mornings.members) == {m.learner for m in learners}
    again = town.cohorts.import_roster(ivo, group.id, ROSTER, apply=True)
    assert {line.kind for line in again.lines} == {LineKind.SAME}
    assert len(town.cohorts.members(ivo, group.id)) == 3


def test_a_later_roster_changes_takes_back_and_leaves_the_others_alone(town: Townhall, ivo: Caller, group: Cohort) -> None:
    town.cohorts.import_roster(ivo, group.id, ROSTER, apply=True)
    bea = next(m for m in town.cohorts.members(ivo, group.id) if m.name == "Bea Blue")
    town.cohorts.remove(ivo, group.id, [bea.learner])
    later = b"name,email,id\nBeatrice Blue,new@course.test,7\n"
    report = town.cohorts.import_roster(ivo, group.id, later, apply=True)
    assert [(line.kind, line.said) for line in report.lines] == [
        (LineKind.BACK, "name was Bea Blue; address was bea@course.test"),
    ]
    assert report.missing == ("Cai Cyan",)
    back = town.cohorts.person(ivo, group.id, bea.learner)
    assert (back.name, back.email, back.extra_time) == ("Beatrice Blue", "new@course.test", 1.25)
    assert [m.name for m in town.cohorts.members(ivo, group.id)] == ["Beatrice Blue", "Cai Cyan", "Ivo"]


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        (b"Dee,dee@course,9,,\n", "not an e-mail address"),
        (b"Dee,,,,\n", "neither an e-mail address nor an id"),
        (b"Dee,dee@course.test,9,,7\n", "from 1 to 5"),
        (b"Dee,cai@course.test,7,,\n", "two different people"),
    ],
)
def test_nothing_is_half_imported(town: Townhall, ivo: Caller, group: Cohort, extra: bytes, said: str) -> None:
    town.cohorts.import_roster(ivo, group.id, ROSTER, apply=True)
    before = town.cohorts.members(ivo, group.id)
    data = b"name,email,id,group,extra_time\nNew,new@course.test,10,Evenings,\n" + extra
    dry = town.cohorts.import_roster(ivo, group.id, data)
    (problem,) = dry.problems
    assert problem.line == 3
    assert said in problem.said
    with pytest.raises(Refused, match=r"Nothing was imported\. Line 3"):
        town.cohorts.import_roster(ivo, group.id, data, apply=True)
    assert town.cohorts.members(ivo, group.id) == before
    assert [g.name for g in town.cohorts.groups(ivo, group.id)] == ["Mornings"]


def test_one_person_stands_in_a_file_once(town: Townhall, ivo: Caller, group: Cohort) -> None:
    town.cohorts.import_roster(ivo, group.id, ROSTER, apply=True)
    twice = b"name,email,id\nBea,bea@course.test,\nBea,,7\n"
    (problem,) = town.cohorts.import_roster(ivo, group.id, twice).problems
    assert "the person of line 2" in problem.said


def test_the_audit_says_who_changed_what_from_what_to_what(town: Townhall, ivo: Caller, group: Cohort) -> None:
    bea = town.joined(ivo, group, "bea")
    town.cohorts.set_role(ivo, group.id, [bea.learner or ""], CohortRole.LEAD)
    town.cohorts.edit(ivo, group.id, name="Group C", zone="UTC")
    town.cohorts.edit(ivo, group.id, name="Group C", zone="UTC")
    told = [(line.who, line.about, line.change) for line in town.cohorts.audit(bea, group.id).lines]
    assert told[:2] == [("Ivo", "", "name: Group B to Group C"), ("Ivo", "Bea", "role: learner to lead")]
    assert told[-1] == ("Ivo", "", "name: Group B; time zone: UTC")
    assert len([t for t in told if "Group C" in t[2]]) == 1, "what changes nothing is not noted"
    town.cohorts.set_role(ivo, group.id, [bea.learner or ""], CohortRole.LEARNER)
    with pytest.raises(NotAllowed):
        town.cohorts.audit(bea, group.id)


def test_what_is_refused_leaves_no_trace_in_the_audit(town: Townhall, ivo: Caller, group: Cohort) -> None:
    before = town.cohorts.audit(ivo, group.id).lines
    with pytest.raises(Refused):
        town.cohorts.remove(ivo, group.id, [ivo.learner or ""])
    assert town.cohorts.audit(ivo, group.id).lines == before


def test_the_audit_of_somebody_erased_names_nobody(town: Townhall, ivo: Caller, group: Cohort) -> None:
    bea = town.joined(ivo, group, "bea")
    town.cohorts.set_extra_time(ivo, group.id, [bea.learner or ""], 1.5)
    town.site.erase(OPERATOR, bea.learner or "")
    told = town.cohorts.audit(ivo, group.id).lines
    assert not any("Bea" in str(line) for line in told)
    assert any(line.change == "factor: 1 to 1.5" for line in told)


def test_the_site_keeps_an_admin(town: Townhall) -> None:
    ada = town.somebody("ada", SiteRole.ADMIN)
    for act in (
        lambda: town.site.set_role(ada, ada.learner or "", SiteRole.ADMIN, has=False),
        lambda: town.site.disable(ada, ada.learner or ""),
    ):
        with pytest.raises(Refused, match="needs an admin"):
            act()
    town.somebody("eve", SiteRole.ADMIN)
    town.site.set_role(ada, ada.learner or "", SiteRole.ADMIN, has=False)
    with pytest.raises(NotFound):
        town.site.people(ada)


def test_an_admin_takes_nobodys_data_away(town: Townhall, group: Cohort, ivo: Caller) -> None:
    ada = town.somebody("ada", SiteRole.ADMIN)
    with pytest.raises(NotFound):
        town.site.export(ada, ivo.learner or "")
    assert town.site.export(OPERATOR, ivo.learner or "")["data"]["account"][0]["login"] == "ivo"


@dataclass
class World:
    """A cohort, another that its instructor leads as well, and one account to act upon."""

    town: Townhall
    ivo: Caller

    def __post_init__(self) -> None:
        self.here, self.second, self.elsewhere = (self.town.cohort(self.ivo, name).id for name in ("Here", "Second", "Elsewhere"))
        self.tia = self.town.somebody("tia").learner or ""

    def actor(self, role: Role) -> Caller:
        """Somebody with this role alone: in `here` (an instructor in `second` too), or for the site."""
        if role in (Role.TEACHER, Role.ADMIN):
            return self.town.somebody("actor", SiteRole(role.value))
        who = self.town.somebody("actor")
        if role is not Role.PERSON:
            for place in (self.here, self.second) if role is Role.INSTRUCTOR else (self.here,):
                self.town.people.accept(self.town.cohorts.invite_link(self.ivo, place, CohortRole(role.value)).token, who.learner or "")
        return who

    def acts(self, who: Caller, cohort: str, bea: str) -> dict[Action, Callable[[], object]]:
        """Each action's use case, asked for by `who`, about `bea` of this cohort; those that end something come last."""
        t = self.town
        return {
            Action.COHORT_CREATE: lambda: t.cohorts.create(who, "Another"),
            Action.COHORT_VIEW: lambda: t.cohorts.one(who, cohort),
            Action.COHORT_EDIT: lambda: t.cohorts.edit(who, cohort, name="Renamed", zone="UTC"),
            Action.COHORT_ARCHIVE: lambda: t.cohorts.archive(who, cohort, undo=True),
            Action.COHORT_COPY: lambda: t.cohorts.copy(who, cohort, "A copy"),
            Action.MEMBER_LIST: lambda: t.cohorts.members(who, cohort),
            Action.MEMBER_ADD: lambda: t.cohorts.add(who, cohort, name="New"),
            Action.MEMBER_ROLE: lambda: t.cohorts.set_role(who, cohort, [bea], CohortRole.LEARNER),
            Action.MEMBER_IMPORT: lambda: t.cohorts.import_roster(who, cohort, ROSTER, apply=True),
            Action.MEMBER_INVITE: lambda: t.cohorts.join_code(who, cohort),
            Action.MEMBER_EXTRA_TIME: lambda: t.cohorts.set_extra_time(who, cohort, [bea], 1.5),
            Action.GROUP_EDIT: lambda: t.cohorts.set_group(who, cohort, "A group", [bea]),
            Action.AUDIT_VIEW: lambda: t.cohorts.audit(who, cohort),
            Action.SITE_PEOPLE: lambda: t.site.people(who),
            Action.SITE_ROLES: lambda: t.site.invite(who, SiteRole.TEACHER),
            Action.SITE_RESET: lambda: t.site.reset_link(who, self.tia),
            Action.SITE_COHORTS: lambda: t.cohorts.mine(who, everybodys=True),
            Action.MEMBER_TRANSFER: lambda: t.cohorts.transfer(who, cohort, self.second, [bea]),
            Action.MEMBER_REMOVE: lambda: t.cohorts.remove(who, cohort, [bea]),
            Action.SITE_DISABLE: lambda: t.site.disable(who, self.tia, undo=True),
            Action.SITE_ERASE: lambda: t.site.erase(who, bea),
            Action.COHORT_LEAVE: lambda: t.cohorts.leave(who, cohort),
        }


@pytest.mark.parametrize("role", list(Role))
def test_each_role_can_do_what_the_table_says_and_nothing_else(sqlite_url: str, role: Role) -> None:
    """Every action through its service, in the role's own cohort and in one it is not in."""
    storage = open_storage(sqlite_url)
    town = Townhall(storage)
    ivo = town.somebody("ivo", SiteRole.TEACHER)
    world = World(town, ivo)
    who = world.actor(role)
    for place in ("elsewhere", "here"):
        cohort = getattr(world, place)
        bea = town.cohorts.add(ivo, cohort, name="Bea").learner
        inside = role is Role.ADMIN or (place == "here" and role not in (Role.PERSON, Role.TEACHER))
        for action, act in world.acts(who, cohort, bea).items():
            scope = next(rule.grants for rule in TABLE if rule.action is action).get(role)
            of_site = action.value.startswith("site.") or action is Action.COHORT_CREATE
            if scope is Scope.SITE or (place == "here" and scope is not None):
                act()
                continue
            with pytest.raises(NotFound if of_site or not inside else NotAllowed) as refused:
                act()
            if of_site or not inside:
                assert refused.value.message == NOT_THERE, (action, place)
    storage.close()


def test_every_action_of_these_services_is_tried_above() -> None:
    ours = {a for a in Action if a.value.startswith(("cohort.", "member.", "group.", "audit.", "site."))}
    world = World.__new__(World)
    world.town, world.second, world.tia = None, "", ""  # type: ignore[assignment]
    assert set(world.acts(Caller(None), "", "")) == ours - {Action.SITE_SETTINGS}
