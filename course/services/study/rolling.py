"""Rollups brought up to date in the transaction that changes what they follow from. The caller holds the learner's row."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from course.analytics.rollups import AnswerSums, answer_sums, result_sums
from course.learning.attempts import Attempt
from course.services.study.desk import LearnerId
from course.storage.stores.rollups import KeptAnswers, LoggedAnswer
from course.storage.unit_of_work import Transaction


def closed(tx: Transaction, attempt: Attempt, questions: Iterable[str]) -> None:
    """An attempt that asked these questions was handed in: by the learner, or by the clock."""
    assert attempt.submitted_at is not None, "what was handed in has a time"
    tx.rollup_days.add(attempt.learner, attempt.quiz, attempt.submitted_at)
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
    sums, questions = summed(log)
    return {
        questions[code]: KeptAnswers(
            int(sums.answers[row]),
            float(sums.first[row]),
            None if math.isnan(sums.in_quiz[row]) else float(sums.in_quiz[row]),
            float(sums.right[row]),
            float(sums.wrong[row]),
        )
        for row, code in enumerate(sums.question.tolist())
    }


def summed(log: Sequence[LoggedAnswer]) -> tuple[AnswerSums, tuple[str, ...]]:
    """One learner's answers, in order of time, by question; and the questions that its codes stand for."""
    names = {name: code for code, name in enumerate(dict.fromkeys(one.question for one in log))}
    found = answer_sums(
        learner=np.zeros(len(log), dtype=np.int32),
        question=np.array([names[one.question] for one in log], dtype=np.int32),
        score=np.array([one.score for one in log], dtype=np.float64),
        hinted=np.array([one.hinted for one in log], dtype=bool),
        counts=np.array([one.counts for one in log], dtype=bool),
    )
    return found, tuple(names)
