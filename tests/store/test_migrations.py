"""A database of an earlier release is opened with all that is in it; one of a later release is refused in words."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine

from playground.store.database.postgres import url_of
from playground.store.database.tables import VERSION_TABLE, metadata
from playground.store.rooms import Rooms, TooNew, open_rooms
from tests.postgres import PostgresServer
from tests.store.conftest import Environment, Open
from tests.store.kept_by_releases import FIXTURES, PROGRESS, ROOM, VERSION

VERSIONS = [path.stem.removeprefix("rooms-") for path in sorted(FIXTURES.glob("*.sqlite"))]


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def on_disk(request: pytest.FixtureRequest, tmp_path: Path) -> Environment:
    """An empty database."""
    if request.param == "PostgreSQL":
        shared: Environment = request.getfixturevalue("shared")
        return shared
    return {"PLAYGROUND_ROOMS_FOLDER": str(tmp_path / "rooms")}


def sqlalchemy_address(environment: Environment) -> str:
    if "DATABASE_URL" in environment:
        return url_of(environment["DATABASE_URL"]).render_as_string(hide_password=False)
    return f"sqlite:///{environment['PLAYGROUND_ROOMS_FOLDER']}/rooms.sqlite"


def tell(environment: Environment, statement: str) -> None:
    """Past the program."""
    if "DATABASE_URL" in environment:
        with psycopg.connect(environment["DATABASE_URL"]) as connection:
            connection.execute(statement.encode())
    else:
        with closing(sqlite3.connect(Path(environment["PLAYGROUND_ROOMS_FOLDER"]) / "rooms.sqlite")) as file, file:
            file.execute(statement)


def assert_whole(rooms: Rooms) -> None:
    assert rooms.load("QWERTZ") == ROOM
    assert rooms.progress("QWERTZ") == PROGRESS
    assert rooms.change("QWERTZ", lambda room: room) is not None
    rooms.note("QWERTZ", PROGRESS)
    assert rooms.remove_closed(ROOM.closes_at + 1) == ["QWERTZ"]


# What releases have made -------------------------------------------------------------------------------------------


def test_there_is_a_fixture_of_this_release_for_both() -> None:
    assert VERSION in VERSIONS
    assert [path.stem.removeprefix("rooms-") for path in sorted(FIXTURES.glob("*.sql"))] == VERSIONS


@pytest.mark.parametrize("version", VERSIONS)
def test_a_folder_of_an_earlier_release_is_opened_with_all_that_is_in_it(
    tmp_path: Path, opened: Open, version: str
) -> None:
    shutil.copy(FIXTURES / f"rooms-{version}.sqlite", tmp_path / "rooms.sqlite")
    assert_whole(opened({"PLAYGROUND_ROOMS_FOLDER": str(tmp_path)}))


@pytest.mark.parametrize("version", VERSIONS)
def test_a_postgresql_of_an_earlier_release_is_opened_with_all_that_is_in_it(
    shared: Environment, opened: Open, postgres_server: PostgresServer, version: str
) -> None:
    postgres_server.run_file(shared["DATABASE_URL"], FIXTURES / f"rooms-{version}.sql")
    assert_whole(opened(shared))


# What a later one has ----------------------------------------------------------------------------------------------


def test_a_database_of_a_later_release_is_refused_in_words_and_let_be(on_disk: Environment) -> None:
    open_rooms(on_disk).close()
    tell(on_disk, f"UPDATE {VERSION_TABLE} SET version_num = '99-later'")
    for _ in range(2):
        with pytest.raises(TooNew, match=f"of version 99-later, and this one knows versions up to {VERSION}"):
            open_rooms(on_disk)
    tell(on_disk, f"UPDATE {VERSION_TABLE} SET version_num = '{VERSION}'")
    open_rooms(on_disk).close()


# What is declared --------------------------------------------------------------------------------------------------


def test_the_migrations_make_the_tables_that_are_declared(on_disk: Environment, opened: Open) -> None:
    opened(on_disk)
    engine = create_engine(sqlalchemy_address(on_disk))
    with engine.connect() as connection:
        options = {"version_table": VERSION_TABLE, "compare_type": True}
        found = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(found, metadata) == []
        assert found.get_current_heads() == (VERSION,)
    engine.dispose()


def test_a_migration_that_fails_leaves_nothing(on_disk: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr("alembic.operations.Operations.create_index", fail)
        with pytest.raises(ZeroDivisionError):
            open_rooms(on_disk)
    rooms = open_rooms(on_disk)
    assert rooms.load("QWERTZ") is None
    rooms.close()


def test_rooms_in_memory_have_the_same_tables(opened: Open) -> None:
    rooms = opened({"PLAYGROUND_ROOMS_FOLDER": "none"})
    rooms.create(ROOM)
    rooms.note("QWERTZ", PROGRESS)
    assert_whole(rooms)
