"""Counts and sums that follow from the log of answers, kept so that pages over a whole cohort need not read it.

Written in the transaction that changes what they follow from; `python -m course recompute` builds them again.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Double, ForeignKey, Index, Integer, String, Table

from course.storage.columns import Utc, metadata

rollup_result = Table(
    "rollup_result",
    metadata,
    Column("learner_id", String(36), ForeignKey("learner.id"), primary_key=True),
    Column("quiz_id", String(80), primary_key=True),
    Column("attempts", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("first_share", Double),
    Column("first_passed", Boolean),
    Column("first_at", Utc),
    Column("last_share", Double),
    Column("last_passed", Boolean),
    Column("last_at", Utc),
    Index(None, "quiz_id"),
)
"""A learner's attempts at a quiz that were handed in: how many, the last ones that did not pass, the first and last graded one."""

rollup_answer = Table(
    "rollup_answer",
    metadata,
    Column("learner_id", String(36), ForeignKey("learner.id"), primary_key=True),
    Column("question_id", String(80), primary_key=True),
    Column("answers", Integer, nullable=False),
    Column("first", Double, nullable=False),
    Column("in_quiz", Double),
    Column("right", Double, nullable=False),
    Column("wrong", Double, nullable=False),
)
"""A learner's graded answers to a question, in quizzes and notebooks: how many, the score of the first one and of the first one
in a quiz where it carried points, and the weighted shares right and wrong that mastery is estimated from."""

rollup_day = Table(
    "rollup_day",
    metadata,
    Column("cohort_id", String(36), ForeignKey("cohort.id"), primary_key=True),
    Column("quiz_id", String(80), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("attempts", Integer, nullable=False),
)
"""Attempts that a cohort's present learners handed in, by day in UTC. Those who leave, or are erased, are taken off again."""
