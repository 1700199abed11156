"""Cohorts, who is in them, and how people come in."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from course.storage.columns import BigId, Document, Utc, metadata

cohort = Table(
    "cohort",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("time_zone", String(64), nullable=False),
    Column("settings", Document, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("archived_at", Utc),
)

membership = Table(
    "membership",
    metadata,
    Column("cohort_id", String(36), ForeignKey("cohort.id"), primary_key=True),
    Column("learner_id", String(36), ForeignKey("learner.id"), primary_key=True),
    Column("role", String(16), nullable=False),
    Column("since", Utc, nullable=False),
    Column("removed_at", Utc),
    Column("name", String(200)),
    Column("email", String(254)),
    Column("roster", Document),
    Index(None, "learner_id"),
)
"""`name`, `email` and `roster` (other columns of the file) are the cohort's own record of the person, from its roster."""

cohort_group = Table(
    "cohort_group",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("cohort_id", String(36), ForeignKey("cohort.id"), nullable=False),
    Column("name", String(120), nullable=False),
    UniqueConstraint("cohort_id", "name"),
)

group_member = Table(
    "group_member",
    metadata,
    Column("group_id", String(36), ForeignKey("cohort_group.id"), primary_key=True),
    Column("learner_id", String(36), ForeignKey("learner.id"), primary_key=True),
    Index(None, "learner_id"),
)

invitation = Table(
    "invitation",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("token_hash", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("cohort_id", String(36), ForeignKey("cohort.id")),
    Column("role", String(16), nullable=False),
    Column("learner_id", String(36), ForeignKey("learner.id")),
    Column("created_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("max_uses", Integer),
    Column("uses", Integer, nullable=False),
    Column("revoked_at", Utc),
    UniqueConstraint("token_hash"),
    Index(None, "cohort_id"),
    Index(None, "learner_id"),
)
"""A link or a code. Without a cohort `role` is one for the site; with a learner it is for the person a roster named."""
