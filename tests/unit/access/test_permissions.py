"""The permission table: what each role may do, and where it ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.access.permissions import TABLE, Action, Role, Scope, cohorts_for, is_inside, may, may_somewhere, require, require_somewhere
from course.access.roles import NOBODY, Actor, CohortRole, SiteRole
from course.errors import NotAllowed, NotFound

HERE, THERE = "here", "there"
IN_COHORT = {Role.LEARNER: CohortRole.LEARNER, Role.LEAD: CohortRole.LEAD, Role.INSTRUCTOR: CohortRole.INSTRUCTOR}
OF_SITE = {Role.TEACHER: SiteRole.TEACHER, Role.ADMIN: SiteRole.ADMIN}
EVERY_CASE = [(rule, role) for rule in TABLE for role in Role]


def actor(role: Role) -> Actor:
    """Me, with this role alone: in the cohort `here`, or for the site."""
    if role in IN_COHORT:
        return Actor("me", cohorts={HERE: IN_COHORT[role]})
    return Actor("me", frozenset({OF_SITE[role]}) if role in OF_SITE else frozenset())


def test_every_action_has_one_line_in_order() -> None:
    assert [rule.action for rule in TABLE] == list(Action)


@pytest.mark.parametrize(("rule", "role"), EVERY_CASE, ids=lambda x: getattr(x, "action", x))
def test_a_role_reaches_as_far_as_its_scope_and_no_further(rule: object, role: Role) -> None:
    scope = rule.grants.get(role)  # type: ignore[attr-defined]
    action: Action = rule.action  # type: ignore[attr-defined]
    anybody = Role.PERSON in rule.grants  # type: ignore[attr-defined]
    me = actor(role)
    places = {"mine here": (HERE, "me"), "others' here": (HERE, "you"), "mine there": (THERE, "me"), "others' there": (THERE, "you")}
    found = {name for name, (cohort, person) in places.items() if may(me, action, cohort=cohort, person=person)}
    wanted = {
        None: set(),
        Scope.OWN: {"mine here"} if role in IN_COHORT else {"mine here", "mine there"},
        Scope.COHORT: {"mine here", "others' here"},
        Scope.SITE: set(places),
    }[scope]
    assert found == wanted | ({"mine here", "mine there"} if anybody else set())


@pytest.mark.parametrize(("rule", "role"), EVERY_CASE, ids=lambda x: getattr(x, "action", x))
def test_to_an_outsider_a_cohort_does_not_exist(rule: object, role: Role) -> None:
    action: Action = rule.action  # type: ignore[attr-defined]
    me = actor(role)
    if may(me, action, cohort=THERE, person="you"):
        return
    with pytest.raises(NotFound if role is not Role.ADMIN else NotAllowed) as refused:
        require(me, action, cohort=THERE, person="you")
    if role is not Role.ADMIN:
        with pytest.raises(NotFound) as nothing:
            require(me, action, cohort="no such cohort", person="you")
        assert refused.value.message == nothing.value.message


def test_a_member_reads_who_may() -> None:
    with pytest.raises(NotAllowed, match="Only the cohort's instructors can change a grade, with a reason"):
        require(actor(Role.LEARNER), Action.GRADEBOOK_OVERRIDE, cohort=HERE, person="me")


def test_a_learner_sees_their_own_line_and_no_other() -> None:
    me = actor(Role.LEARNER)
    require(me, Action.GRADEBOOK_VIEW, cohort=HERE, person="me")
    with pytest.raises(NotAllowed):
        require(me, Action.GRADEBOOK_VIEW, cohort=HERE, person="you")
    with pytest.raises(NotAllowed):
        require(me, Action.GRADEBOOK_VIEW, cohort=HERE)


def test_an_admin_looks_after_cohorts_and_reads_nobodys_answers() -> None:
    admin = actor(Role.ADMIN)
    assert may(admin, Action.MEMBER_ADD, cohort=HERE)
    for action in (Action.LEARNER_VIEW, Action.GRADEBOOK_VIEW, Action.ESSAY_MARK, Action.INSIGHT_PEOPLE, Action.LEARNER_EXPORT):
        assert not may(admin, action, cohort=HERE, person="you"), action


def test_a_lead_changes_nothing_of_others() -> None:
    changing = {
        a for a in Action if a.value.endswith((".edit", ".add", ".remove", ".role", ".override", ".mark", ".import", ".invite", ".void"))
    }
    assert [a for a in changing if may(actor(Role.LEAD), a, cohort=HERE, person="you")] == []


@given(st.sampled_from(list(Action)), st.dictionaries(st.sampled_from("abc"), st.sampled_from(list(CohortRole))), st.sampled_from("abc"))
def test_more_roles_never_mean_less(action: Action, held: dict[str, CohortRole], cohort: str) -> None:
    less = Actor("me", cohorts=held)
    more = Actor("me", frozenset(SiteRole), held)
    assert may(more, action, cohort=cohort, person="me") or not may(less, action, cohort=cohort, person="me")
    assert set(cohorts_for(less, action)) <= set(held)
    assert is_inside(less, cohort) == (cohort in held)


def test_nobody_may_nothing() -> None:
    assert [a for a in Action if may_somewhere(NOBODY, a)] == []


@pytest.mark.parametrize("role", Role)
def test_content_is_previewed_by_those_who_teach_anywhere_and_does_not_exist_for_others(role: Role) -> None:
    if role in (Role.LEAD, Role.INSTRUCTOR, Role.TEACHER, Role.ADMIN):
        require_somewhere(actor(role), Action.CONTENT_PREVIEW)
        return
    for nobody in (actor(role), NOBODY):
        with pytest.raises(NotFound):
            require_somewhere(nobody, Action.CONTENT_PREVIEW)
