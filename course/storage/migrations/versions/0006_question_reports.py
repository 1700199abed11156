"""Add what learners report about questions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from course.storage.columns import BigId, Utc

revision = "0006_question_reports"
down_revision = "0005_assignments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "question_report",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("learner_id", sa.String(length=36), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("question_id", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_question_report_learner_id_learner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_report")),
    )
    op.create_index(op.f("ix_question_report_learner_id_at"), "question_report", ["learner_id", "at"], unique=False)
    op.create_index(op.f("ix_question_report_question_id"), "question_report", ["question_id"], unique=False)
