"""Problems that learners reported with questions, in their own words."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text

from course.storage.columns import BigId, Utc, metadata

question_report = Table(
    "question_report",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("learner_id", String(36), ForeignKey("learner.id"), nullable=False),
    Column("at", Utc, nullable=False),
    Column("question_id", String(80), nullable=False),
    Column("version", String(80), nullable=False),
    Column("text", Text, nullable=False),
    Index(None, "learner_id", "at"),
    Index(None, "question_id"),
)
"""`version`: the one in the course when it was written."""
