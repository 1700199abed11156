"""Who may do what: one table of action x role x scope. Services ask it before they look anything up.

A role gives an action within a scope: OWN is what concerns the actor alone, COHORT a cohort in which they hold the role,
SITE everything. What is not in the table is refused. To somebody outside of a cohort it and all in it does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from course.access.roles import Actor, SiteRole
from course.errors import NotAllowed, NotFound


class Scope(StrEnum):
    OWN = "own"
    COHORT = "cohort"
    SITE = "site"


class Role(StrEnum):
    """Every role of the table. `PERSON` is whoever it is about: guests too."""

    PERSON = "person"
    LEARNER = "learner"
    LEAD = "lead"
    INSTRUCTOR = "instructor"
    TEACHER = "teacher"
    ADMIN = "admin"


class Action(StrEnum):
    """Everything that needs a permission. The words are stored in the audit."""

    OWN_STUDY = "own.study"
    OWN_ACCOUNT = "own.account"
    OWN_EXPORT = "own.export"
    OWN_ERASE = "own.erase"

    COHORT_CREATE = "cohort.create"
    COHORT_VIEW = "cohort.view"
    COHORT_EDIT = "cohort.edit"
    COHORT_ARCHIVE = "cohort.archive"
    COHORT_COPY = "cohort.copy"
    COHORT_LEAVE = "cohort.leave"

    MEMBER_LIST = "member.list"
    MEMBER_ADD = "member.add"
    MEMBER_REMOVE = "member.remove"
    MEMBER_ROLE = "member.role"
    MEMBER_TRANSFER = "member.transfer"
    MEMBER_IMPORT = "member.import"
    MEMBER_INVITE = "member.invite"
    MEMBER_EXTRA_TIME = "member.extra_time"
    GROUP_EDIT = "group.edit"

    ASSIGNMENT_VIEW = "assignment.view"
    ASSIGNMENT_EDIT = "assignment.edit"
    ASSIGNMENT_DELETE = "assignment.delete"
    ASSIGNMENT_PREVIEW = "assignment.preview"
    ASSIGNMENT_FOLLOW = "assignment.follow"
    EXTENSION_EDIT = "extension.edit"
    ANNOUNCEMENT_EDIT = "announcement.edit"
    NUDGE_SEND = "nudge.send"
    CALENDAR_VIEW = "calendar.view"

    LEARNER_VIEW = "learner.view"
    LEARNER_EXPORT = "learner.export"
    GRADEBOOK_VIEW = "gradebook.view"
    GRADEBOOK_EXPORT = "gradebook.export"
    GRADEBOOK_EDIT = "gradebook.edit"
    GRADEBOOK_OVERRIDE = "gradebook.override"
    ATTEMPT_VOID = "attempt.void"
    QUESTION_REGRADE = "question.regrade"
    QUESTION_VOID = "question.void"
    ESSAY_MARK = "essay.mark"
    ESSAY_DECIDE = "essay.decide"

    INSIGHT_VIEW = "insight.view"
    INSIGHT_PEOPLE = "insight.people"
    INSIGHT_THRESHOLDS = "insight.thresholds"
    INSIGHT_COMPARE = "insight.compare"
    INSIGHT_EXPORT = "insight.export"

    CONTENT_PREVIEW = "content.preview"
    AUDIT_VIEW = "audit.view"

    SITE_PEOPLE = "site.people"
    SITE_ROLES = "site.roles"
    SITE_RESET = "site.reset"
    SITE_DISABLE = "site.disable"
    SITE_ERASE = "site.erase"
    SITE_COHORTS = "site.cohorts"
    SITE_SETTINGS = "site.settings"


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table: an action, in words, and the scope in which each role has it."""

    action: Action
    words: str
    grants: Mapping[Role, Scope]


def _own(action: Action, words: str) -> Rule:
    return Rule(action, words, {Role.PERSON: Scope.OWN})


def _cohort(action: Action, words: str, *roles: Role, own: bool = False, site: Iterable[Role] = ()) -> Rule:
    """`own`: a learner has it for themselves. `site`: these have it in every cohort."""
    mine = {Role.LEARNER: Scope.OWN} if own else {}
    return Rule(action, words, {**mine, **dict.fromkeys(roles, Scope.COHORT), **dict.fromkeys(site, Scope.SITE)})


def _site(action: Action, words: str, *roles: Role) -> Rule:
    return Rule(action, words, dict.fromkeys(roles, Scope.SITE))


_L, _D, _I, _T, _A = Role.LEARNER, Role.LEAD, Role.INSTRUCTOR, Role.TEACHER, Role.ADMIN

TABLE: Final = (
    _own(Action.OWN_STUDY, "read, practise, take quizzes, see one's own results"),
    _own(Action.OWN_ACCOUNT, "change one's name and password, see and end one's own sessions"),
    _own(Action.OWN_EXPORT, "download everything that is stored about oneself"),
    _own(Action.OWN_ERASE, "erase everything that is stored about oneself"),
    _site(Action.COHORT_CREATE, "make a cohort, and instruct it", _T, _A),
    _cohort(Action.COHORT_VIEW, "see that the cohort exists, its name and what it is asked to do", _L, _D, _I, site=(_A,)),
    _cohort(Action.COHORT_EDIT, "rename the cohort, change its time zone and settings", _I, site=(_A,)),
    _cohort(Action.COHORT_ARCHIVE, "archive the cohort or take it back", _I, site=(_A,)),
    _cohort(Action.COHORT_COPY, "copy the cohort and its assignments without its learners, and instruct the copy", _I, site=(_A,)),
    _cohort(Action.COHORT_LEAVE, "leave the cohort", _D, own=True),
    _cohort(Action.MEMBER_LIST, "see who is in the cohort", _D, _I, site=(_A,)),
    _cohort(Action.MEMBER_ADD, "add people to the cohort", _I, site=(_A,)),
    _cohort(Action.MEMBER_REMOVE, "remove people from the cohort", _I, site=(_A,)),
    _cohort(Action.MEMBER_ROLE, "make somebody a learner, an instructor or a lead", _I, site=(_A,)),
    _cohort(Action.MEMBER_TRANSFER, "move a learner into another cohort; needed in both", _I, site=(_A,)),
    _cohort(Action.MEMBER_IMPORT, "import a roster", _I, site=(_A,)),
    _cohort(Action.MEMBER_INVITE, "make and withdraw invitations and join codes", _I, site=(_A,)),
    _cohort(Action.MEMBER_EXTRA_TIME, "set the factor of a learner's time limits", _I),
    _cohort(Action.GROUP_EDIT, "make groups and choose who is in them", _I, site=(_A,)),
    _cohort(Action.ASSIGNMENT_VIEW, "see assignments; a learner sees those that are open to them", _D, _I, own=True),
    _cohort(Action.ASSIGNMENT_EDIT, "make and change assignments", _I),
    _cohort(Action.ASSIGNMENT_DELETE, "withdraw assignments and bring them back", _I),
    _cohort(Action.ASSIGNMENT_PREVIEW, "see what a chosen learner will see", _I),
    _cohort(Action.ASSIGNMENT_FOLLOW, "see who has not started, is at work, finished or late", _D, _I),
    _cohort(Action.EXTENSION_EDIT, "give extensions and exemptions", _I),
    _cohort(Action.ANNOUNCEMENT_EDIT, "write announcements on the learners' home", _I),
    _cohort(Action.NUDGE_SEND, "remind learners", _I),
    _cohort(Action.CALENDAR_VIEW, "subscribe to the dates; a learner to their own", _D, _I, own=True),
    _cohort(Action.LEARNER_VIEW, "see everything one learner did for the course", _D, _I, own=True),
    _cohort(Action.LEARNER_EXPORT, "take one learner's answers away as a file", _I, own=True),
    _cohort(Action.GRADEBOOK_VIEW, "see the gradebook; a learner their own line", _D, _I, own=True),
    _cohort(Action.GRADEBOOK_EXPORT, "take the gradebook away as a file", _D, _I),
    _cohort(Action.GRADEBOOK_EDIT, "change weights, drops, letters and what learners see of the class", _I),
    _cohort(Action.GRADEBOOK_OVERRIDE, "change a grade, with a reason", _I),
    _cohort(Action.ATTEMPT_VOID, "void one attempt, or bring it back", _I),
    _cohort(Action.QUESTION_REGRADE, "grade a question again; an admin for everybody", _I, site=(_A,)),
    _site(Action.QUESTION_VOID, "withdraw a question for everybody", _A),
    _cohort(Action.ESSAY_MARK, "read and mark what a person must grade", _I),
    _cohort(Action.ESSAY_DECIDE, "decide between two markers", _I),
    _cohort(Action.INSIGHT_VIEW, "see distributions, completion, mastery and item analysis", _D, _I),
    _cohort(Action.INSIGHT_PEOPLE, "see which learners may need study support, with the reasons", _D, _I),
    _cohort(Action.INSIGHT_THRESHOLDS, "change what counts as needing study support", _D, _I),
    _cohort(Action.INSIGHT_COMPARE, "compare the cohort with others that one may see", _D),
    _cohort(Action.INSIGHT_EXPORT, "take statistics away as a file", _D, _I),
    Rule(
        Action.CONTENT_PREVIEW,
        "preview content as a learner will see it",
        {_D: Scope.COHORT, _I: Scope.COHORT, _T: Scope.SITE, _A: Scope.SITE},
    ),
    _cohort(Action.AUDIT_VIEW, "read who changed what in the cohort", _D, _I, site=(_A,)),
    _site(Action.SITE_PEOPLE, "see everybody who has an account", _A),
    _site(Action.SITE_ROLES, "make somebody an admin or a teacher, or take it back", _A),
    _site(Action.SITE_RESET, "make a link with which somebody sets a new password", _A),
    _site(Action.SITE_DISABLE, "disable an account or take it back", _A),
    _site(Action.SITE_ERASE, "erase everything that is stored about somebody", _A),
    _site(Action.SITE_COHORTS, "see every cohort", _A),
    _site(Action.SITE_SETTINGS, "see how the site is set up", _A),
)
"""Every action once, in the order of `Action`."""

_BY_ACTION: Final = {rule.action: rule for rule in TABLE}


def may(actor: Actor, action: Action, *, cohort: str | None = None, person: str | None = None) -> bool:
    """Whether the table gives the action. `cohort`: where it would be done; `person`: whom it is about."""
    return any(_holds(actor, role, scope, cohort, person) for role, scope in _BY_ACTION[action].grants.items())


def may_somewhere(actor: Actor, action: Action) -> bool:
    """Whether there is any place in which the actor has the action: what decides whether a menu names a page."""
    return any(may(actor, action, cohort=cohort, person=actor.learner) for cohort in (None, *actor.cohorts))


def cohorts_for(actor: Actor, action: Action) -> tuple[str, ...]:
    """Those of the actor's own cohorts in which they have the action for more than themselves."""
    return tuple(cohort for cohort in actor.cohorts if may(actor, action, cohort=cohort))


def require(actor: Actor, action: Action, *, cohort: str | None = None, person: str | None = None) -> None:
    """Do nothing when the table gives the action.

    Raises:
        NotFound: the actor is outside of the cohort (or it is about the site): the thing does not exist for them.
        NotAllowed: the actor is in the cohort; the sentence says who may.
    """
    if may(actor, action, cohort=cohort, person=person):
        return
    if not is_inside(actor, cohort):
        raise NotFound(NOT_THERE)
    raise NotAllowed(f"Only {_who(_BY_ACTION[action])} can {_BY_ACTION[action].words.partition(';')[0]}.")


def require_somewhere(actor: Actor, action: Action) -> None:
    """Do nothing when there is any place in which the actor has the action. For what belongs to no cohort, as content does.

    Raises NotFound otherwise: the thing does not exist for them.
    """
    if not may_somewhere(actor, action):
        raise NotFound(NOT_THERE)


def is_inside(actor: Actor, cohort: str | None) -> bool:
    """Whether the actor may know that the cohort exists."""
    return cohort is not None and (cohort in actor.cohorts or SiteRole.ADMIN in actor.site)


NOT_THERE: Final = "There is no such page or thing, or it is not open to you."


def _holds(actor: Actor, role: Role, scope: Scope, cohort: str | None, person: str | None) -> bool:
    if scope is Scope.SITE:
        return role.value in actor.site
    itself = person is not None and person == actor.learner
    if role is Role.PERSON:
        return itself
    held = actor.role_in(cohort)
    return held is not None and held.value == role.value and (scope is Scope.COHORT or itself)


def _who(rule: Rule) -> str:
    names = [("the learner themselves" if scope is Scope.OWN else _NAMES[role]) for role, scope in rule.grants.items()]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]


_NAMES: Final = {
    Role.PERSON: "the person themselves",
    Role.LEARNER: "its learners",
    Role.LEAD: "the cohort's leads",
    Role.INSTRUCTOR: "the cohort's instructors",
    Role.TEACHER: "teachers",
    Role.ADMIN: "an admin",
}
