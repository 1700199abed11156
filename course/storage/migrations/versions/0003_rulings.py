"""Add what people decide about results: regrades, withdrawn questions, changed grades, marks by hand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from course.storage.columns import BigId, Document, Utc

revision = "0003_rulings"
down_revision = "0002_rounds"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ruling",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("attempt_id", BigId, nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("share", sa.Double(), nullable=True),
        sa.Column("version_before", sa.String(length=80), nullable=True),
        sa.Column("version_after", sa.String(length=80), nullable=True),
        sa.Column("score_before", sa.Double(), nullable=True),
        sa.Column("score_after", sa.Double(), nullable=True),
        sa.Column("points_before", sa.Double(), nullable=True),
        sa.Column("points_after", sa.Double(), nullable=True),
        sa.Column("max_before", sa.Double(), nullable=True),
        sa.Column("max_after", sa.Double(), nullable=True),
        sa.Column("passed_before", sa.Boolean(), nullable=True),
        sa.Column("passed_after", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_ruling_attempt_id_attempt")),
        sa.ForeignKeyConstraint(
            ["attempt_id", "position"],
            ["attempt_slot.attempt_id", "attempt_slot.position"],
            name=op.f("fk_ruling_attempt_id_position_attempt_slot"),
        ),
        sa.ForeignKeyConstraint(["version_before"], ["question_version.version"], name=op.f("fk_ruling_version_before_question_version")),
        sa.ForeignKeyConstraint(["version_after"], ["question_version.version"], name=op.f("fk_ruling_version_after_question_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruling")),
    )
    op.create_index(op.f("ix_ruling_attempt_id_id"), "ruling", ["attempt_id", "id"], unique=False)
    op.create_table(
        "question_void",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("question_id", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["version"], ["question_version.version"], name=op.f("fk_question_void_version_question_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_void")),
    )
    op.create_index(op.f("ix_question_void_version"), "question_void", ["version"], unique=False)
    op.create_index(op.f("ix_question_void_question_id"), "question_void", ["question_id"], unique=False)
    op.create_table(
        "hand_mark",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("attempt_id", BigId, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("grader", sa.String(length=80), nullable=False),
        sa.Column("points", Document(), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("wants_second", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id", "position"],
            ["attempt_slot.attempt_id", "attempt_slot.position"],
            name=op.f("fk_hand_mark_attempt_id_position_attempt_slot"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_mark")),
    )
    op.create_index(op.f("ix_hand_mark_attempt_id_position_id"), "hand_mark", ["attempt_id", "position", "id"], unique=False)
    op.create_table(
        "practice_ruling",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version_before", sa.String(length=80), nullable=False),
        sa.Column("version_after", sa.String(length=80), nullable=False),
        sa.Column("score_before", sa.Double(), nullable=True),
        sa.Column("score_after", sa.Double(), nullable=True),
        sa.Column("state_before", sa.String(length=16), nullable=False),
        sa.Column("state_after", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice_response.id"], name=op.f("fk_practice_ruling_practice_id_practice_response")
        ),
        sa.ForeignKeyConstraint(
            ["version_before"], ["question_version.version"], name=op.f("fk_practice_ruling_version_before_question_version")
        ),
        sa.ForeignKeyConstraint(
            ["version_after"], ["question_version.version"], name=op.f("fk_practice_ruling_version_after_question_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_ruling")),
    )
    op.create_index(op.f("ix_practice_ruling_practice_id_id"), "practice_ruling", ["practice_id", "id"], unique=False)
