"""The lead's overview and objectives of 5,000 learners with a million graded questions: processor time of filters and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np

from benchmarks.measurement import Measurement, milliseconds
from course.access.roles import CohortRole
from course.bootstrap import Process, build
from course.content.model import Quiz
from course.learning.policy import Kind
from course.learning.snapshot import policy_to_json
from course.services.insight import Lens
from course.storage.stores.cohorts import Cohort, Member
from course.storage.stores.people import Learner

LEARNERS: Final = 5000
ATTEMPTS: Final = 16
ASKED: Final = 13
"""Questions an attempt; with the attempts above, a million and some."""
LIMIT: Final = 150.0
OBJECTIVES: Final = 5000.0
NOW: Final = datetime(2026, 11, 1, tzinfo=UTC)


def measure() -> Iterator[Measurement]:
    with TemporaryDirectory() as folder:
        process = build({"COURSE_DATA_DIR": folder})
        process.prepare()
        answers = _fill(process)
        # Others on the machine only add to it: the least of several runs is what it costs.
        took = [milliseconds(lambda: _look(process)) for _ in range(7)]
        objectives = min(milliseconds(lambda: process.insight.objectives("lead", Lens("k"))) for _ in range(2))
        process.storage.close()
    yield Measurement("lead's overview, processor", min(took), "ms", LIMIT, f"{LEARNERS:,} learners, {answers:,} questions")
    yield Measurement("lead's objectives, processor", objectives, "ms", OBJECTIVES, "the same cohort, every learner's mastery")


def _look(process: Process) -> None:
    quizzes = process.insight.choices("lead", "k").quizzes
    process.insight.overview("lead", Lens("k", quizzes[0].id))


def _fill(process: Process) -> int:
    catalogue, rng = process.catalogue(), np.random.default_rng(1)
    quizzes = [q for q in catalogue.course.quizzes.values() if q.policy.kind is not Kind.SURVEY][:8]
    with process.storage.write() as tx:
        tx.people.add(Learner("lead", NOW, "Lead"))
        tx.cohorts.add(Cohort("k", "Large", NOW))
        tx.memberships.put(Member("k", "lead", CohortRole.LEAD, NOW))
        tx.questions.remember([e.question for q in quizzes for e in q.entries], NOW)
        people = [f"learner-{n}" for n in range(LEARNERS)]
        tx.bulk.add(
            "learner", ({"id": who, "created_at": NOW, "clinician": False, "extra_time": 1.0, "time_zone": "UTC"} for who in people)
        )
        tx.bulk.add("membership", ({"cohort_id": "k", "learner_id": who, "role": "learner", "since": NOW} for who in people))
        tx.bulk.add("attempt", _attempts(people, quizzes, rng))
        answers = tx.bulk.add("attempt_slot", _slots(quizzes, rng))
        kinds = ("cell_opened", "module_completed")
        events = ((who, kind, m.id) for who in people for m in catalogue.course.modules for kind in kinds)
        tx.bulk.add("event", ({"learner_id": who, "at": NOW, "kind": kind, "module": module} for who, kind, module in events))
    process.teach.build(again=True)
    return answers


def _attempts(people: list[str], quizzes: list[Quiz], rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    policies = {q.id: policy_to_json(q.policy) for q in quizzes}
    luck = rng.random((LEARNERS * ATTEMPTS, 2))
    for number in range(LEARNERS * ATTEMPTS):
        quiz, (share, day) = quizzes[number % ATTEMPTS % len(quizzes)], luck[number].tolist()
        at = NOW - timedelta(days=90 * day)
        yield {
            "id": number + 1, "learner_id": people[number // ATTEMPTS], "quiz_id": quiz.id, "number": number % ATTEMPTS // len(quizzes) + 1,
            "state": "graded", "seed": 1, "policy": policies[quiz.id], "started_at": at, "last_activity_at": at, "submitted_at": at,
            "graded_at": at, "start_key": f"s{number}", "submit_key": f"s{number}", "points": share * ASKED, "max": float(ASKED),
            "fraction": share, "passed": share >= 0.7,
        }  # fmt: skip


def _slots(quizzes: list[Quiz], rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    right = rng.random((LEARNERS * ATTEMPTS, ASKED)) < 0.6
    for number in range(LEARNERS * ATTEMPTS):
        entries = quizzes[number % ATTEMPTS % len(quizzes)].entries
        for position in range(ASKED):
            question, score = entries[position % len(entries)].question, float(right[number, position])
            yield {
                "attempt_id": number + 1, "position": position + 1, "question_id": question.id, "version": question.version, "points": 1.0,
                "flagged": False, "notice_skipped": False, "score": score, "state": "right" if score else "wrong",
            }  # fmt: skip
