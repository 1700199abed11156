"""Make the first schema: learners, sessions, events, question versions, practice, attempts and their answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from course.storage.columns import AnyJson, BigId, Document, Utc

revision = "0001_first"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    open_attempts = sa.text("state IN ('in_progress', 'overdue')")
    op.create_table(
        "learner",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("clinician", sa.Boolean(), nullable=False),
        sa.Column("extra_time", sa.Double(), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learner")),
    )
    op.create_table(
        "meta",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
    )
    op.create_table(
        "question_version",
        sa.Column("version", sa.String(length=80), nullable=False),
        sa.Column("question_id", sa.String(length=80), nullable=False),
        sa.Column("canonical", sa.Text(), nullable=False),
        sa.Column("first_served_at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_question_version")),
    )
    op.create_index(op.f("ix_question_version_question_id"), "question_version", ["question_id"], unique=False)
    op.create_table(
        "attempt",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("learner_id", sa.String(length=36), nullable=False),
        sa.Column("quiz_id", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("policy", Document(), nullable=False),
        sa.Column("started_at", Utc(), nullable=False),
        sa.Column("deadline", Utc(), nullable=True),
        sa.Column("last_activity_at", Utc(), nullable=False),
        sa.Column("submitted_at", Utc(), nullable=True),
        sa.Column("graded_at", Utc(), nullable=True),
        sa.Column("start_key", sa.String(length=80), nullable=False),
        sa.Column("submit_key", sa.String(length=80), nullable=True),
        sa.Column("points", sa.Double(), nullable=True),
        sa.Column("max", sa.Double(), nullable=True),
        sa.Column("fraction", sa.Double(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.CheckConstraint("state <> 'graded' OR graded_at IS NOT NULL", name=op.f("ck_attempt_graded_has_time")),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_attempt_learner_id_learner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint("learner_id", "quiz_id", "number", name=op.f("uq_attempt_learner_id_quiz_id_number")),
        sa.UniqueConstraint("learner_id", "quiz_id", "start_key", name=op.f("uq_attempt_learner_id_quiz_id_start_key")),
    )
    op.create_index(
        "ix_attempt_open_deadline",
        "attempt",
        ["deadline", "last_activity_at"],
        unique=False,
        sqlite_where=open_attempts,
        postgresql_where=open_attempts,
    )
    op.create_index(
        "uq_attempt_open", "attempt", ["learner_id", "quiz_id"], unique=True, sqlite_where=open_attempts, postgresql_where=open_attempts
    )
    op.create_table(
        "browser_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("learner_id", sa.String(length=36), nullable=True),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("last_seen_at", Utc(), nullable=False),
        sa.Column("revoked_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_browser_session_learner_id_learner")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_browser_session")),
    )
    op.create_index(op.f("ix_browser_session_learner_id"), "browser_session", ["learner_id"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("learner_id", sa.String(length=36), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("module", sa.String(length=80), nullable=True),
        sa.Column("cell", sa.String(length=80), nullable=True),
        sa.Column("data", Document(), nullable=True),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_event_learner_id_learner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_learner_id_at"), "event", ["learner_id", "at"], unique=False)
    op.create_index(op.f("ix_event_learner_id_kind_module_cell"), "event", ["learner_id", "kind", "module", "cell"], unique=False)
    op.create_table(
        "practice_response",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("learner_id", sa.String(length=36), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("module", sa.String(length=80), nullable=False),
        sa.Column("cell", sa.String(length=80), nullable=False),
        sa.Column("question_id", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=80), nullable=False),
        sa.Column("variant", Document(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("response", AnyJson(), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_practice_response_learner_id_learner")),
        sa.ForeignKeyConstraint(["version"], ["question_version.version"], name=op.f("fk_practice_response_version_question_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_response")),
        sa.UniqueConstraint("learner_id", "question_id", "number", name=op.f("uq_practice_response_learner_id_question_id_number")),
    )
    op.create_index(op.f("ix_practice_response_question_id"), "practice_response", ["question_id"], unique=False)
    op.create_table(
        "resume_link",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("learner_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("expires_at", Utc(), nullable=False),
        sa.Column("used_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_resume_link_learner_id_learner")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_resume_link")),
    )
    op.create_index(op.f("ix_resume_link_learner_id"), "resume_link", ["learner_id"], unique=False)
    op.create_table(
        "attempt_slot",
        sa.Column("attempt_id", BigId, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("question_id", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=80), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("variant", Document(), nullable=True),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("notice_skipped", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_attempt_slot_attempt_id_attempt")),
        sa.ForeignKeyConstraint(["version"], ["question_version.version"], name=op.f("fk_attempt_slot_version_question_version")),
        sa.PrimaryKeyConstraint("attempt_id", "position", name=op.f("pk_attempt_slot")),
    )
    op.create_index(op.f("ix_attempt_slot_question_id"), "attempt_slot", ["question_id"], unique=False)
    op.create_table(
        "response",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("attempt_id", BigId, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("response", AnyJson(), nullable=False),
        sa.Column("certainty", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["attempt_id", "position"],
            ["attempt_slot.attempt_id", "attempt_slot.position"],
            name=op.f("fk_response_attempt_id_position_attempt_slot"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response")),
    )
    op.create_index(op.f("ix_response_attempt_id_position_id"), "response", ["attempt_id", "position", "id"], unique=False)
