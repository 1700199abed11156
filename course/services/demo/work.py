"""What invented learners do for what they were handed out: reading, trying, taking quizzes, leaving."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np

from course.access.assignments import Assignment, ItemKind
from course.content.model import Catalogue, Quiz
from course.learning.attempts import AttemptState
from course.learning.drawing import practice_seed
from course.learning.events import EventKind
from course.learning.outline import CellKind
from course.learning.policy import Behaviour, Kind, QuizPolicy
from course.learning.responses import ResponseKind
from course.learning.scoring import Mark, passes, totals
from course.learning.snapshot import policy_to_json
from course.questions import Question
from course.services.demo.papers import Answer, Ask, DemoPaper, answers, paper
from course.services.demo.people import Invented, chance
from course.services.demo.plan import BEHAVIOURS, Odd, after
from course.services.study.desk import pinned_variant, practice_quiz

PAPERS: Final = 24
"""Seeds a quiz is drawn with; more would only cost time."""
LEARNED: Final = 1.2
"""What the course adds to everybody's ability by the test after it."""
HARDER: Final = 2.6
"""How much harder the changed question was for the class of the year before."""
_SURE: Final = (0.6, 0.28, 0.12)
"""How often somebody who is right says certainty 3, 2 and 1."""
_AGAINST: Final = -3.0
_MISLED: Final = 0.75
"""How steeply the odd question goes against ability, and how often its wrong answer is one and the same."""
_MONTH: Final = 30 * 86_400
_LEFT: Final = 0.7
"""What is left of it after a month, and of that after the next."""


@dataclass(slots=True)
class Rows:
    """What is written at the end, table by table. `asked`: every question of them, by version."""

    attempts: list[dict[str, Any]] = field(default_factory=list)
    slots: list[dict[str, Any]] = field(default_factory=list)
    responses: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    tries: list[dict[str, Any]] = field(default_factory=list)
    asked: dict[str, Question] = field(default_factory=dict)


def learned(quiz: Quiz) -> float:
    """How far above their first ability learners are at a test: all of what they learned at the end, part of it later."""
    tested = quiz.policy.kind in (Kind.POSTTEST, Kind.FOLLOWUP)
    return LEARNED * float(_LEFT ** (after(quiz) / _MONTH)) if tested else 0.0


def right_by_chance(ask: Ask, ability: float, unlike: Odd, year: int) -> float:
    """The chance that somebody of this ability is right, odd questions included."""
    name = ask.question.id
    return chance(
        _AGAINST * ability if name == unlike.against else ability, ask.question.difficulty, ask.guess,
        HARDER if name == unlike.changed and year else 0.0,
    )  # fmt: skip


class Work:
    """One class at work. `begun` and `now`: when it began, and today; `next_attempt` numbers its attempts."""

    def __init__(
        self, catalogue: Catalogue, rng: np.random.Generator, held: frozenset[tuple[str, str]], unlike: Odd, year: int,
        begun: datetime, now: datetime, next_attempt: int, rows: Rows,
    ) -> None:  # fmt: skip
        self.catalogue, self.rng, self.held, self.unlike, self.year = catalogue, rng, held, unlike, year
        self.begun, self.now, self.next_attempt, self.rows = begun, now, next_attempt, rows
        self._papers: dict[str, tuple[DemoPaper, ...]] = {}
        self._policies: dict[str, dict[str, Any]] = {}
        self._handed_in: dict[tuple[str, str], datetime] = {}

    def do(self, handed_out: Sequence[Assignment], people: Sequence[Invented]) -> None:
        """Everything, assignment by assignment."""
        length = max(((a.due - self.begun) for a in handed_out if a.due is not None and a.due <= self.now), default=timedelta())
        for one in handed_out:
            for person in people:
                self._piece(one, person, self.begun + person.leaves * length if person.leaves < 1 else self.now)

    def _piece(self, one: Assignment, person: Invented, until: datetime) -> None:
        """What one learner did for one assignment: nothing, some of it, or all; in time, or a little late."""
        assert one.due is not None
        luck = self.rng.random(4)
        if luck[0] > person.diligence:
            return
        item, quiz = one.items[0], self._quiz(one)
        aimed = one.due - timedelta(hours=float(-30 + 200 * luck[1] ** 0.7))
        at = aimed if quiz is None else self._not_before(quiz.policy, person, aimed, float(luck[1]))
        if at is None or at > until:
            return
        stops = luck[2] < 0.04
        if item.kind is ItemKind.MODULE:
            self._read(item.id, person, at, stops=stops)
        papers = self._drawn(quiz) if quiz is not None else ()
        if stops or quiz is None or not papers:
            return
        ability = person.ability + learned(quiz)
        passed = self._attempt(quiz, person, papers, at, 1, ability)
        again = at + timedelta(hours=20 + 20 * float(luck[3]))
        if passed is False and luck[3] < 0.6 and again < self.now and quiz.policy.attempts != 1:
            passed = self._attempt(quiz, person, papers, again, 2, ability + 0.5) or passed
        if item.kind is ItemKind.MODULE and passed:
            self._completed(item.id, person, again if passed and luck[3] < 0.6 else at + timedelta(minutes=20))

    def _not_before(self, policy: QuizPolicy, person: Invented, at: datetime, luck: float) -> datetime | None:
        """When it is begun: some days after it opens, when it follows another quiz; None when that was never handed in."""
        for first in policy.unlock:
            if first.handed_in is not None:
                ended = self._handed_in.get((person.id, first.handed_in))
                if ended is None:
                    return None
                at = max(at - timedelta(days=14), ended + timedelta(seconds=first.after) + timedelta(days=9 * luck, minutes=5))
        return at

    def _quiz(self, one: Assignment) -> Quiz | None:
        item = one.items[0]
        outline = self.catalogue.outline.module(item.id)
        quiz_id = item.id if item.kind is ItemKind.QUIZ else outline.checkpoint if outline is not None else None
        quiz = self.catalogue.course.quizzes.get(quiz_id or "")
        return quiz if quiz is not None and quiz.policy.behaviour in BEHAVIOURS else None

    def _drawn(self, quiz: Quiz) -> tuple[DemoPaper, ...]:
        if quiz.id not in self._papers:
            drawn = [paper(quiz, int(seed)) for seed in self.rng.integers(1, 2**62, PAPERS)]
            self._papers[quiz.id] = tuple(p for p in drawn if p is not None)
            self.rows.asked.update({a.question.version: a.question for p in self._papers[quiz.id] for a in p.asks})
        return self._papers[quiz.id]

    def _read(self, module_id: str, person: Invented, at: datetime, *, stops: bool) -> None:
        """Open the module's cells and answer its questions."""
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

    def _try(self, question: Question, person: Invented, module_id: str, cell: str, at: datetime) -> None:
        quiz = practice_quiz(self.catalogue, question.id)
        asked, variant = pinned_variant(question, practice_seed(quiz.policy.seed if quiz is not None else "attempt", number=1))
        pair = answers(asked, question.points)
        if pair is None:
            return
        right = self.rng.random() < chance(person.ability, question.difficulty, 0.2)
        given = pair[0] if right else self._wrong(pair[1], person, float(self.rng.random()))
        self.rows.asked[question.version] = question
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
        luck = self.rng.random((3, len(sheet.asks)))
        given = [self._answer(ask, person, ability, float(x), float(y)) for ask, x, y in zip(sheet.asks, luck[0], luck[1], strict=True)]
        total = totals([g.mark for g in given])
        passed = passes(total.fraction, quiz.policy.pass_mark)
        attempt_id, self.next_attempt = self.next_attempt, self.next_attempt + 1
        seconds = 25 + 50 * luck[0]
        end = at + timedelta(seconds=float(seconds.sum()) + 20)
        self._handed_in.setdefault((person.id, quiz.id), end)
        self.rows.attempts.append({
            "id": attempt_id, "learner_id": person.id, "quiz_id": quiz.id, "number": number, "state": AttemptState.GRADED.value,
            "seed": sheet.seed, "policy": self._policy(quiz), "started_at": at, "deadline": None, "last_activity_at": end, "submitted_at": end,
            "graded_at": end, "start_key": f"demo-{attempt_id}", "submit_key": f"demo-{attempt_id}", "points": total.points, "max": total.max,
            "fraction": total.fraction, "passed": passed, "reached": None,
        })  # fmt: skip
        when = at
        kind = ResponseKind.CHECKED if quiz.policy.behaviour is Behaviour.IMMEDIATE else ResponseKind.SAVED
        for position, (ask, answer, spent, mood) in enumerate(zip(sheet.asks, given, seconds, luck[2], strict=True), start=1):
            when += timedelta(seconds=round(float(spent), 1))
            self._slot(attempt_id, position, ask, answer.mark)
            certainty = self._certainty(ask, answer, person, float(mood)) if quiz.policy.certainty else None
            self.rows.responses.append({
                "attempt_id": attempt_id, "position": position, "at": when, "kind": kind.value, "response": answer.response, "certainty": certainty,
            })  # fmt: skip
        for what, moment in ((EventKind.QUIZ_STARTED, at), (EventKind.QUIZ_SUBMITTED, end)):
            self.rows.events.append(_event(person.id, moment, what, quiz.module, None, {"quiz": quiz.id, "attempt": attempt_id}))
        return passed

    def _answer(self, ask: Ask, person: Invented, ability: float, luck: float, choice: float) -> Answer:
        if luck < right_by_chance(ask, ability, self.unlike, self.year):
            return ask.right
        if ask.question.id == self.unlike.against and choice < _MISLED:
            return ask.wrong[0]
        return self._wrong(ask.wrong, person, choice)

    def _wrong(self, wrong: Sequence[Answer], person: Invented, choice: float) -> Answer:
        """One that shows a misconception they hold, where there is one; else any."""
        those = [a for a in wrong if (person.id, a.misconception) in self.held] or wrong
        return those[int(choice * len(those))]

    def _certainty(self, ask: Ask, answer: Answer, person: Invented, mood: float) -> int:
        """Certain and wrong is only who holds the misconception that the answer shows."""
        if answer is ask.right:
            return 3 if mood < _SURE[0] else 2 if mood < _SURE[0] + _SURE[1] else 1
        if (person.id, answer.misconception) in self.held:
            return 3 if mood < 0.75 else 2
        return 1 if mood < 0.6 else 2

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


def reporters(rows: Rows, question: str | None) -> Iterator[tuple[str, datetime, str]]:
    """Learners who were asked the question, when they handed in, and its version; nobody twice."""
    ended = {a["id"]: (a["learner_id"], a["submitted_at"]) for a in rows.attempts}
    seen: set[str] = set()
    for slot in rows.slots:
        learner, at = ended[slot["attempt_id"]]
        if slot["question_id"] == question and learner not in seen:
            seen.add(learner)
            yield learner, at, slot["version"]


def _event(
    learner: str, at: datetime, kind: EventKind, module: str | None, cell: str | None, data: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    return {"learner_id": learner, "at": at, "kind": kind.value, "module": module, "cell": cell, "data": data}
