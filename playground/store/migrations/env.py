"""What Alembic runs: the migrations, upon the connection that it is given, in the transaction that it is in."""

from __future__ import annotations

from alembic import context

from playground.store.database.tables import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, version_table=VERSION_TABLE
)
with context.begin_transaction():
    context.run_migrations()
