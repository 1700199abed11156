"""Learners who may need study support: five groups, each with its reasons. From study alone; nothing about use goes in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np

from course.access.permissions import Action
from course.analytics.rollups import AnswerSums
from course.analytics.study_support import THRESHOLDS, StudyRecord, SupportFinding, SupportGroup, Thresholds, study_support
from course.errors import Refused
from course.services.insight.desk import Lens, Scene, learner_names, scene
from course.services.study.desk import Desk, LearnerId
from course.services.teach.class_book import FINISHED, class_book
from course.services.teach.noting import changing
from course.storage.stores.answers import AnswerColumns
from course.storage.stores.cohorts import Cohort
from course.storage.unit_of_work import Transaction

SETTING: Final = "support"
"""Where a cohort's own thresholds stand among its settings."""
WHOLE: Final = ("silent_days", "overdue", "failed_attempts", "fewest_answers")
EDITABLE: Final = (*WHOLE, "struggling_below", "excelling_from", "excelling_done")
MOST: Final = 1000


@dataclass(frozen=True, slots=True)
class SupportRow:
    """One learner, with what the finding is from."""

    learner: LearnerId
    name: str
    record: StudyRecord
    finding: SupportFinding


@dataclass(frozen=True, slots=True)
class SupportView:
    """`rows`: by group in the order of `SupportGroup`, then by name. `may_change`: whoever looks may change the thresholds."""

    rows: tuple[SupportRow, ...]
    thresholds: Thresholds
    lens: Lens
    may_change: bool = False

    def count(self, group: SupportGroup) -> int:
        return sum(row.finding.group is group for row in self.rows)


def support(desk: Desk, who: LearnerId | None, lens: Lens, thresholds: Thresholds | None = None) -> SupportView:
    """Needs the right to see single learners. Dates of the lens do not filter: today is what counts.

    `thresholds`: None takes those of the cohort.
    """
    with desk.uow.read() as tx:
        found = scene(desk, tx, who, replace(lens, quiz="", since=None, until=None), Action.INSIGHT_PEOPLE)
        names = learner_names(tx, found)
        records = _records(tx, found, desk.clock())
    held = thresholds or kept_thresholds(found.cohort)
    rows = [SupportRow(one, names.get(one, "No name"), record, study_support(record, held)) for one, record in records.items()]
    order = list(SupportGroup)
    ordered = tuple(sorted(rows, key=lambda row: (order.index(row.finding.group), row.name.casefold())))
    return SupportView(ordered, held, lens, found.may(Action.INSIGHT_THRESHOLDS))


def kept_thresholds(cohort: Cohort) -> Thresholds:
    """The cohort's own; for those that it never changed, the usual ones."""
    own = cohort.settings.get(SETTING) or {}
    return replace(THRESHOLDS, **{name: own[name] for name in EDITABLE if name in own})


def keep_thresholds(desk: Desk, who: LearnerId | None, cohort_id: str, **values: float) -> Thresholds:
    """From now on these hold in the cohort, for whoever looks; those left out are the usual ones. Without any, all are.

    Raises NotFound or NotAllowed as the table of permissions says, Refused for values that contradict each other, and in an
    archived cohort.
    """
    fresh = _checked(values)
    with changing(desk, who, Action.INSIGHT_THRESHOLDS, cohort_id) as change:
        before = kept_thresholds(change.cohort)
        if fresh != before:
            own = {name: getattr(fresh, name) for name in EDITABLE if getattr(fresh, name) != getattr(THRESHOLDS, name)}
            rest = {name: value for name, value in change.cohort.settings.items() if name != SETTING}
            change.tx.cohorts.save(replace(change.cohort, settings={**rest, **({SETTING: own} if own else {})}))
            moved = [name for name in EDITABLE if getattr(fresh, name) != getattr(before, name)]
            change.note("study support", before={n: getattr(before, n) for n in moved}, after={n: getattr(fresh, n) for n in moved})
    return fresh


def _checked(values: Mapping[str, float]) -> Thresholds:
    unknown = sorted(set(values) - set(EDITABLE))
    if unknown:
        raise Refused(f"There is no threshold `{unknown[0]}`.")
    fresh: dict[str, Any] = {name: _whole(name, value) if name in WHOLE else float(value) for name, value in values.items()}
    try:
        return replace(THRESHOLDS, **fresh)
    except ValueError as fault:
        raise Refused(str(fault)) from None


def _whole(name: str, value: float) -> int:
    if value != int(value) or value > MOST:
        raise Refused(f"{name.replace('_', ' ').capitalize()} is a whole number from 1 to {MOST}.")
    return int(value)


def _records(tx: Transaction, found: Scene, now: datetime) -> Mapping[LearnerId, StudyRecord]:
    seen, work = tx.answers.last_seen(found.asked), _work(tx, found, now)
    firsts = _first_rolled(*tx.rollups.answers(found.asked)[:2]) if found.rolled else _first_tries(tx.answers.answers(found.asked))
    failed = tx.rollups.failed(found.asked) if found.rolled else _failed_in_a_row(tx, found)
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


def _first_rolled(sums: AnswerSums, learners: Sequence[LearnerId]) -> Mapping[LearnerId, tuple[int, float]]:
    """The same from what is kept."""
    rows = np.flatnonzero(~np.isnan(sums.in_quiz))
    n = np.bincount(sums.learner[rows], minlength=len(learners))
    total = np.bincount(sums.learner[rows], sums.in_quiz[rows], minlength=len(learners))
    return {who: (int(n[at]), float(total[at] / n[at])) for at, who in enumerate(learners) if n[at]}


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
