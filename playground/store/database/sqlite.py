"""SQLite: a file in a folder that one process has at a time, or memory."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event

from playground.store.database.database import Transactions, at_connect
from playground.store.rooms import Heard

WAIT_SECONDS = 4.0
"""How long a transaction waits for the others, whose work takes milliseconds."""
IN_MEMORY = ":memory:"


class Sqlite:
    """One connection, which transactions have in turn: SQLite writes one at a time anyway, and this way it is fair.

    Its locks still count, since a host may look into the file with other programs.

    Parameters
    ----------
    path : None for memory
    release : called at the end
    """

    def __init__(self, path: Path | None, release: Callable[[], None] = lambda: None) -> None:
        self.name = str(path) if path else "memory"
        self._transactions = Transactions(_engine(path), self.name, begin_anew=path is not None)
        self._release = release

    def reading(self) -> AbstractContextManager[Connection]:
        """See `Database`."""
        return self._transactions.begin()

    def writing(self) -> AbstractContextManager[Connection]:
        """See `Database`."""
        return self._transactions.begin(writes=True)

    def migrating(self) -> AbstractContextManager[Connection]:
        """See `Database`."""
        return self.writing()

    def tell(self, connection: Connection, code: str, part: str) -> None:
        """There are no others."""

    def listen(self, heard: Heard) -> None:
        """There is nothing to hear."""

    def close(self) -> None:
        """See `Database`."""
        self._transactions.close()
        self._release()


def _engine(path: Path | None) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path) if path else IN_MEMORY),
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=WAIT_SECONDS,
        connect_args={"check_same_thread": False, "timeout": WAIT_SECONDS},
    )
    event.listen(engine, "connect", _leave_transactions_to_us)
    event.listen(engine, "begin", _begin)
    at_connect(engine, "PRAGMA foreign_keys=ON", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL")
    return engine


def _leave_transactions_to_us(connection: Any, _record: object) -> None:
    """Else Python's module begins them, and late: https://docs.sqlalchemy.org/dialects/sqlite.html ("Transactions")."""
    connection.isolation_level = None


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
