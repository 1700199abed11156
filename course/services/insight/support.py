"""Learners who may need study support: five groups, each with its reasons. From study alone; nothing about use goes in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np

from course.access.permissions import Action
from course.analytics.study_support import THRESHOLDS, StudyRecord, SupportFinding, SupportGroup, Thresholds, study_support
from course.errors import Refused
from course.services.insight.desk import Lens, Scene, learner_names, scene
from course.services.study.desk import Desk, LearnerId
from course.services.teach.class_book import FINISHED, class_book
from course.storage.stores.answers import AnswerColumns
from course.storage.unit_of_work import Transaction


@dataclass(frozen=True, slots=True)
class SupportRow:
    """One learner, with what the finding is from."""

    learner: LearnerId
    name: str
    record: StudyRecord
    finding: SupportFinding


@dataclass(frozen=True, slots=True)
class SupportView:
    """`rows`: by group in the order of `SupportGroup`, then by name."""

    rows: tuple[SupportRow, ...]
    thresholds: Thresholds
    lens: Lens

    def count(self, group: SupportGroup) -> int:
        return sum(row.finding.group is group for row in self.rows)


def support(desk: Desk, who: LearnerId | None, lens: Lens, thresholds: Thresholds = THRESHOLDS) -> SupportView:
    """Needs the right to see single learners. Dates of the lens do not filter: today is what counts."""
    with desk.uow.read() as tx:
        found = scene(desk, tx, who, replace(lens, quiz="", since=None, until=None), Action.INSIGHT_PEOPLE)
        names = learner_names(tx, found)
        records = _records(tx, found, desk.clock())
    rows = [SupportRow(one, names.get(one, "No name"), record, study_support(record, thresholds)) for one, record in records.items()]
    order = list(SupportGroup)
    return SupportView(tuple(sorted(rows, key=lambda row: (order.index(row.finding.group), row.name.casefold()))), thresholds, lens)


def thresholds_of(days: int, answers: int, struggling: float, excelling: float) -> Thresholds:
    """Raises Refused for values that contradict each other."""
    try:
        return replace(THRESHOLDS, silent_days=days, fewest_answers=answers, struggling_below=struggling, excelling_from=excelling)
    except ValueError as fault:
        raise Refused(str(fault)) from None


def _records(tx: Transaction, found: Scene, now: datetime) -> Mapping[LearnerId, StudyRecord]:
    columns, seen = tx.answers.answers(found.asked), tx.answers.last_seen(found.asked)
    firsts, failed, work = _first_tries(columns), _failed_in_a_row(tx, found), _work(tx, found, now)
    today = now.astimezone(ZoneInfo(found.cohort.time_zone)).date()
    records = {}
    for learner in tx.answers.present(found.asked):
        answers, points = firsts.get(learner, (0, 0.0))
        last = seen.get(learner)
        days = None if last is None else max(0, (today - last.astimezone(ZoneInfo(found.cohort.time_zone)).date()).days)
        records[learner] = StudyRecord(answers, points, days, *work.get(learner, (0, 0, 0)), failed.get(learner, 0))
    return records


def _work(tx: Transaction, found: Scene, now: datetime) -> Mapping[LearnerId, tuple[int, int, int]]:
    """Learner -> pieces of assigned work that are due or done, those done, those overdue. What is exempt is none."""
    book = class_book(tx, found.catalogue, found.cohort.id, now)
    asked = book.assigned & ~book.exempt
    done = asked & (book.state == FINISHED)
    overdue = asked & ~done & (book.due < now.timestamp())
    counts = zip((done | overdue).sum(axis=1), done.sum(axis=1), overdue.sum(axis=1), strict=True)
    return {one.id: (int(a), int(b), int(c)) for one, (a, b, c) in zip(book.learners, counts, strict=True)}


def _first_tries(columns: AnswerColumns) -> Mapping[LearnerId, tuple[int, float]]:
    """Learner -> graded questions, and the mean share of their points at the first try of each."""
    rows = np.flatnonzero((columns.state >= 0) & ~np.isnan(columns.score) & (columns.max > 0))
    pair = columns.learner[rows].astype(np.int64) * max(1, len(columns.questions)) + columns.question[rows]
    first = rows[np.unique(pair, return_index=True)[1]]
    n = np.bincount(columns.learner[first], minlength=len(columns.learners))
    total = np.bincount(columns.learner[first], columns.score[first], minlength=len(columns.learners))
    return {who: (int(n[at]), float(total[at] / n[at])) for at, who in enumerate(columns.learners) if n[at]}


def _failed_in_a_row(tx: Transaction, found: Scene) -> Mapping[LearnerId, int]:
    """The most attempts at one quiz, the last ones of it, that did not pass."""
    worst: dict[LearnerId, int] = {}
    for quiz in tx.answers.quizzes(found.asked):
        columns = tx.answers.attempts(replace(found.asked, quiz=quiz.quiz))
        running: dict[int, int] = {}
        for learner, passed in zip(columns.learner.tolist(), columns.passed.tolist(), strict=True):
            running[learner] = running.get(learner, 0) + 1 if passed == 0 else 0
        for code, many in running.items():
            worst[columns.learners[code]] = max(worst.get(columns.learners[code], 0), many)
    return worst
