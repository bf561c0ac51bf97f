"""Which database it is, and bringing it up to date."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping

from playground.store.database.database import Database
from playground.store.database.folder_lock import FolderLock
from playground.store.database.keeping import KeptRooms
from playground.store.database.migrating import migrate
from playground.store.database.postgres import Postgres, url_of
from playground.store.database.sqlite import Sqlite
from playground.store.place import rooms_folder
from playground.store.rooms import Unreachable

FILE, LOCK = "rooms.sqlite", "rooms.lock"


def open_database(environ: Mapping[str, str], port: int) -> KeptRooms:
    """See `open_rooms`."""
    address = environ.get("DATABASE_URL", "").strip()
    database: Database = Postgres(url_of(address)) if address else _sqlite(environ, port)
    with contextlib.ExitStack() as unless_it_succeeds:
        unless_it_succeeds.callback(database.close)
        with database.migrating() as connection:
            migrate(connection, database.name)
        unless_it_succeeds.pop_all()
    return KeptRooms(database)


def _sqlite(environ: Mapping[str, str], port: int) -> Sqlite:
    try:
        folder = rooms_folder(port, environ)
        if folder is None:
            return Sqlite(None)
        lock = FolderLock(folder.path / LOCK)
    except (OSError, RuntimeError) as problem:
        raise Unreachable(
            f"Rooms cannot be kept: {problem}. PLAYGROUND_ROOMS_FOLDER names another folder; `none` keeps rooms in "
            "memory."
        ) from problem
    return Sqlite(folder.path / FILE, lock.release)
