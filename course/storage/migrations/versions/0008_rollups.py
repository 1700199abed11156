"""Keep counts and sums of answers; a database that holds answers already is counted when the course starts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from course.storage.columns import Utc

revision = "0008_rollups"
down_revision = "0007_graders"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rollup_result",
        sa.Column("learner_id", sa.String(length=36), nullable=False),
        sa.Column("quiz_id", sa.String(length=80), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("first_share", sa.Double(), nullable=True),
        sa.Column("first_passed", sa.Boolean(), nullable=True),
        sa.Column("first_at", Utc(), nullable=True),
        sa.Column("last_share", sa.Double(), nullable=True),
        sa.Column("last_passed", sa.Boolean(), nullable=True),
        sa.Column("last_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_rollup_result_learner_id_learner")),
        sa.PrimaryKeyConstraint("learner_id", "quiz_id", name=op.f("pk_rollup_result")),
    )
    op.create_index(op.f("ix_rollup_result_quiz_id"), "rollup_result", ["quiz_id"], unique=False)
    op.create_table(
        "rollup_answer",
        sa.Column("learner_id", sa.String(length=36), nullable=False),
        sa.Column("question_id", sa.String(length=80), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("first", sa.Double(), nullable=False),
        sa.Column("in_quiz", sa.Double(), nullable=True),
        sa.Column("right", sa.Double(), nullable=False),
        sa.Column("wrong", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_rollup_answer_learner_id_learner")),
        sa.PrimaryKeyConstraint("learner_id", "question_id", name=op.f("pk_rollup_answer")),
    )
    op.create_table(
        "rollup_day",
        sa.Column("cohort_id", sa.String(length=36), nullable=False),
        sa.Column("quiz_id", sa.String(length=80), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_rollup_day_cohort_id_cohort")),
        sa.PrimaryKeyConstraint("cohort_id", "quiz_id", "day", name=op.f("pk_rollup_day")),
    )
    op.execute(
        "INSERT INTO meta (key, value) SELECT 'rollups', '1' "
        "WHERE NOT EXISTS (SELECT 1 FROM attempt) AND NOT EXISTS (SELECT 1 FROM practice_response)"
    )
