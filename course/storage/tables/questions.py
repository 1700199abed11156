"""Every version of a question that was ever served, as it was graded."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table, Text

from course.storage.columns import Utc, metadata

question_version = Table(
    "question_version",
    metadata,
    Column("version", String(80), primary_key=True),
    Column("question_id", String(80), nullable=False),
    Column("canonical", Text, nullable=False),
    Column("first_served_at", Utc, nullable=False),
    Index(None, "question_id"),
)
