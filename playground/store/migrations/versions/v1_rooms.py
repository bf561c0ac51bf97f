"""Rooms, their seats, and what these have come to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "playground_rooms",
        sa.Column("code", sa.Text(), primary_key=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("closes_at", sa.Double(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_index("ix_playground_rooms_closes_at", "playground_rooms", ["closes_at"])
    op.create_table(
        "playground_seats",
        sa.Column("code", sa.Text(), sa.ForeignKey("playground_rooms.code", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("document", sa.Text(), nullable=False),
    )
    op.create_table(
        "playground_progress",
        sa.Column("code", sa.Text(), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=False),
        sa.Column("seen_at", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["code", "number"], ["playground_seats.code", "playground_seats.number"], ondelete="CASCADE"
        ),
    )
