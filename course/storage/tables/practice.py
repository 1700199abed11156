"""Answers to questions asked inside a notebook: one row a try, appended. Score and state are recomputable from the rest."""

from __future__ import annotations

from sqlalchemy import Column, Double, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from course.storage.columns import AnyJson, BigId, Document, Utc, metadata

practice_response = Table(
    "practice_response",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("learner_id", String(36), ForeignKey("learner.id"), nullable=False),
    Column("at", Utc, nullable=False),
    Column("module", String(80), nullable=False),
    Column("cell", String(80), nullable=False),
    Column("question_id", String(80), nullable=False),
    Column("version", String(80), ForeignKey("question_version.version"), nullable=False),
    Column("variant", Document),
    Column("number", Integer, nullable=False),
    Column("response", AnyJson, nullable=False),
    Column("score", Double),
    Column("state", String(16), nullable=False),
    UniqueConstraint("learner_id", "question_id", "number"),
    Index(None, "question_id"),
)
