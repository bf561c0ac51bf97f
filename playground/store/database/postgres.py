"""PostgreSQL, which several servers share."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.exc import ArgumentError

from playground.store.database.database import Transactions, at_connect
from playground.store.database.hurried import HurriedConnection
from playground.store.database.listening import CHANNEL, Listener
from playground.store.rooms import Heard

SCHEMES = ("postgres", "postgresql", "postgresql+psycopg")
CONNECT_SECONDS = 3
LOCK_SECONDS = 4
"""How long a statement may take, which waits for the locks of others at most."""
CONNECTIONS = 8
MIGRATION_SECONDS = 60
MIGRATION_LOCK = 0x6B657261735F7067
"""A number that no other program's advisory lock has."""
GIVES_UP = {
    "connect_timeout": CONNECT_SECONDS,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "tcp_user_timeout": 5000,  # milliseconds
    "application_name": "keras-playground",
}
"""libpq's parameters, by which a lost connection is noticed; what the URL says counts more."""


class Postgres:
    """A pool of connections."""

    def __init__(self, url: URL) -> None:
        self.name = f"PostgreSQL, database {url.database or ''} at {url.host or url.query.get('host', 'this machine')}"
        self._me = secrets.token_hex(8)
        engine = _engine(url)
        self._transactions = Transactions(engine, self.name)
        self._listener = Listener(_parameters(engine, url), self._me)

    def reading(self) -> AbstractContextManager[Connection]:
        """See `Database`."""
        return self._transactions.begin(isolation_level="REPEATABLE READ")

    def writing(self) -> AbstractContextManager[Connection]:
        """See `Database`."""
        return self._transactions.begin()

    @contextlib.contextmanager
    def migrating(self) -> Iterator[Connection]:
        """See `Database`."""
        with self._transactions.begin() as connection, _patient(connection):
            for timeout in ("lock_timeout", "statement_timeout"):
                connection.exec_driver_sql(f"SET LOCAL {timeout} = '{MIGRATION_SECONDS}s'")
            connection.execute(select(func.pg_advisory_xact_lock(MIGRATION_LOCK)))
            yield connection

    def tell(self, connection: Connection, code: str, part: str) -> None:
        """See `Database`."""
        connection.execute(select(func.pg_notify(CHANNEL, f"{self._me} {part} {code}")))

    def listen(self, heard: Heard) -> None:
        """See `Database`."""
        self._listener.listen(heard)

    def close(self) -> None:
        """See `Database`."""
        self._listener.close()
        self._transactions.close()


@contextlib.contextmanager
def _patient(connection: Connection) -> Iterator[None]:
    """The server may take as long as a migration does."""
    own = connection.connection.driver_connection
    assert isinstance(own, HurriedConnection)
    before, own.patience = own.patience, MIGRATION_SECONDS + 5
    try:
        yield
    finally:
        own.patience = before


def url_of(text: str) -> URL:
    """The database's address as SQLAlchemy knows it.

    Raises
    ------
    ValueError
        When it is none of a PostgreSQL. What it holds besides may be secret, and is not told.
    """
    rule = "DATABASE_URL must be like postgresql://user:password@host:5432/database."
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise ValueError(f"{rule} What it is cannot be read.") from None
    if url.drivername not in SCHEMES:
        raise ValueError(f"{rule} Got {url.drivername}://…")
    return url.set(drivername="postgresql+psycopg")


def _engine(url: URL) -> Engine:
    engine = create_engine(
        url,
        connect_args={
            **{name: value for name, value in GIVES_UP.items() if name not in url.query},
            "prepare_threshold": None,  # connections may come from a pool of the host's, which prepares nothing
        },
        pool_pre_ping=True,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=LOCK_SECONDS,
    )
    event.listen(engine, "do_connect", _connect)
    at_connect(engine, f"SET lock_timeout = '{LOCK_SECONDS}s'", f"SET statement_timeout = '{LOCK_SECONDS + 0.5}s'")
    return engine


def _connect(_dialect: object, _record: object, arguments: list[Any], parameters: dict[str, Any]) -> HurriedConnection:
    return HurriedConnection.connect(*arguments, **parameters)


def _parameters(engine: Engine, url: URL) -> dict[str, Any]:
    """By which psycopg connects as the engine does."""
    _, parameters = engine.dialect.create_connect_args(url)
    return {**GIVES_UP, **parameters}
