"""Add assignments with their extensions and exemptions, changed grades, announcements and calendar addresses."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from course.storage.columns import BigId, Utc

revision = "0005_assignments"
down_revision = "0004_people"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "announcement",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("cohort_id", sa.String(length=36), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("until", Utc(), nullable=True),
        sa.Column("withdrawn_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_announcement_cohort_id_cohort")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    op.create_index(op.f("ix_announcement_cohort_id"), "announcement", ["cohort_id"], unique=False)
    op.create_table(
        "assignment",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("cohort_id", sa.String(length=36), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("opens", Utc(), nullable=True),
        sa.Column("due", Utc(), nullable=True),
        sa.Column("closes", Utc(), nullable=True),
        sa.Column("late", sa.String(length=16), nullable=False),
        sa.Column("late_per_day", sa.Double(), nullable=False),
        sa.Column("late_floor", sa.Double(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=True),
        sa.Column("pass_mark", sa.Double(), nullable=True),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("in_order", sa.Boolean(), nullable=False),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("changed_at", Utc(), nullable=False),
        sa.Column("withdrawn_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_assignment_cohort_id_cohort")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    op.create_index(op.f("ix_assignment_cohort_id"), "assignment", ["cohort_id"], unique=False)
    op.create_table(
        "calendar_address",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("learner_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("revoked_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_calendar_address_learner_id_learner")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_calendar_address")),
    )
    op.create_index(op.f("ix_calendar_address_learner_id"), "calendar_address", ["learner_id"], unique=False)
    op.create_table(
        "assignment_exemption",
        sa.Column("assignment_id", sa.String(length=36), nullable=False),
        sa.Column("learner_id", sa.String(length=36), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_assignment_exemption_assignment_id_assignment")),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_assignment_exemption_learner_id_learner")),
        sa.PrimaryKeyConstraint("assignment_id", "learner_id", name=op.f("pk_assignment_exemption")),
    )
    op.create_index(op.f("ix_assignment_exemption_learner_id"), "assignment_exemption", ["learner_id"], unique=False)
    op.create_table(
        "assignment_extension",
        sa.Column("assignment_id", sa.String(length=36), nullable=False),
        sa.Column("learner_id", sa.String(length=36), nullable=False),
        sa.Column("due", Utc(), nullable=True),
        sa.Column("closes", Utc(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=True),
        sa.Column("at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_assignment_extension_assignment_id_assignment")),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_assignment_extension_learner_id_learner")),
        sa.PrimaryKeyConstraint("assignment_id", "learner_id", name=op.f("pk_assignment_extension")),
    )
    op.create_index(op.f("ix_assignment_extension_learner_id"), "assignment_extension", ["learner_id"], unique=False)
    op.create_table(
        "assignment_item",
        sa.Column("assignment_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_assignment_item_assignment_id_assignment")),
        sa.PrimaryKeyConstraint("assignment_id", "position", name=op.f("pk_assignment_item")),
    )
    op.create_index(op.f("ix_assignment_item_kind_ref"), "assignment_item", ["kind", "ref"], unique=False)
    op.create_table(
        "assignment_target",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("assignment_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("group_id", sa.String(length=36), nullable=True),
        sa.Column("learner_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_assignment_target_assignment_id_assignment")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["cohort_group.id"], name=op.f("fk_assignment_target_group_id_cohort_group"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_assignment_target_learner_id_learner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_target")),
    )
    op.create_index(op.f("ix_assignment_target_assignment_id"), "assignment_target", ["assignment_id"], unique=False)
    op.create_index(op.f("ix_assignment_target_group_id"), "assignment_target", ["group_id"], unique=False)
    op.create_index(op.f("ix_assignment_target_learner_id"), "assignment_target", ["learner_id"], unique=False)
    op.create_table(
        "grade_change",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("assignment_id", sa.String(length=36), nullable=False),
        sa.Column("learner_id", sa.String(length=36), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("made_by", sa.String(length=36), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("before", sa.Double(), nullable=True),
        sa.Column("share", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_grade_change_assignment_id_assignment")),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_grade_change_learner_id_learner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grade_change")),
    )
    op.create_index(
        op.f("ix_grade_change_assignment_id_learner_id_id"), "grade_change", ["assignment_id", "learner_id", "id"], unique=False
    )
    op.create_index(op.f("ix_grade_change_learner_id"), "grade_change", ["learner_id"], unique=False)
    op.create_index("ix_attempt_book", "attempt", ["learner_id", "quiz_id", "state", "fraction", "started_at", "submitted_at"], unique=False)
