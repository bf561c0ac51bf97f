"""Bringing a database up to this release."""

from __future__ import annotations

import threading
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from playground.store.database.tables import VERSION_TABLE
from playground.store.rooms import TooNew

SCRIPTS = Path(__file__).parents[1] / "migrations"

_one_at_a_time = threading.Lock()  # Alembic's environment belongs to the process


def migrate(connection: Connection, name: str) -> None:
    """Run the migrations that the database has not had, in the transaction that the connection is in.

    Raises
    ------
    TooNew
        When it has had some that this release does not know.
    """
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    found = set(MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_heads())
    known = {script.revision for script in scripts.walk_revisions()}
    if found - known:
        raise TooNew(
            f"The rooms in {name} are those of a later release: of version {', '.join(sorted(found - known))}, and "
            f"this one knows versions up to {scripts.get_current_head()}. Run that release again, or name another "
            "place by PLAYGROUND_ROOMS_FOLDER or DATABASE_URL."
        )
    if found != set(scripts.get_heads()):
        config.attributes["connection"] = connection
        with _one_at_a_time:
            command.upgrade(config, "head")
