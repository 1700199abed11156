"""Ask a question again within an attempt, and keep how far a learner went where there is no way back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002_rounds"
down_revision = "0001_first"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("attempt", sa.Column("reached", sa.Integer(), nullable=True))
    op.add_column("attempt_slot", sa.Column("again_of", sa.Integer(), nullable=True))
