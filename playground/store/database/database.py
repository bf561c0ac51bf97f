"""A database that is there or is not: transactions, whose failures are told in one way."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, ExceptionContext, event
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from playground.store.rooms import Heard, Unreachable

OF_THE_DATA = (DataError, IntegrityError)
"""Faults of what was to be written: the database is well."""


class Database(Protocol):
    """What SQLite and PostgreSQL differ in.

    Attributes
    ----------
    name : what sentences call it; tells no secrets
    """

    name: str

    def reading(self) -> contextlib.AbstractContextManager[Connection]:
        """A transaction that sees one state of the database."""

    def writing(self) -> contextlib.AbstractContextManager[Connection]:
        """A transaction that is kept when it ends without an error."""

    def migrating(self) -> contextlib.AbstractContextManager[Connection]:
        """A transaction in which nobody else migrates."""

    def tell(self, connection: Connection, code: str, part: str) -> None:
        """Tell other servers, once the transaction is kept, that a part of a room has changed."""

    def listen(self, heard: Heard) -> None:
        """See `Rooms.listen`."""

    def close(self) -> None:
        """Let go of it."""


class Transactions:
    """Transactions upon an engine.

    Parameters
    ----------
    begin_anew : whether a failure lets go of all connections, so that the next call is not met by what became of them
    """

    def __init__(self, engine: Engine, name: str, begin_anew: bool = True) -> None:
        self._engine, self._name, self._closed = engine, name, False
        if begin_anew:
            event.listen(engine, "handle_error", _begin_anew)

    @contextlib.contextmanager
    def begin(self, **options: Any) -> Iterator[Connection]:
        """A transaction with execution options of SQLAlchemy.

        Raises
        ------
        Unreachable
            When the database cannot be used. What is wrong with the data itself is raised as it is.
        """
        if self._closed:
            raise Unreachable(f"{self._name} is closed: the server ends.")
        try:
            with self._engine.connect().execution_options(**options) as connection, connection.begin():
                yield connection
        except OF_THE_DATA:
            raise
        except SQLAlchemyError as problem:
            raise Unreachable(sentence(self._name, problem)) from problem

    def close(self) -> None:
        """Close the connections."""
        self._closed = True
        self._engine.dispose()


def _begin_anew(context: ExceptionContext) -> None:
    if not isinstance(context.sqlalchemy_exception, OF_THE_DATA):
        context.is_disconnect = True


def sentence(name: str, problem: SQLAlchemyError) -> str:
    """What is the matter, for the host."""
    if isinstance(problem, PoolTimeout):  # SQLAlchemy speaks of its pool: transactions before this one are not through
        return f"Rooms cannot be read or written in {name}: it does not answer in time."
    cause = str(getattr(problem, "orig", None) or problem).strip()
    first_line = cause.partition("\n")[0].rstrip(". ")
    return f"Rooms cannot be read or written in {name}: {first_line}."


def at_connect(engine: Engine, *statements: str) -> None:
    """Run statements upon each new connection."""

    @event.listens_for(engine, "connect")
    def run(connection: Any, _record: object) -> None:
        try:
            for statement in statements:
                connection.execute(statement).close()
            connection.commit()  # PostgreSQL's settings go with a transaction that is given up
        except BaseException:
            connection.close()
            raise
