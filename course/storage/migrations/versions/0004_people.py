"""Add accounts, site roles, links and counters, cohorts with their people, and the audit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from course.storage.columns import BigId, Document, Utc

revision = "0004_people"
down_revision = "0003_rulings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cohort",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("settings", Document(), nullable=False),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("archived_at", Utc(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort")),
    )
    op.create_table(
        "rate_limit",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("began_at", Utc(), nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_rate_limit")),
    )
    op.create_table(
        "account",
        sa.Column("learner_id", sa.String(length=36), nullable=False),
        sa.Column("login", sa.String(length=254), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("email_verified_at", Utc(), nullable=True),
        sa.Column("issuer", sa.String(length=255), nullable=True),
        sa.Column("subject", sa.String(length=255), nullable=True),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("password_changed_at", Utc(), nullable=True),
        sa.Column("disabled_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_account_learner_id_learner")),
        sa.PrimaryKeyConstraint("learner_id", name=op.f("pk_account")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_account_issuer_subject")),
        sa.UniqueConstraint("login", name=op.f("uq_account_login")),
    )
    op.create_index(op.f("ix_account_email"), "account", ["email"], unique=False)
    op.create_table(
        "audit",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("via", sa.String(length=16), nullable=False),
        sa.Column("actor_id", sa.String(length=36), nullable=True),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("cohort_id", sa.String(length=36), nullable=True),
        sa.Column("person_id", sa.String(length=36), nullable=True),
        sa.Column("subject", sa.String(length=160), nullable=True),
        sa.Column("before", Document(), nullable=True),
        sa.Column("after", Document(), nullable=True),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_audit_cohort_id_cohort")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_actor_id"), "audit", ["actor_id"], unique=False)
    op.create_index(op.f("ix_audit_cohort_id_id"), "audit", ["cohort_id", "id"], unique=False)
    op.create_index(op.f("ix_audit_person_id"), "audit", ["person_id"], unique=False)
    op.create_table(
        "cohort_group",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("cohort_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_cohort_group_cohort_id_cohort")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort_group")),
        sa.UniqueConstraint("cohort_id", "name", name=op.f("uq_cohort_group_cohort_id_name")),
    )
    op.create_table(
        "invitation",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("cohort_id", sa.String(length=36), nullable=True),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("learner_id", sa.String(length=36), nullable=True),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("expires_at", Utc(), nullable=False),
        sa.Column("max_uses", sa.Integer(), nullable=True),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("revoked_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_invitation_cohort_id_cohort")),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_invitation_learner_id_learner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_index(op.f("ix_invitation_cohort_id"), "invitation", ["cohort_id"], unique=False)
    op.create_index(op.f("ix_invitation_learner_id"), "invitation", ["learner_id"], unique=False)
    op.create_table(
        "membership",
        sa.Column("cohort_id", sa.String(length=36), nullable=False),
        sa.Column("learner_id", sa.String(length=36), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("since", Utc(), nullable=False),
        sa.Column("removed_at", Utc(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("roster", Document(), nullable=True),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_membership_cohort_id_cohort")),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_membership_learner_id_learner")),
        sa.PrimaryKeyConstraint("cohort_id", "learner_id", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_learner_id"), "membership", ["learner_id"], unique=False)
    op.create_table(
        "one_time_link",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("learner_id", sa.String(length=36), nullable=True),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("expires_at", Utc(), nullable=False),
        sa.Column("used_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_one_time_link_learner_id_learner")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_one_time_link")),
    )
    op.create_index(op.f("ix_one_time_link_learner_id"), "one_time_link", ["learner_id"], unique=False)
    op.create_table(
        "site_role",
        sa.Column("learner_id", sa.String(length=36), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("since", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_site_role_learner_id_learner")),
        sa.PrimaryKeyConstraint("learner_id", "role", name=op.f("pk_site_role")),
    )
    op.create_table(
        "group_member",
        sa.Column("group_id", sa.String(length=36), nullable=False),
        sa.Column("learner_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["cohort_group.id"], name=op.f("fk_group_member_group_id_cohort_group")),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_group_member_learner_id_learner")),
        sa.PrimaryKeyConstraint("group_id", "learner_id", name=op.f("pk_group_member")),
    )
    op.create_index(op.f("ix_group_member_learner_id"), "group_member", ["learner_id"], unique=False)
    op.add_column("browser_session", sa.Column("signed_in_at", Utc(), nullable=True))
    op.add_column("browser_session", sa.Column("agent", sa.String(length=60), nullable=True))
