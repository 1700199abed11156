"""Say by account who graded, withdrew and changed; keep the names that were typed; add marks that are begun."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from course.storage.columns import BigId, Document, Utc

revision = "0007_graders"
down_revision = "0006_question_reports"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table, named in (("ruling", "made_by"), ("question_void", "made_by"), ("practice_ruling", "made_by"), ("hand_mark", "grader")):
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {named} TO made_by_name")
        op.add_column(table, sa.Column("made_by", sa.String(length=36), nullable=True))
    op.add_column("hand_mark", sa.Column("turn", sa.Integer(), server_default="1", nullable=False))
    _count_turns()
    op.create_table(
        "mark_draft",
        sa.Column("attempt_id", BigId, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(length=36), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("points", Document(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("wants_second", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id", "position"],
            ["attempt_slot.attempt_id", "attempt_slot.position"],
            name=op.f("fk_mark_draft_attempt_id_position_attempt_slot"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("attempt_id", "position", "made_by", name=op.f("pk_mark_draft")),
    )
    op.create_index(op.f("ix_mark_draft_made_by"), "mark_draft", ["made_by"], unique=False)


def _count_turns() -> None:
    """Graders of one answer, by the names they gave, in the order they came."""
    mark = sa.table("hand_mark", *map(sa.column, ("id", "attempt_id", "position", "made_by_name", "turn")))
    known: dict[tuple[int, int], list[str]] = {}
    for row in op.get_bind().execute(sa.select(mark).order_by(mark.c.id)).all():
        came = known.setdefault((row.attempt_id, row.position), [])
        if row.made_by_name not in came:
            came.append(row.made_by_name)
        turn = came.index(row.made_by_name) + 1
        if turn > 1:
            op.execute(sa.update(mark).where(mark.c.id == row.id).values(turn=turn))
