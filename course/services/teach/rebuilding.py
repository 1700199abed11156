"""Rollups compared with the log, and built again: all of them, or those that differ."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from course.analytics.rollups import ResultSums, result_sums
from course.services.study import rolling
from course.services.study.desk import Desk, LearnerId
from course.services.teach.amending import short
from course.storage.stores.rollups import KeptAnswers
from course.storage.unit_of_work import Transaction

BATCH: Final = 50


class Difference(NamedTuple):
    """`learner` "": it is about a cohort."""

    learner: LearnerId
    told: str


def build(desk: Desk, *, again: bool = False) -> bool:
    """Build everything when it never was, or by other rules (or `again`); whether that was needed. May be interrupted and called again."""
    with desk.uow.read() as tx:
        if tx.rollups.ready() and not again:
            return False
    for batch in _people(desk):
        with desk.uow.write() as tx:
            for learner in batch:
                _mend(tx, learner)
    for cohort in _cohorts(desk):
        _mend_cohort(desk, cohort)
    with desk.uow.write() as tx:
        tx.rollups.declare_ready()
    return True


def compare(desk: Desk, *, apply: bool, passing_over: Collection[LearnerId] = ()) -> Iterator[Difference]:
    """What is kept otherwise than it follows from the log; with `apply`, it is then kept rightly.

    `passing_over`: learners whose scores are known to differ, from which everything else follows.
    """
    for batch in _people(desk):
        with desk.uow.read() as tx:
            found = [one for learner in batch if learner not in passing_over for one in _of_learner(tx, learner)]
        yield from found
        for learner in sorted({one.learner for one in found}) if apply else ():
            with desk.uow.write() as tx:
                _mend(tx, learner)
    for cohort in _cohorts(desk):
        with desk.uow.read() as tx:
            days = [*_of_cohort(tx, cohort)]
        yield from days
        if apply and days:
            _mend_cohort(desk, cohort)


def _of_learner(tx: Transaction, learner: LearnerId) -> Iterator[Difference]:
    results, logged = tx.rollups.results_of(learner), tx.rollups.closed(learner)
    for quiz in sorted({*results, *logged}):
        due = result_sums(logged[quiz]) if quiz in logged else None
        if results.get(quiz) != due:
            told = f"results of learner {short(learner)} at `{quiz}`: {_result(results.get(quiz))} is {_result(due)}"
            yield Difference(learner, told)
    answers, counted = tx.rollups.answers_of(learner), rolling.kept(tx.rollups.log(learner))
    for question in sorted({*answers, *counted}):
        if answers.get(question) != counted.get(question):
            parts = _answers(answers.get(question)), _answers(counted.get(question))
            yield Difference(learner, f"answers of learner {short(learner)} to `{question}`: {parts[0]} is {parts[1]}")


def _of_cohort(tx: Transaction, cohort: str) -> Iterator[Difference]:
    kept, logged = tx.rollup_days.kept(cohort), tx.rollup_days.logged(cohort)
    for quiz, day in sorted({*kept, *logged}):
        before, after = kept.get((quiz, day), 0), logged.get((quiz, day), 0)
        if before != after:
            yield Difference("", f"attempts of cohort {short(cohort)} at `{quiz}` on {day}: {before} is {after}")


def _mend(tx: Transaction, learner: LearnerId) -> None:
    # Erased since it was found: nothing is left to do.
    if tx.people.lock(learner) is not None:
        rolling.renewed(tx, learner)


def _mend_cohort(desk: Desk, cohort: str) -> None:
    with desk.uow.write() as tx:
        tx.rollup_days.hold(cohort)
        tx.rollup_days.keep(cohort, tx.rollup_days.logged(cohort))


def _people(desk: Desk) -> Iterator[tuple[LearnerId, ...]]:
    last = ""
    while True:
        with desk.uow.read() as tx:
            batch = tx.rollups.learners(last, BATCH)
        if not batch:
            return
        yield batch
        last = batch[-1]


def _cohorts(desk: Desk) -> tuple[str, ...]:
    with desk.uow.read() as tx:
        return tuple(sorted(one.id for one in tx.cohorts.every()))


def _result(one: ResultSums | None) -> str:
    if one is None:
        return "none"
    shares = (f"{graded.share:g}" if graded is not None else "-" for graded in (one.first, one.last))
    return f"{one.attempts} ({' and '.join(shares)}, {one.failed} not passed)"


def _answers(one: KeptAnswers | None) -> str:
    return "none" if one is None else f"{one.answers} ({one.first:g}; {one.right:g} right, {one.wrong:g} wrong)"
