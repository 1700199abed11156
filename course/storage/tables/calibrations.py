"""Difficulties of questions, estimated from everybody's first attempts on one day."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table

from course.storage.columns import Document, Utc, metadata

calibration = Table(
    "calibration",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("made_at", Utc, nullable=False),
    Column("answers", Integer, nullable=False),
    Column("difficulties", Document, nullable=False),
)
"""`difficulties`: question -> estimate and how many first attempts it is from. Each is from 30 people or more and names nobody."""
