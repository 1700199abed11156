"""What is assigned to a learner: their rules, what bars a quiz now and why, and the list of what is due."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from course.access.assignments import Assignment, Item, ItemKind
from course.access.windows import Effective, Person, Phase, effective, in_words, locked_behind, may_begin, phase
from course.content.model import Catalogue
from course.learning.attempts import OVER, Attempt
from course.learning.policy import Kind, QuizPolicy
from course.storage.stores.assignments import Handed
from course.storage.unit_of_work import Transaction

ONLY_ASSIGNED = "This exam is open only to those to whom it is assigned."
ONLY_ACCOUNT = "Sign in with your account first: an exam counts for one account, and guests cannot take it."


@dataclass(frozen=True, slots=True)
class Due:
    """One assignment of the learner. `ends`: the last moment at which anybody may begin it, extensions included; None: no end."""

    rules: Effective
    cohort_name: str
    ends: datetime | None

    @property
    def assignment(self) -> Assignment:
        return self.rules.assignment


@dataclass(frozen=True, slots=True)
class Assigned:
    """Everything that is assigned to one learner. `shut`: exams that are closed to them whatever the time, and why."""

    dues: tuple[Due, ...] = ()
    shut: Mapping[str, str] | None = None

    def covering(self, catalogue: Catalogue, quiz: str) -> tuple[Due, ...]:
        """The assignments that ask for this quiz, by itself or as a module's checkpoint; soonest due first."""
        return tuple(d for d in self.dues if any(quiz_of(catalogue, item) == quiz for item in d.assignment.items))

    def policy(self, catalogue: Catalogue, policy: QuizPolicy, now: datetime) -> QuizPolicy:
        """The quiz's rules with the attempts and the pass mark of the first assignment that lets it be begun now."""
        if not self.dues:
            return policy
        first = next((d.rules for d in self.covering(catalogue, policy.quiz_id) if may_begin(d.rules, now)), None)
        if first is None:
            return policy
        attempts = first.attempts if first.attempts is not None else policy.attempts
        return replace(
            policy,
            attempts=None if attempts is None else attempts + first.more_attempts,
            pass_mark=policy.pass_mark if first.pass_mark is None else first.pass_mark,
        )

    def bars(self, catalogue: Catalogue, quiz: str, done: Collection[Item], now: datetime) -> bool:
        """Whether the quiz is assigned and no assignment lets it be begun now."""
        if quiz in (self.shut or {}):
            return True
        covering = self.covering(catalogue, quiz)
        return bool(covering) and not any(may_begin(d.rules, now) and not _behind(catalogue, d, quiz, done) for d in covering)

    def why(self, catalogue: Catalogue, quiz: str, done: Collection[Item], now: datetime, zone: tzinfo) -> tuple[str, ...]:
        """What the assignments say about the quiz, a sentence each; () when it is not assigned."""
        if quiz in (self.shut or {}):
            return ((self.shut or {})[quiz],)
        return tuple(line for d in self.covering(catalogue, quiz) for line in _lines(catalogue, d, quiz, done, now, zone))

    def ends(self, catalogue: Catalogue, quiz: str) -> datetime | None:
        """When the quiz is closed to everybody that it was assigned to together with this learner; None: never."""
        ends = [d.ends for d in self.covering(catalogue, quiz)]
        known = [end for end in ends if end is not None]
        return max(known) if known and len(known) == len(ends) else None


def assigned(tx: Transaction, catalogue: Catalogue, learner: str | None) -> Assigned:
    """Read what concerns the learner."""
    handed = tx.assignments.of_learner(learner) if learner is not None else ()
    person = tx.people.get(learner) if learner is not None and handed else None
    dues = tuple(
        d for d in (_due(one, person.extra_time if person is not None else 1.0, learner or "") for one in handed) if d.rules.assigned
    )
    found = Assigned(dues)
    exams = [q for q, policy in catalogue.outline.policies.items() if policy.kind is Kind.EXAM]
    return replace(found, shut=dict(_shut(tx, catalogue, found, exams, learner))) if exams else found


def done_items(attempts: Iterable[Attempt], completed: Collection[str]) -> frozenset[Item]:
    """What counts as done where an order is required: quizzes handed in, modules completed."""
    quizzes = {Item(ItemKind.QUIZ, a.quiz) for a in attempts if a.state in OVER}
    return frozenset(quizzes | {Item(ItemKind.MODULE, module) for module in completed})


def quiz_of(catalogue: Catalogue, item: Item) -> str | None:
    """The quiz that an item asks for: itself, or the module's checkpoint."""
    if item.kind is ItemKind.QUIZ:
        return item.id
    outline = catalogue.outline.module(item.id)
    return outline.checkpoint if outline is not None else None


def item_title(catalogue: Catalogue, item: Item) -> str:
    """What an item is called; its id when the course has it no more."""
    if item.kind is ItemKind.MODULE:
        module = catalogue.module(item.id)
        return module.title if module is not None else item.id
    quiz = catalogue.course.quizzes.get(item.id)
    return quiz.title if quiz is not None else item.id


def _due(one: Handed, extra_time: float, learner: str) -> Due:
    rules = effective(one.assignment, Person(learner, one.groups, extra_time), one.extension, exempt=one.exempt)
    others = replace(one.latest, person=learner) if one.latest is not None else None
    ends = [r.last_moment for r in (effective(one.assignment, Person(learner, one.groups), e) for e in (None, others))]
    return Due(rules, one.cohort_name, None if None in ends else max(e for e in ends if e is not None))


def _shut(tx: Transaction, catalogue: Catalogue, found: Assigned, exams: Iterable[str], learner: str | None) -> Iterable[tuple[str, str]]:
    """An exam that somebody was assigned is nobody else's, and counts for an account."""
    account = None
    for quiz in exams:
        if found.covering(catalogue, quiz):
            account = account or tx.accounts.get(learner or "")
            if account is None:
                yield quiz, ONLY_ACCOUNT
        elif tx.assignments.is_assigned(quiz, _module_with(catalogue, quiz)):
            yield quiz, ONLY_ASSIGNED


def _module_with(catalogue: Catalogue, quiz: str) -> str | None:
    return next((m.id for m in catalogue.outline.modules if m.checkpoint == quiz), None)


def _behind(catalogue: Catalogue, due: Due, quiz: str, done: Collection[Item]) -> Item | None:
    """What has to be done before this quiz in an assignment with a required order."""
    item = next(i for i in due.assignment.items if quiz_of(catalogue, i) == quiz)
    return locked_behind(due.assignment, item, done)


def _lines(catalogue: Catalogue, due: Due, quiz: str, done: Collection[Item], now: datetime, zone: tzinfo) -> Iterable[str]:
    for line in in_words(due.rules, now, zone):
        yield f"{due.assignment.title}: {line[0].lower()}{line[1:]}" if line.startswith(_NAMED) else line
    before = _behind(catalogue, due, quiz, done)
    if before is not None and phase(due.rules, now) is not Phase.EXEMPT:
        yield f"First do “{item_title(catalogue, before)}”: your instructor asks for this order."


_NAMED = ("Hidden", "Due", "Open", "Late", "Closed", "Does")
