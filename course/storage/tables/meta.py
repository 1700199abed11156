"""Facts about the database itself."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, Text

from course.storage.columns import metadata

meta = Table(
    "meta",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("value", Text, nullable=False),
)
