"""Fills a database: an instructor, a cohort, assignments over the weeks around now, and what invented learners did."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np

from course.access.assignments import Assignment, Extension, Item, ItemKind, Late, LateKind
from course.access.roles import CohortRole
from course.content.model import Catalogue, Quiz
from course.errors import Refused
from course.learning.attempts import AttemptState
from course.learning.drawing import practice_seed
from course.learning.events import EventKind
from course.learning.outline import CellKind
from course.learning.policy import Behaviour, Kind
from course.learning.responses import ResponseKind
from course.learning.scoring import Mark, passes, totals
from course.learning.snapshot import policy_to_json
from course.questions import Question
from course.services.demo.papers import Ask, DemoPaper, answers, paper
from course.services.demo.people import Invented, chance, invented
from course.services.study.desk import pinned_variant, practice_quiz
from course.storage.stores.accounts import Account
from course.storage.stores.cohorts import Cohort, Group, Member
from course.storage.stores.notices import Announcement
from course.storage.stores.people import Learner
from course.storage.unit_of_work import Transaction, UnitOfWork

PAPERS: Final = 24
"""Seeds a quiz is drawn with; more would only cost time."""
MOST: Final = 20_000
ASKED: Final = (Kind.CHECKPOINT, Kind.PRETEST, Kind.POSTTEST, Kind.EXAM, Kind.CASE)
_BEHAVIOURS: Final = (Behaviour.DEFERRED, Behaviour.IMMEDIATE)
_SPACE: Final = uuid.UUID("0b1e2a54-9d53-4ad2-8c5e-2f6f6f3f6d11")


@dataclass(frozen=True, slots=True)
class Filled:
    """What was made. `instructor` and `learner` are ids to look at the pages as; `logins` sign in as them, with `password`."""

    cohort: str
    instructor: str
    learner: str
    learners: int
    assignments: int
    attempts: int
    answers: int
    logins: tuple[str, str] = ("", "")
    password: str = ""


@dataclass(slots=True)
class _Rows:
    """What is written at the end, table by table."""

    attempts: list[dict[str, Any]] = field(default_factory=list)
    slots: list[dict[str, Any]] = field(default_factory=list)
    responses: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    tries: list[dict[str, Any]] = field(default_factory=list)


class Demo:
    """Makes a synthetic cohort of known abilities."""

    def __init__(
        self,
        uow: UnitOfWork,
        catalogue: Callable[[], Catalogue],
        clock: Callable[[], datetime],
        password: Callable[[], str],
        hashed: Callable[[str], str],
    ) -> None:
        """`password` makes one that nobody can guess, `hashed` what is stored of it."""
        self._uow, self._catalogue, self._clock = uow, catalogue, clock
        self._password, self._hashed = password, hashed

    def fill(self, learners: int, seed: int, *, beside: bool = False) -> Filled:
        """Make it, in one transaction.

        Raises:
            Refused: the database holds people and `beside` is not given, or the number of learners is odd.
        """
        if not 1 <= learners <= MOST:
            raise Refused(f"A demo has 1 to {MOST} learners.")
        now, password = self._clock().replace(microsecond=0), self._password()
        stored = self._hashed(password)
        with self._uow.write() as tx:
            people = tx.bulk.people()
            if people and not beside:
                raise Refused(
                    f"The database holds {people} people; nothing was changed. Give the demo a database of its own "
                    "(COURSE_DATA_DIR=/tmp/demo), or add --beside to put it beside them."
                )
            made = _Filling(tx, self._catalogue(), now, seed).fill(invented(seed, learners))
            logins = f"demo-instructor-{seed}", f"demo-learner-{seed}"
            for who, login in zip((made.instructor, made.learner), logins, strict=True):
                tx.accounts.add(Account(who, login, now, password_hash=stored, password_changed_at=now))
            return replace(made, logins=logins, password=password)


class _Filling:
    def __init__(self, tx: Transaction, catalogue: Catalogue, now: datetime, seed: int) -> None:
        self.tx, self.catalogue, self.now, self.seed = tx, catalogue, now, seed
        self.rng = np.random.default_rng([seed, 3])
        self.rows = _Rows()
        self._remembered: set[str] = set()
        self._policies: dict[str, dict[str, Any]] = {}
        self.next_attempt = tx.bulk.next_attempt()
        self.cohort, self.instructor = self._id("cohort"), self._id("instructor")

    def fill(self, people: Sequence[Invented]) -> Filled:
        if self.tx.cohorts.get(self.cohort) is not None:
            raise Refused(f"The demo with seed {self.seed} stands in this database already. Choose another with --seed.")
        start = self.now - timedelta(weeks=11)
        self._cohort(people, start)
        handed_out = self._assignments(start)
        papers = self._papers(handed_out)
        self.tx.questions.remember(_asked(papers), start)
        for one in handed_out:
            for person in people:
                self._work(one, person, papers)
        self._allowances(handed_out, people)
        answered = self._write()
        self.tx.meta.put(f"demo-{self.seed}", json.dumps({"seed": self.seed, "learners": len(people), "cohort": self.cohort}))
        return Filled(self.cohort, self.instructor, people[0].id, len(people), len(handed_out), len(self.rows.attempts), answered)

    def _id(self, name: str) -> str:
        return str(uuid.uuid5(_SPACE, f"{self.seed}/{name}"))

    def _cohort(self, people: Sequence[Invented], start: datetime) -> None:
        self.tx.people.add(Learner(self.instructor, start, "Demo instructor"))
        settings = {"gradebook": {"drop_lowest": 1, "show_mean": True, "show_place": True}}
        self.tx.cohorts.add(Cohort(self.cohort, f"Demo cohort {self.seed}", start, settings=settings))
        self.tx.memberships.put(Member(self.cohort, self.instructor, CohortRole.INSTRUCTOR, start))
        self.tx.bulk.add("learner", (
            {"id": p.id, "name": p.name, "created_at": start, "clinician": False, "extra_time": 1.25 if n % 25 == 3 else 1.0, "time_zone": "UTC"}
            for n, p in enumerate(people)
        ))  # fmt: skip
        self.tx.bulk.add("membership", (
            {"cohort_id": self.cohort, "learner_id": p.id, "role": "learner", "since": start, "name": p.name, "email": p.email, "roster": {"id": p.number}}
            for p in people
        ))  # fmt: skip
        for n, name in enumerate(("Monday group", "Thursday group")):
            self.tx.cohorts.add_group(Group(self._id(name), self.cohort, name, tuple(p.id for p in people[n::2])))
        self.tx.announcements.add(
            Announcement(0, self.cohort, "Welcome", "This cohort is made up: names, answers and grades belong to nobody.", self.now)
        )

    def _assignments(self, start: datetime) -> tuple[Assignment, ...]:
        """What comes before, each module, then each other quiz asked at once, due week by week; the last ones lie ahead."""
        found = self.catalogue.course
        checkpoints = {m.checkpoint for m in self.catalogue.outline.modules}
        quizzes = [
            q for q in found.quizzes.values() if q.policy.kind in ASKED and q.policy.behaviour in _BEHAVIOURS and q.id not in checkpoints
        ]
        work = [(q.title, Item(ItemKind.QUIZ, q.id)) for q in quizzes if q.policy.kind is Kind.PRETEST]
        work += [(m.title, Item(ItemKind.MODULE, m.id)) for m in found.modules]
        work += [(q.title, Item(ItemKind.QUIZ, q.id)) for q in quizzes if q.policy.kind is not Kind.PRETEST]
        step = timedelta(weeks=13) / max(1, len(work))
        made = []
        for n, (title, item) in enumerate(work):
            due = (start + (n + 1) * step).replace(hour=21, minute=0, second=0)
            late = Late(LateKind.PENALTY, 0.1, 0.5) if n % 2 else Late()
            one = Assignment(
                self._id(f"assignment {n}"), self.cohort, title[:120], (item,), opens=due - timedelta(days=14), due=due,
                closes=due + timedelta(days=7), late=late, weight=_weight(self.catalogue, item),
            )  # fmt: skip
            self.tx.assignments.add(one, start)
            made.append(one)
        return tuple(made)

    def _papers(self, handed_out: Sequence[Assignment]) -> Mapping[str, tuple[DemoPaper, ...]]:
        out: dict[str, tuple[DemoPaper, ...]] = {}
        for one in handed_out:
            quiz = self._quiz(one)
            if quiz is not None:
                seeds = self.rng.integers(1, 2**62, PAPERS)
                drawn = [paper(quiz, int(seed)) for seed in seeds]
                out[quiz.id] = tuple(p for p in drawn if p is not None)
        return out

    def _quiz(self, one: Assignment) -> Quiz | None:
        item = one.items[0]
        outline = self.catalogue.outline.module(item.id)
        quiz_id = item.id if item.kind is ItemKind.QUIZ else outline.checkpoint if outline is not None else None
        quiz = self.catalogue.course.quizzes.get(quiz_id or "")
        return quiz if quiz is not None and quiz.policy.behaviour in _BEHAVIOURS else None

    def _work(self, one: Assignment, person: Invented, papers: Mapping[str, tuple[DemoPaper, ...]]) -> None:
        """What one learner did for one assignment: nothing, some of it, or all; in time, or a little late."""
        assert one.due is not None
        luck = self.rng.random(4)
        if luck[0] > person.diligence:
            return
        at = one.due - timedelta(hours=float(-30 + 200 * luck[1] ** 0.7))
        if at > self.now:
            return
        item, quiz = one.items[0], self._quiz(one)
        stops = luck[2] < 0.04
        if item.kind is ItemKind.MODULE:
            at = self._read(item.id, person, at, stops=stops)
        if stops or quiz is None or not papers.get(quiz.id):
            return
        passed = self._attempt(quiz, person, papers[quiz.id], at, 1, person.ability)
        again = at + timedelta(hours=20 + 20 * float(luck[3]))
        if passed is False and luck[3] < 0.6 and again < self.now and quiz.policy.attempts != 1:
            passed = self._attempt(quiz, person, papers[quiz.id], again, 2, person.ability + 0.5) or passed
        if item.kind is ItemKind.MODULE and passed:
            self._completed(item.id, person, again if passed and luck[3] < 0.6 else at + timedelta(minutes=20))

    def _read(self, module_id: str, person: Invented, at: datetime, *, stops: bool) -> datetime:
        """Open the module's cells and answer its questions; returns when that was done."""
        outline = self.catalogue.outline.module(module_id)
        assert outline is not None
        cells = [c for c in outline.cells if not c.clinician and c.kind is not CellKind.CHECKPOINT]
        begin = at - timedelta(minutes=3 * len(cells))
        for n, cell in enumerate(cells[: max(1, len(cells) // 2)] if stops else cells):
            when = begin + timedelta(minutes=3 * n)
            self.rows.events.append(_event(person.id, when, EventKind.CELL_OPENED, module_id, cell.id))
            question = self.catalogue.questions.get(cell.question or "")
            if question is not None:
                self._try(question, person, module_id, cell.id, when + timedelta(minutes=1))
        return at

    def _try(self, question: Question, person: Invented, module_id: str, cell: str, at: datetime) -> None:
        quiz = practice_quiz(self.catalogue, question.id)
        asked, variant = pinned_variant(question, practice_seed(quiz.policy.seed if quiz is not None else "attempt", number=1))
        pair = answers(asked, question.points)
        if pair is None:
            return
        right = self.rng.random() < chance(person.ability, question.difficulty, 0.2)
        given = pair[0] if right else pair[1]
        if question.version not in self._remembered:
            self.tx.questions.remember([question], at)
            self._remembered.add(question.version)
        state = given.mark.state
        assert state is not None
        self.rows.tries.append({
            "learner_id": person.id, "at": at, "module": module_id, "cell": cell, "question_id": question.id, "version": question.version,
            "variant": variant, "number": 1, "response": given.response, "score": given.mark.score, "state": state.value,
        })  # fmt: skip
        self.rows.events.append(_event(person.id, at, EventKind.CELL_ANSWERED, module_id, cell))

    def _completed(self, module_id: str, person: Invented, at: datetime) -> None:
        outline = self.catalogue.outline.module(module_id)
        assert outline is not None
        data = {"cells": [c.id for c in outline.cells]}
        self.rows.events.append(_event(person.id, at, EventKind.MODULE_COMPLETED, module_id, None, data))

    def _attempt(self, quiz: Quiz, person: Invented, papers: Sequence[DemoPaper], at: datetime, number: int, ability: float) -> bool | None:
        """One attempt, answered question by question; whether it is passed."""
        sheet = papers[int(self.rng.integers(len(papers)))]
        luck = self.rng.random(len(sheet.asks))
        given = [a.right if x < chance(ability, a.question.difficulty, a.guess) else a.wrong for a, x in zip(sheet.asks, luck, strict=True)]
        marks = [g.mark for g in given]
        total = totals(marks)
        passed = passes(total.fraction, quiz.policy.pass_mark)
        attempt_id, self.next_attempt = self.next_attempt, self.next_attempt + 1
        seconds = 25 + 50 * luck
        end = at + timedelta(seconds=float(seconds.sum()) + 20)
        self.rows.attempts.append({
            "id": attempt_id, "learner_id": person.id, "quiz_id": quiz.id, "number": number, "state": AttemptState.GRADED.value,
            "seed": sheet.seed, "policy": self._policy(quiz), "started_at": at, "deadline": None, "last_activity_at": end, "submitted_at": end,
            "graded_at": end, "start_key": f"demo-{attempt_id}", "submit_key": f"demo-{attempt_id}", "points": total.points, "max": total.max,
            "fraction": total.fraction, "passed": passed, "reached": None,
        })  # fmt: skip
        when = at
        for position, (ask, answer, spent) in enumerate(zip(sheet.asks, given, seconds, strict=True), start=1):
            when += timedelta(seconds=round(float(spent), 1))
            self._slot(attempt_id, position, ask, answer.mark)
            kind = ResponseKind.CHECKED if quiz.policy.behaviour is Behaviour.IMMEDIATE else ResponseKind.SAVED
            certainty = (3 if answer is ask.right else 1 + int(spent) % 2) if quiz.policy.certainty else None
            self.rows.responses.append({
                "attempt_id": attempt_id, "position": position, "at": when, "kind": kind.value, "response": answer.response, "certainty": certainty,
            })  # fmt: skip
        for what, moment in ((EventKind.QUIZ_STARTED, at), (EventKind.QUIZ_SUBMITTED, end)):
            self.rows.events.append(_event(person.id, moment, what, quiz.module, None, {"quiz": quiz.id, "attempt": attempt_id}))
        return passed

    def _slot(self, attempt_id: int, position: int, ask: Ask, found: Mark) -> None:
        self.rows.slots.append({
            "attempt_id": attempt_id, "position": position, "question_id": ask.question.id, "version": ask.question.version,
            "points": ask.points, "variant": ask.variant, "flagged": False, "notice_skipped": False, "score": found.score,
            "state": None if found.state is None else found.state.value, "again_of": None,
        })  # fmt: skip

    def _policy(self, quiz: Quiz) -> dict[str, Any]:
        if quiz.id not in self._policies:
            self._policies[quiz.id] = policy_to_json(replace(quiz.policy, time_limit=None))
        return self._policies[quiz.id]

    def _allowances(self, handed_out: Sequence[Assignment], people: Sequence[Invented]) -> None:
        for n, one in enumerate(handed_out[-4:]):
            if one.due is not None and n < len(people):
                self.tx.assignments.extend(Extension(one.id, people[n].id, due=one.due + timedelta(days=7)), self.now)
        if len(handed_out) > 2 and len(people) > 5:
            self.tx.assignments.exempt(handed_out[1].id, people[5].id, True, self.now)

    def _write(self) -> int:
        rows, bulk = self.rows, self.tx.bulk
        bulk.add("attempt", rows.attempts)
        bulk.add("attempt_slot", rows.slots)
        answered = bulk.add("response", rows.responses)
        bulk.add("practice_response", rows.tries)
        bulk.add("event", sorted(rows.events, key=lambda e: e["at"]))
        bulk.finish()
        return answered + len(rows.tries)


def _weight(catalogue: Catalogue, item: Item) -> float:
    """What comes before the course does not count; a quiz of its own counts twice as much as a module."""
    if item.kind is ItemKind.MODULE:
        return 1.0
    return 0.0 if catalogue.outline.policies[item.id].kind is Kind.PRETEST else 2.0


def _asked(papers: Mapping[str, Sequence[DemoPaper]]) -> Iterator[Question]:
    by_version: dict[str, Question] = {}
    for sheets in papers.values():
        for sheet in sheets:
            by_version.update({a.question.version: a.question for a in sheet.asks})
    yield from by_version.values()


def _event(
    learner: str, at: datetime, kind: EventKind, module: str | None, cell: str | None, data: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    return {"learner_id": learner, "at": at, "kind": kind.value, "module": module, "cell": cell, "data": data}
