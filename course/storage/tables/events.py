"""What learners did in notebooks and quizzes, appended in order."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table

from course.storage.columns import BigId, Document, Utc, metadata

event = Table(
    "event",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("learner_id", String(36), ForeignKey("learner.id"), nullable=False),
    Column("at", Utc, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("module", String(80)),
    Column("cell", String(80)),
    Column("data", Document),
    Index(None, "learner_id", "at"),
    Index(None, "learner_id", "kind", "module", "cell"),
)
