"""Attempts at quizzes, the questions they pin, and the log of answers.

A slot's `score` and `state` and an attempt's totals follow from the log; responses are appended, never changed. Slots are
only ever added: `again_of` is the position of the slot whose question a later one asks again.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from course.storage.columns import AnyJson, BigId, Document, Utc, metadata

_OPEN = text("state IN ('in_progress', 'overdue')")

attempt = Table(
    "attempt",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("learner_id", String(36), ForeignKey("learner.id"), nullable=False),
    Column("quiz_id", String(80), nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("policy", Document, nullable=False),
    Column("started_at", Utc, nullable=False),
    Column("deadline", Utc),
    Column("last_activity_at", Utc, nullable=False),
    Column("submitted_at", Utc),
    Column("graded_at", Utc),
    Column("start_key", String(80), nullable=False),
    Column("submit_key", String(80)),
    Column("points", Double),
    Column("max", Double),
    Column("fraction", Double),
    Column("passed", Boolean),
    Column("reached", Integer),
    UniqueConstraint("learner_id", "quiz_id", "number"),
    UniqueConstraint("learner_id", "quiz_id", "start_key"),
    CheckConstraint("state <> 'graded' OR graded_at IS NOT NULL", name="graded_has_time"),
    Index("uq_attempt_open", "learner_id", "quiz_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index("ix_attempt_book", "learner_id", "quiz_id", "state", "fraction", "started_at", "submitted_at"),
    Index("ix_attempt_open_deadline", "deadline", "last_activity_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
)

attempt_slot = Table(
    "attempt_slot",
    metadata,
    Column("attempt_id", BigId, ForeignKey("attempt.id"), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("question_id", String(80), nullable=False),
    Column("version", String(80), ForeignKey("question_version.version"), nullable=False),
    Column("points", Double, nullable=False),
    Column("variant", Document),
    Column("flagged", Boolean, nullable=False),
    Column("notice_skipped", Boolean, nullable=False),
    Column("score", Double),
    Column("state", String(16)),
    Column("again_of", Integer),
    Index(None, "question_id"),
)

response = Table(
    "response",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("attempt_id", BigId, nullable=False),
    Column("position", Integer, nullable=False),
    Column("at", Utc, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("response", AnyJson, nullable=False),
    Column("certainty", Integer),
    ForeignKeyConstraint(["attempt_id", "position"], ["attempt_slot.attempt_id", "attempt_slot.position"]),
    Index(None, "attempt_id", "position", "id"),
)
