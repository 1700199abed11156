"""What is handed out to a cohort, what is changed for single people, and what an instructor decided about a grade."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Double, ForeignKey, Index, Integer, String, Table, Text

from course.storage.columns import BigId, Utc, metadata

assignment = Table(
    "assignment",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("cohort_id", String(36), ForeignKey("cohort.id"), nullable=False),
    Column("title", String(120), nullable=False),
    Column("opens", Utc),
    Column("due", Utc),
    Column("closes", Utc),
    Column("late", String(16), nullable=False),
    Column("late_per_day", Double, nullable=False),
    Column("late_floor", Double, nullable=False),
    Column("attempts", Integer),
    Column("pass_mark", Double),
    Column("weight", Double, nullable=False),
    Column("in_order", Boolean, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("changed_at", Utc, nullable=False),
    Column("withdrawn_at", Utc),
    Index(None, "cohort_id"),
)

assignment_item = Table(
    "assignment_item",
    metadata,
    Column("assignment_id", String(36), ForeignKey("assignment.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("ref", String(80), nullable=False),
    Index(None, "kind", "ref"),
)
"""`ref`: the id of a module or a quiz."""

assignment_target = Table(
    "assignment_target",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("assignment_id", String(36), ForeignKey("assignment.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("group_id", String(36), ForeignKey("cohort_group.id", ondelete="CASCADE")),
    Column("learner_id", String(36), ForeignKey("learner.id")),
    Index(None, "assignment_id"),
    Index(None, "group_id"),
    Index(None, "learner_id"),
)
"""Neither group nor learner: the whole cohort."""

assignment_extension = Table(
    "assignment_extension",
    metadata,
    Column("assignment_id", String(36), ForeignKey("assignment.id"), primary_key=True),
    Column("learner_id", String(36), ForeignKey("learner.id"), primary_key=True),
    Column("due", Utc),
    Column("closes", Utc),
    Column("attempts", Integer),
    Column("at", Utc, nullable=False),
    Index(None, "learner_id"),
)

assignment_exemption = Table(
    "assignment_exemption",
    metadata,
    Column("assignment_id", String(36), ForeignKey("assignment.id"), primary_key=True),
    Column("learner_id", String(36), ForeignKey("learner.id"), primary_key=True),
    Column("at", Utc, nullable=False),
    Index(None, "learner_id"),
)

grade_change = Table(
    "grade_change",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("assignment_id", String(36), ForeignKey("assignment.id"), nullable=False),
    Column("learner_id", String(36), ForeignKey("learner.id"), nullable=False),
    Column("at", Utc, nullable=False),
    Column("made_by", String(36)),
    Column("reason", Text, nullable=False),
    Column("before", Double),
    Column("share", Double),
    Index(None, "assignment_id", "learner_id", "id"),
    Index(None, "learner_id"),
)
"""A grade of the gradebook changed by a person: appended, the last one is in force. `share` NULL takes the change back.

`made_by` is the id of whoever did it, forgotten when they are erased."""
