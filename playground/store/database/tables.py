"""The tables. What is changed here needs a migration (`playground/store/migrations/versions/`)."""

from __future__ import annotations

from sqlalchemy import Column, Double, ForeignKey, ForeignKeyConstraint, Integer, LargeBinary, MetaData, Table, Text

metadata = MetaData()
"""Names begin with the program's: a host may have one database for several."""

VERSION_TABLE = "playground_version"
"""Where Alembic notes which migrations there have been."""

rooms = Table(
    "playground_rooms",
    metadata,
    Column("code", Text, primary_key=True),
    Column("document", Text, nullable=False),
    Column("closes_at", Double, nullable=False, index=True),  # Unix seconds
    Column("version", Integer, nullable=False),
)

seats = Table(
    "playground_seats",
    metadata,
    Column("code", Text, ForeignKey(rooms.c.code, ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("document", Text, nullable=False),
)

progress = Table(
    "playground_progress",
    metadata,
    Column("code", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("document", Text, nullable=False),
    Column("picture", LargeBinary, nullable=False),
    Column("seen_at", Double, nullable=False),  # Unix seconds
    ForeignKeyConstraint(["code", "number"], [seats.c.code, seats.c.number], ondelete="CASCADE"),
)
