"""What people decided about answers and results: appended, never changed; what is in force follows from the order.

`made_by` is the id of whoever did it, forgotten when they are erased; `made_by_name` the name that was typed on the command
line, empty otherwise.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Double, ForeignKey, ForeignKeyConstraint, Index, Integer, String, Table, Text

from course.storage.columns import BigId, Document, Utc, metadata

ruling = Table(
    "ruling",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("attempt_id", BigId, ForeignKey("attempt.id"), nullable=False),
    Column("position", Integer),
    Column("kind", String(24), nullable=False),
    Column("at", Utc, nullable=False),
    Column("made_by", String(36)),
    Column("made_by_name", String(80), nullable=False),
    Column("reason", Text, nullable=False),
    Column("share", Double),
    Column("version_before", String(80), ForeignKey("question_version.version")),
    Column("version_after", String(80), ForeignKey("question_version.version")),
    Column("score_before", Double),
    Column("score_after", Double),
    Column("points_before", Double),
    Column("points_after", Double),
    Column("max_before", Double),
    Column("max_after", Double),
    Column("passed_before", Boolean),
    Column("passed_after", Boolean),
    ForeignKeyConstraint(["attempt_id", "position"], ["attempt_slot.attempt_id", "attempt_slot.position"]),
    Index(None, "attempt_id", "id"),
)

question_void = Table(
    "question_void",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("question_id", String(80), nullable=False),
    Column("version", String(80), ForeignKey("question_version.version"), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("at", Utc, nullable=False),
    Column("made_by", String(36)),
    Column("made_by_name", String(80), nullable=False),
    Column("reason", Text, nullable=False),
    Index(None, "version"),
    Index(None, "question_id"),
)

hand_mark = Table(
    "hand_mark",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("attempt_id", BigId, nullable=False),
    Column("position", Integer, nullable=False),
    Column("at", Utc, nullable=False),
    Column("made_by", String(36)),
    Column("made_by_name", String(80), nullable=False),
    Column("turn", Integer, nullable=False, server_default="1"),
    Column("points", Document, nullable=False),
    Column("share", Double, nullable=False),
    Column("comment", Text, nullable=False),
    Column("wants_second", Boolean, nullable=False),
    ForeignKeyConstraint(["attempt_id", "position"], ["attempt_slot.attempt_id", "attempt_slot.position"]),
    Index(None, "attempt_id", "position", "id"),
)
"""`turn`: graders of one answer are counted from 1 in the order they came, so that two who were erased stay two."""

mark_draft = Table(
    "mark_draft",
    metadata,
    Column("attempt_id", BigId, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True),
    Column("made_by", String(36), primary_key=True),
    Column("at", Utc, nullable=False),
    Column("points", Document, nullable=False),
    Column("comment", Text, nullable=False),
    Column("wants_second", Boolean, nullable=False),
    ForeignKeyConstraint(["attempt_id", "position"], ["attempt_slot.attempt_id", "attempt_slot.position"], ondelete="CASCADE"),
    Index(None, "made_by"),
)
"""A mark that a grader has begun and not given: the grader's own, gone with the answer, with the grader, and when it is given."""

practice_ruling = Table(
    "practice_ruling",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("practice_id", BigId, ForeignKey("practice_response.id"), nullable=False),
    Column("at", Utc, nullable=False),
    Column("made_by", String(36)),
    Column("made_by_name", String(80), nullable=False),
    Column("reason", Text, nullable=False),
    Column("version_before", String(80), ForeignKey("question_version.version"), nullable=False),
    Column("version_after", String(80), ForeignKey("question_version.version"), nullable=False),
    Column("score_before", Double),
    Column("score_after", Double),
    Column("state_before", String(16), nullable=False),
    Column("state_after", String(16), nullable=False),
    Index(None, "practice_id", "id"),
)
