"""Databases for rooms, of every kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

from playground.store.rooms import Rooms, open_rooms
from tests.postgres import PostgresServer, postgres

Environment = Mapping[str, str]
Open = Callable[[Environment], Rooms]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    with postgres() as server:
        yield server


@pytest.fixture
def shared(postgres_server: PostgresServer) -> Environment:
    """An empty PostgreSQL."""
    return {"DATABASE_URL": postgres_server.new_database()}


@pytest.fixture(params=["SQLite", "memory", "PostgreSQL"])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> Environment:
    """An empty database."""
    if request.param == "PostgreSQL":
        shared: Environment = request.getfixturevalue("shared")
        return shared
    return {"PLAYGROUND_ROOMS_FOLDER": str(tmp_path / "rooms") if request.param == "SQLite" else "none"}


@pytest.fixture
def opened() -> Iterator[Open]:
    """Opens rooms, and closes them when the test is over."""
    with ExitStack() as closing:

        def open_them(environment: Environment) -> Rooms:
            rooms = open_rooms(environment)
            closing.callback(rooms.close)
            return rooms

        yield open_them


@pytest.fixture
def rooms(environment: Environment, opened: Open) -> Rooms:
    return opened(environment)
