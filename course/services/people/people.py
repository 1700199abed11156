"""The doors to the use cases about people; each use case lives in a file of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from course.access.passport import Identity
from course.access.roles import Actor, CohortRole, SiteRole
from course.services.people import (
    accounts,
    admitting,
    auditing,
    cohorts,
    entering,
    first_admin,
    guests,
    inviting,
    linking,
    members,
    resetting,
    rosters,
    signing,
    site,
)
from course.services.people.accounts import AccountView, Credentials
from course.services.people.admitting import Welcome
from course.services.people.auditing import AuditPage
from course.services.people.cohorts import CohortView, Copied
from course.services.people.desk import Caller, Desk
from course.services.people.guests import Visitor
from course.services.people.inviting import CODE_DAYS, INVITED_DAYS, Sent
from course.services.people.members import ExtraTime
from course.services.people.rosters import RosterReport
from course.services.people.site import SiteView
from course.storage.stores.cohorts import Cohort, Group, Member
from course.storage.stores.invitations import Invitation
from course.storage.stores.people import Learner


class People:
    """A person and their own things: profile, account, sessions, data. Each method: see the function of the same name in
    `guests`, `accounts`, `signing`, `resetting`, `entering`, `linking`, `first_admin` or `admitting`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def sends_mail(self) -> bool:
        return self._desk.post is not None

    def actor(self, learner: str | None) -> Actor:
        return accounts.actor(self._desk, learner)

    def visitor(self, token: str | None) -> Visitor:
        return guests.visitor(self._desk, token)

    def begin(self, token: str, *, zone: str = "UTC") -> Learner:
        return guests.begin(self._desk, token, zone=zone)

    def rename(self, learner_id: str, name: str) -> Learner:
        return guests.rename(self._desk, learner_id, name)

    def declare_clinician(self, learner_id: str, yes: bool) -> Learner:
        return guests.declare_clinician(self._desk, learner_id, yes)

    def resume_link(self, learner_id: str) -> str:
        return guests.resume_link(self._desk, learner_id)

    def redeem(self, link: str, new_token: str) -> Learner:
        return guests.redeem(self._desk, link, new_token)

    def leave(self, token: str | None) -> None:
        guests.leave(self._desk, token)

    def export(self, learner_id: str) -> Mapping[str, Any]:
        return guests.export(self._desk, learner_id)

    def export_file(self, learner_id: str, write: Callable[[bytes], object]) -> None:
        guests.export_file(self._desk, learner_id, write)

    def erase(self, token: str | None) -> None:
        guests.erase(self._desk, token)

    def sign_up(self, token: str | None, given: Credentials, new_token: str, *, address: str = "", agent: str | None = None) -> Learner:
        return signing.sign_up(self._desk, token, given, new_token, address=address, agent=agent)

    def sign_in(
        self,
        login: str,
        password: str,
        new_token: str,
        *,
        address: str = "",
        agent: str | None = None,
        old_token: str | None = None,
        bring: bool = False,
    ) -> Learner:
        return signing.sign_in(self._desk, login, password, new_token, address=address, agent=agent, old_token=old_token, bring=bring)

    def guest_here(self, token: str | None) -> tuple[Learner, int] | None:
        return signing.guest_here(self._desk, token)

    def account(self, learner_id: str, token: str | None = None) -> AccountView | None:
        return accounts.account(self._desk, learner_id, token)

    def end_session(self, learner_id: str, session_id: str) -> None:
        signing.end_session(self._desk, learner_id, session_id)

    def end_other_sessions(self, learner_id: str, token: str | None) -> None:
        signing.end_other_sessions(self._desk, learner_id, token)

    def change_password(self, token: str | None, old: str, new: str, new_token: str, *, agent: str | None = None) -> None:
        resetting.change_password(self._desk, token, old, new, new_token, agent=agent)

    def set_email(self, learner_id: str, email: str) -> None:
        accounts.set_email(self._desk, learner_id, email)

    def ask_reset(self, typed: str, *, address: str = "") -> Callable[[], None]:
        return resetting.ask_reset(self._desk, typed, address=address)

    def reset(self, link: str, new: str, new_token: str, *, agent: str | None = None) -> Learner:
        return resetting.reset(self._desk, link, new, new_token, agent=agent)

    def first_admin_link(self) -> str | None:
        return first_admin.link(self._desk)

    def become_first_admin(
        self, link: str, given: Credentials, new_token: str, *, agent: str | None = None, old_token: str | None = None
    ) -> Learner:
        return first_admin.become(self._desk, link, given, new_token, agent=agent, old_token=old_token)

    def enter(
        self, one: Identity, seal: str, new_token: str, *, agent: str | None = None, old_token: str | None = None, bring: bool = False
    ) -> Learner:
        return entering.enter(self._desk, one, seal, new_token, agent=agent, old_token=old_token, bring=bring)

    def link(
        self,
        one: Identity,
        seal: str,
        login: str,
        password: str,
        new_token: str,
        *,
        address: str = "",
        agent: str | None = None,
        old_token: str | None = None,
    ) -> Learner:
        return linking.link(self._desk, one, seal, login, password, new_token, address=address, agent=agent, old_token=old_token)

    def unlink(self, learner_id: str) -> None:
        linking.unlink(self._desk, learner_id)

    def welcome(self, token: str) -> Welcome:
        return admitting.welcome(self._desk, token)

    def look_up_code(self, code: str, *, address: str = "") -> str:
        return admitting.look_up_code(self._desk, code, address=address)

    def accept(self, token: str, learner_id: str) -> Learner:
        return admitting.accept(self._desk, token, learner_id)

    def accept_as_new(
        self, token: str, given: Credentials, new_token: str, *, agent: str | None = None, old_token: str | None = None, bring: bool = False
    ) -> Learner:
        return admitting.accept_as_new(self._desk, token, given, new_token, agent=agent, old_token=old_token, bring=bring)


class Cohorts:
    """Cohorts and who is in them. Each method asks the permission table first, and is described at the function of the same
    name in `cohorts`, `members`, `inviting`, `rosters` or `auditing`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def create(self, who: Caller, name: str, *, zone: str = "UTC", key: str = "") -> Cohort:
        return cohorts.create(self._desk, who, name, zone=zone, key=key)

    def mine(self, who: Caller, *, everybodys: bool = False) -> tuple[CohortView, ...]:
        return cohorts.mine(self._desk, who, everybodys=everybodys)

    def one(self, who: Caller, cohort: str) -> Cohort:
        return cohorts.one(self._desk, who, cohort)

    def edit(self, who: Caller, cohort: str, *, name: str, zone: str) -> Cohort:
        return cohorts.edit(self._desk, who, cohort, name=name, zone=zone)

    def set_settings(self, who: Caller, cohort: str, **settings: Any) -> Cohort:
        return cohorts.set_settings(self._desk, who, cohort, **settings)

    def archive(self, who: Caller, cohort: str, *, undo: bool = False) -> Cohort:
        return cohorts.archive(self._desk, who, cohort, undo=undo)

    def copied(self, who: Caller, cohort: str, days: int) -> tuple[Copied, ...]:
        return cohorts.copied(self._desk, who, cohort, days)

    def copy(self, who: Caller, cohort: str, name: str, *, days: int | None = None, key: str = "") -> Cohort:
        return cohorts.copy(self._desk, who, cohort, name, days=days, key=key)

    def groups(self, who: Caller, cohort: str) -> tuple[Group, ...]:
        return cohorts.groups(self._desk, who, cohort)

    def set_group(self, who: Caller, cohort: str, name: str, members: Sequence[str], *, group: str | None = None) -> Group:
        return cohorts.set_group(self._desk, who, cohort, name, members, group_id=group)

    def drop_group(self, who: Caller, cohort: str, group: str) -> None:
        cohorts.drop_group(self._desk, who, cohort, group)

    def members(self, who: Caller, cohort: str, *, past: bool = False) -> tuple[Member, ...]:
        return members.members(self._desk, who, cohort, past=past)

    def add(self, who: Caller, cohort: str, *, name: str, email: str = "", role: CohortRole = CohortRole.LEARNER, key: str = "") -> Member:
        return members.add(self._desk, who, cohort, name=name, email=email, role=role, key=key)

    def remove(self, who: Caller, cohort: str, learners: Sequence[str]) -> int:
        return members.remove(self._desk, who, cohort, learners)

    def leave(self, who: Caller, cohort: str) -> None:
        members.leave(self._desk, who, cohort)

    def set_role(self, who: Caller, cohort: str, learners: Sequence[str], role: CohortRole) -> int:
        return members.set_role(self._desk, who, cohort, learners, role)

    def transfer(self, who: Caller, cohort: str, to: str, learners: Sequence[str]) -> int:
        return members.transfer(self._desk, who, cohort, to, learners)

    def set_extra_time(self, who: Caller, cohort: str, learners: Sequence[str], factor: float) -> ExtraTime:
        return members.set_extra_time(self._desk, who, cohort, learners, factor)

    def person(self, who: Caller, cohort: str, learner: str) -> Member:
        return members.person(self._desk, who, cohort, learner)

    def invite_link(
        self, who: Caller, cohort: str, role: CohortRole = CohortRole.LEARNER, *, days: int = INVITED_DAYS, uses: int | None = 1
    ) -> Sent:
        return inviting.invite_link(self._desk, who, cohort, role, days=days, uses=uses)

    def join_code(self, who: Caller, cohort: str, *, days: int = CODE_DAYS) -> Sent:
        return inviting.join_code(self._desk, who, cohort, days=days)

    def invite_members(self, who: Caller, cohort: str, learners: Sequence[str], *, mail: bool = False) -> Mapping[str, Sent]:
        return inviting.invite_members(self._desk, who, cohort, learners, mail=mail)

    def invitations(self, who: Caller, cohort: str) -> tuple[Invitation, ...]:
        return inviting.invitations(self._desk, who, cohort)

    def withdraw(self, who: Caller, cohort: str, invitation: int) -> None:
        inviting.withdraw(self._desk, who, cohort, invitation)

    def import_roster(self, who: Caller, cohort: str, data: bytes, *, apply: bool = False) -> RosterReport:
        return rosters.import_roster(self._desk, who, cohort, data, apply=apply)

    def audit(self, who: Caller, cohort: str, *, before: int | None = None, titles: Mapping[str, str] = auditing.NOTHING) -> AuditPage:
        return auditing.of_cohort(self._desk, who, cohort, before=before, titles=titles)


class Site:
    """What an admin does. Each method: see the function of the same name in `site`, `inviting` or `auditing`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def people(self, who: Caller) -> SiteView:
        return site.people(self._desk, who)

    def add(self, who: Caller, login: str, *, name: str = "", email: str = "", role: SiteRole | None = None) -> tuple[str, str]:
        return site.add(self._desk, who, login, name=name, email=email, role=role)

    def set_role(self, who: Caller, learner: str, role: SiteRole, *, has: bool) -> None:
        site.set_role(self._desk, who, learner, role, has=has)

    def reset_link(self, who: Caller, learner: str) -> str:
        return site.reset_link(self._desk, who, learner)

    def disable(self, who: Caller, learner: str, *, undo: bool = False) -> None:
        site.disable(self._desk, who, learner, undo=undo)

    def erase(self, who: Caller, learner: str) -> int:
        return site.erase(self._desk, who, learner)

    def export(self, who: Caller, learner: str) -> Mapping[str, Any]:
        return site.export(self._desk, who, learner)

    def find(self, who: Caller, typed: str) -> str:
        return site.find(self._desk, who, typed)

    def invite(self, who: Caller, role: SiteRole) -> Sent:
        return inviting.invite_to_site(self._desk, who, role)

    def withdraw(self, who: Caller, invitation: int) -> None:
        inviting.withdraw_from_site(self._desk, who, invitation)

    def audit(self, who: Caller, *, before: int | None = None) -> AuditPage:
        return auditing.of_site(self._desk, who, before=before)
