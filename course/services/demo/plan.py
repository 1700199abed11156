"""What a demo's class is handed out and when: the test before, modules, other quizzes, the test after, what follows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from course.access.assignments import Assignment, Item, ItemKind, Late, LateKind
from course.content.model import Catalogue, Quiz
from course.learning.policy import Behaviour, Kind
from course.questions import Question

ASKED: Final = (Kind.CHECKPOINT, Kind.PRETEST, Kind.POSTTEST, Kind.EXAM, Kind.CASE)
BEHAVIOURS: Final = (Behaviour.DEFERRED, Behaviour.IMMEDIATE)
_WEEKS: Final = 10.4
"""From the beginning to the last piece of work, when something follows it: a class of today has just finished."""
_RUNNING: Final = 13.0
"""The same when nothing follows: the last pieces lie ahead of a class of today."""
BEFORE: Final = timedelta(weeks=11)
"""How long ago a class of today began."""


@dataclass(frozen=True, slots=True)
class Odd:
    """Questions that are not what their labels say, so that the lead's pages have something to find; None where there is none.

    `against`: the more able one is, the less likely to be right. `changed`: harder for the class of the year before.
    """

    against: str | None = None
    changed: str | None = None


def odd(catalogue: Catalogue) -> Odd:
    """Of the questions that the test before asks alone, the first and the last with four options: no gain is measured on them."""
    quizzes = catalogue.course.quizzes.values()
    elsewhere = {e.question.id for q in quizzes if q.policy.kind is not Kind.PRETEST for e in q.entries}
    before = [q for q in quizzes if q.policy.kind is Kind.PRETEST]
    own = [e.question.id for q in before[:1] for e in q.entries if _four(e.question) and e.question.id not in elsewhere]
    return Odd(own[0], own[-1]) if len(own) > 1 else Odd()


def assignments(catalogue: Catalogue, cohort: str, start: datetime, name: Callable[[str], str]) -> tuple[Assignment, ...]:
    """Due one after another from `start` on, each open two weeks before; follow-ups come when their time since the last test is over.

    `name` makes an id that is the same in every run.
    """
    found = catalogue.course
    checkpoints = {m.checkpoint for m in catalogue.outline.modules}
    quizzes = [q for q in found.quizzes.values() if q.policy.kind in ASKED and q.policy.behaviour in BEHAVIOURS and q.id not in checkpoints]
    follows = [q for q in found.quizzes.values() if q.policy.kind is Kind.FOLLOWUP and after(q)]
    by_kind = {kind: [_quiz(q) for q in quizzes if q.policy.kind is kind] for kind in ASKED}
    work = by_kind.pop(Kind.PRETEST) + [(m.title, Item(ItemKind.MODULE, m.id)) for m in found.modules]
    last = by_kind.pop(Kind.POSTTEST)
    work += [one for those in by_kind.values() for one in those] + last
    step = timedelta(weeks=_WEEKS if follows else _RUNNING) / max(1, len(work))
    dues = [start + (n + 1) * step for n in range(len(work))]
    work += [_quiz(q) for q in follows]
    dues += [start + len(dues) * step + timedelta(seconds=after(q)) + timedelta(days=14) for q in follows]
    return tuple(_assignment(catalogue, cohort, name, n, one, due) for n, (one, due) in enumerate(zip(work, dues, strict=True)))


def _assignment(catalogue: Catalogue, cohort: str, name: Callable[[str], str], n: int, one: tuple[str, Item], due: datetime) -> Assignment:
    title, item = one
    evening = due.replace(hour=21, minute=0, second=0)
    quiz = catalogue.course.quizzes.get(item.id) if item.kind is ItemKind.QUIZ else None
    open_for = timedelta(days=22 if quiz is not None and quiz.policy.kind is Kind.FOLLOWUP else 14)
    return Assignment(
        name(f"assignment {n}"), cohort, title[:120], (item,), opens=evening - open_for, due=evening,
        closes=evening + timedelta(days=7), late=Late(LateKind.PENALTY, 0.1, 0.5) if n % 2 else Late(), weight=_weight(catalogue, item),
    )  # fmt: skip


def _quiz(quiz: Quiz) -> tuple[str, Item]:
    return quiz.title, Item(ItemKind.QUIZ, quiz.id)


def after(quiz: Quiz) -> float:
    """Seconds since another quiz was handed in; 0: it waits for none."""
    return max((u.after for u in quiz.policy.unlock if u.handed_in), default=0.0)


def _weight(catalogue: Catalogue, item: Item) -> float:
    """What comes before the course, and after it, does not count; a quiz of its own counts twice as much as a module."""
    if item.kind is ItemKind.MODULE:
        return 1.0
    return 0.0 if catalogue.outline.policies[item.id].kind in (Kind.PRETEST, Kind.FOLLOWUP) else 2.0


def _four(question: Question) -> bool:
    return question.type == "single_choice" and len(getattr(question.body, "options", ())) >= 4
