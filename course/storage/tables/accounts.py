"""Accounts: how a person signs in, what they may do on the site, links that work once, counters against guessing."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from course.storage.columns import Utc, metadata

account = Table(
    "account",
    metadata,
    Column("learner_id", String(36), ForeignKey("learner.id"), primary_key=True),
    Column("login", String(254), nullable=False),
    Column("password_hash", String(255)),
    Column("email", String(254)),
    Column("email_verified_at", Utc),
    Column("issuer", String(255)),
    Column("subject", String(255)),
    Column("created_at", Utc, nullable=False),
    Column("password_changed_at", Utc),
    Column("disabled_at", Utc),
    UniqueConstraint("login"),
    UniqueConstraint("issuer", "subject"),
    Index(None, "email"),
)
"""`login` is folded: what is typed to sign in. No password: the person signs in elsewhere (`issuer` and `subject`)."""

site_role = Table(
    "site_role",
    metadata,
    Column("learner_id", String(36), ForeignKey("learner.id"), primary_key=True),
    Column("role", String(16), primary_key=True),
    Column("since", Utc, nullable=False),
)

one_time_link = Table(
    "one_time_link",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("purpose", String(16), nullable=False),
    Column("learner_id", String(36), ForeignKey("learner.id")),
    Column("created_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("used_at", Utc),
    Index(None, "learner_id"),
)
"""A link for one purpose. Without a learner it makes an account (the first admin's)."""

rate_limit = Table(
    "rate_limit",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("began_at", Utc, nullable=False),
    Column("hits", Integer, nullable=False),
)
"""`key` is a hash of what is limited; no name or address can be read from it."""
