"""What an instructor tells a cohort, and the addresses of calendars."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text

from course.storage.columns import BigId, Utc, metadata

announcement = Table(
    "announcement",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("cohort_id", String(36), ForeignKey("cohort.id"), nullable=False),
    Column("title", String(120), nullable=False),
    Column("body", Text, nullable=False),
    Column("at", Utc, nullable=False),
    Column("until", Utc),
    Column("withdrawn_at", Utc),
    Index(None, "cohort_id"),
)

calendar_address = Table(
    "calendar_address",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("learner_id", String(36), ForeignKey("learner.id"), nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("revoked_at", Utc),
    Index(None, "learner_id"),
)
"""An address with the token in it shows a person's dates to whoever knows it; only its hash is stored."""
