"""Who changed what, when, from what to what: written in the transaction of the change, never changed."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table

from course.storage.columns import BigId, Document, Utc, metadata

audit = Table(
    "audit",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("at", Utc, nullable=False),
    Column("via", String(16), nullable=False),
    Column("actor_id", String(36)),
    Column("action", String(40), nullable=False),
    Column("cohort_id", String(36), ForeignKey("cohort.id")),
    Column("person_id", String(36)),
    Column("subject", String(160)),
    Column("before", Document),
    Column("after", Document),
    Index(None, "cohort_id", "id"),
    Index(None, "actor_id"),
    Index(None, "person_id"),
)
"""People stand here by id alone, and are forgotten when they are erased: names are looked up when the audit is read."""
