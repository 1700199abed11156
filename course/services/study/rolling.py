"""Rollups brought up to date in the transaction that changes what they follow from. The caller holds the learner's row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from course.analytics.rollups import result_sums
from course.learning.attempts import Attempt
from course.learning.mastery import weight_of
from course.services.study.desk import LearnerId
from course.storage.stores.rollups import KeptAnswers, LoggedAnswer
from course.storage.unit_of_work import Transaction


def closed(tx: Transaction, attempt: Attempt, questions: Iterable[str]) -> None:
    """An attempt that asked these questions was handed in: by the learner, or by the clock."""
    assert attempt.submitted_at is not None, "what was handed in has a time"
    tx.rollup_days.add(attempt.learner, attempt.quiz, attempt.submitted_at)
    changed(tx, attempt, questions)


def taken_out(tx: Transaction, attempt: Attempt, questions: Iterable[str]) -> None:
    """An attempt that was handed in and asked these questions counts no more."""
    assert attempt.submitted_at is not None, "what was handed in has a time"
    tx.rollup_days.take_off(attempt.learner, attempt.quiz, attempt.submitted_at)
    changed(tx, attempt, questions)


def changed(tx: Transaction, attempt: Attempt, questions: Iterable[str]) -> None:
    """The result of a closed attempt changed, or the marks of these questions in it."""
    found = tx.rollups.closed(attempt.learner, attempt.quiz)
    tx.rollups.keep_results(attempt.learner, {quiz: result_sums(rows) for quiz, rows in found.items()}, attempt.quiz)
    answered(tx, attempt.learner, questions)


def answered(tx: Transaction, learner: LearnerId, questions: Iterable[str]) -> None:
    """The learner's graded answers to these questions changed, or there are more of them."""
    asked = frozenset(questions)
    if asked:
        tx.rollups.keep_answers(learner, kept(tx.rollups.log(learner, asked)), asked)


def renewed(tx: Transaction, learner: LearnerId) -> None:
    """Everything about the learner anew; what cohorts handed in by day is not theirs alone and stays."""
    tx.rollups.keep_results(learner, {quiz: result_sums(rows) for quiz, rows in tx.rollups.closed(learner).items()})
    tx.rollups.keep_answers(learner, kept(tx.rollups.log(learner)))


def kept(log: Sequence[LoggedAnswer]) -> Mapping[str, KeptAnswers]:
    """Question -> what is to be kept of one learner's answers, which stand in order of time."""
    by_question: dict[str, list[LoggedAnswer]] = {}
    for one in log:
        by_question.setdefault(one.question, []).append(one)
    return {question: _summed(answers) for question, answers in by_question.items()}


def _summed(answers: Sequence[LoggedAnswer]) -> KeptAnswers:
    """One learner's answers to one question: what `answer_sums` gives for columns, without the price of columns on every click."""
    right = wrong = 0.0
    for number, one in enumerate(answers):
        weight, share = weight_of(first=number == 0, hinted=one.hinted), min(1.0, max(0.0, one.score))
        right, wrong = right + weight * share, wrong + weight * (1 - share)
    in_quiz = next((one.score for one in answers if one.counts), None)
    return KeptAnswers(len(answers), answers[0].score, in_quiz, right, wrong)
