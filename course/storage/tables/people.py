"""Learners and what lets a browser be one. Only hashes of tokens are stored."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Double, ForeignKey, Index, String, Table

from course.storage.columns import Utc, metadata

learner = Table(
    "learner",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", String(200)),
    Column("created_at", Utc, nullable=False),
    Column("clinician", Boolean, nullable=False),
    Column("extra_time", Double, nullable=False),
    Column("time_zone", String(64), nullable=False),
)

browser_session = Table(
    "browser_session",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("learner_id", String(36), ForeignKey("learner.id")),
    Column("created_at", Utc, nullable=False),
    Column("last_seen_at", Utc, nullable=False),
    Column("revoked_at", Utc),
    Column("signed_in_at", Utc),
    Column("agent", String(60)),
    Index(None, "learner_id"),
)
"""A guest's browser, or (`signed_in_at`) one in which the person of an account signed in."""

resume_link = Table(
    "resume_link",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("learner_id", String(36), ForeignKey("learner.id"), nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("used_at", Utc),
    Index(None, "learner_id"),
)
