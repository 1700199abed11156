"""What every use case of the student works with, and the first look-ups they share."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import lru_cache
from threading import Lock
from typing import Any
from zoneinfo import ZoneInfo

from course.content.model import Catalogue, Cell, Module, Quiz
from course.errors import NotFound
from course.learning.attempts import Attempt
from course.questions import Question, Variant, draw, restore, with_values
from course.storage.stores.people import Learner
from course.storage.unit_of_work import Transaction, UnitOfWork

LearnerId = str
_KEPT_VERSIONS = 2048


@dataclass(frozen=True, slots=True)
class Desk:
    """Collaborators of the use cases. `clock` gives UTC, `seeds` fresh random integers below 2**63."""

    uow: UnitOfWork
    catalogue: Callable[[], Catalogue]
    clock: Callable[[], datetime]
    seeds: Callable[[], int]
    _versions: OrderedDict[str, Question] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def questions(self, tx: Transaction, versions: Iterable[str]) -> Mapping[str, Question]:
        """Version -> the question as it was served, whatever the content says today.

        Raises UnreadableQuestion for a version that this edition of the course cannot build.
        """
        wanted = set(versions)
        with self._lock:
            found = {v: self._versions[v] for v in wanted if v in self._versions}
        missing = wanted - found.keys()
        if missing:
            made = {version: restore(canonical) for version, canonical in tx.questions.canonical(missing).items()}
            found.update(made)
            with self._lock:
                self._versions.update(made)
                while len(self._versions) > _KEPT_VERSIONS:
                    self._versions.popitem(last=False)
        return found


def pinned_variant(question: Question, seed: int) -> tuple[Question, Mapping[str, Any] | None]:
    """The question as this seed asks it, and what to store so that it can be asked again; None without variables."""
    variant = _drawn(_Version(question.version, question), seed)
    return variant.question, {"seed": seed, "values": dict(variant.values)} if variant.values else None


def as_asked(question: Question, variant: Mapping[str, Any] | None) -> Question:
    """The question with the variables that were stored for it."""
    return question if variant is None else _filled_in(_Version(question.version, question), json.dumps(variant["values"]))


@dataclass(frozen=True, slots=True)
class _Version:
    """A question as a key: equal to whatever has the same version."""

    version: str
    question: Question = field(compare=False)


@lru_cache(maxsize=_KEPT_VERSIONS)
def _drawn(asked: _Version, seed: int) -> Variant:
    """Kept, since every click in a notebook asks for the same few again."""
    return draw(asked.question, seed)


@lru_cache(maxsize=_KEPT_VERSIONS)
def _filled_in(asked: _Version, values: str) -> Question:
    """Kept, as every click on a quiz does. `values` are JSON: 1 and 1.0 may read differently."""
    return with_values(asked.question, json.loads(values)).question


def known(tx: Transaction, learner: LearnerId) -> Learner:
    """The learner who writes, held until the transaction ends. Raises NotFound when the profile does not exist (any more)."""
    found = tx.people.lock(learner)
    if found is None:
        raise NotFound("This profile does not exist any more. Reload the page to start afresh.")
    return found


def mine(tx: Transaction, learner: LearnerId | None, attempt_id: int) -> Attempt:
    """The learner's own attempt. Raises NotFound for anybody else's, as for one that does not exist."""
    found = tx.attempts.get(attempt_id)
    if found is None or learner is None or found.learner != learner:
        raise NotFound("There is no such attempt of yours.")
    return found


def the_module(catalogue: Catalogue, module_id: str) -> Module:
    """Raises NotFound when the course has no such module."""
    found = catalogue.module(module_id)
    if found is None:
        raise NotFound("The course has no such module.")
    return found


def the_cell(catalogue: Catalogue, module_id: str, cell_id: str) -> tuple[Module, Cell]:
    """Raises NotFound when the course has no such cell."""
    module = the_module(catalogue, module_id)
    found = module.cell(cell_id)
    if found is None:
        raise NotFound("This module has no such cell.")
    return module, found


def the_quiz(catalogue: Catalogue, quiz_id: str) -> Quiz:
    """Raises NotFound when the course has no such quiz."""
    found = catalogue.course.quizzes.get(quiz_id)
    if found is None:
        raise NotFound("The course has no such quiz.")
    return found


def zone_of(learner: Learner | None) -> tzinfo:
    """The learner's time zone; UTC for guests."""
    return ZoneInfo(learner.time_zone if learner is not None else "UTC")


def folder_of(catalogue: Catalogue, module_id: str | None) -> str:
    """The module's folder, where its figures are; "" for none."""
    module = catalogue.module(module_id) if module_id is not None else None
    return module.folder if module is not None else ""


def practice_quiz(catalogue: Catalogue, question_id: str) -> Quiz | None:
    """The quiz whose rules hold for the question in a notebook."""
    return catalogue.practised_in.get(question_id)


def asked_at_once(quiz: Quiz) -> int:
    """How many questions one attempt asks."""
    return sum(d.take for d in quiz.policy.draw) if quiz.policy.draw else len(quiz.entries)
