"""Keep dated estimates of questions' difficulties."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from course.storage.columns import Document, Utc

revision = "0009_calibrations"
down_revision = "0008_rollups"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calibration",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("made_at", Utc(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("difficulties", Document(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration")),
    )
