"""Whatever becomes of the database, rooms say so in one way and in words, and work again when it does."""

from __future__ import annotations

import contextlib
import os
import queue
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event

from playground.store.database import listening
from playground.store.database import postgres as postgres_module
from playground.store.database import sqlite as sqlite_module
from playground.store.database.hurried import ANSWER_SECONDS, HurriedConnection
from playground.store.database.sqlite import Sqlite
from playground.store.rooms import EVERY_CODE, Progress, Rooms, Stored, Unreachable, open_rooms
from tests.postgres import PostgresServer
from tests.store.conftest import Open
from tests.store.small_disk import mounted, remount, without_space

ROOM = Stored("QWERTZ", "{}", {1: "{}", 2: "{}"}, 1e9)
LARGE = "x" * 600_000
PATIENCE = 60.0

USES: dict[str, Callable[[Rooms], object]] = {
    "create": lambda rooms: rooms.create(replace(ROOM, code="NEW")),
    "load": lambda rooms: rooms.load("QWERTZ"),
    "change": lambda rooms: rooms.change("QWERTZ", lambda room: replace(room, document="[]")),
    "note": lambda rooms: rooms.note("QWERTZ", {1: Progress("{}")}),
    "progress": lambda rooms: rooms.progress("QWERTZ"),
    "remove": lambda rooms: rooms.remove("QWERTZ"),
    "remove_closed": lambda rooms: rooms.remove_closed(2e9),
}
WRITES = [name for name in USES if name not in ("load", "progress")]


def refusal_of(use: Callable[[Rooms], object], rooms: Rooms) -> str:
    """What it says, in time: a call that never comes back is none."""
    with ThreadPoolExecutor(1) as thread:
        problem = thread.submit(use, rooms).exception(timeout=PATIENCE)
    assert type(problem) is Unreachable
    words = str(problem)
    assert words.startswith("Rooms cannot be read or written in ") and words.endswith(".") and "\n" not in words
    return words


# PostgreSQL --------------------------------------------------------------------------------------------------------


@pytest.fixture
def restartable(postgres_server: PostgresServer) -> Iterator[PostgresServer]:
    """The server, which is there again after the test."""
    yield postgres_server
    with contextlib.suppress(AssertionError):  # it has been started already
        postgres_server.start()


@pytest.mark.parametrize("use", USES)
def test_a_server_that_has_ended_is_said_and_one_that_is_back_is_used(
    restartable: PostgresServer, opened: Open, use: str
) -> None:
    environment = {"DATABASE_URL": restartable.new_database()}
    ours, theirs = opened(environment), opened(environment)
    heard: queue.Queue[tuple[str, str]] = queue.Queue()
    theirs.listen(lambda code, part: heard.put((code, part)))
    ours.create(ROOM)
    assert heard.get(timeout=PATIENCE) == ("QWERTZ", "room")
    restartable.stop()
    for _ in range(2):
        assert "PostgreSQL" in refusal_of(USES[use], ours)
    restartable.start()
    assert ours.load("QWERTZ") == ROOM
    assert heard.get(timeout=PATIENCE) == (EVERY_CODE, "room")
    ours.change("QWERTZ", lambda room: replace(room, document="[]"))
    assert heard.get(timeout=PATIENCE) == ("QWERTZ", "room")


def test_a_server_that_does_not_answer_is_not_waited_for_for_ever(
    postgres_server: PostgresServer, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = {"DATABASE_URL": f"{postgres_server.new_database()}&connect_timeout=2"}
    ours, theirs = opened(environment), opened(environment)
    heard: queue.Queue[tuple[str, str]] = queue.Queue()
    theirs.listen(lambda code, part: heard.put((code, part)))
    ours.create(ROOM)
    assert heard.get(timeout=PATIENCE) == ("QWERTZ", "room")
    with postgres_server.frozen(), monkeypatch.context() as hasty:
        hasty.setattr(HurriedConnection, "patience", 0.5)
        hasty.setattr(listening, "QUIET_SECONDS", 0.5)
        for _ in range(2):
            assert "time" in refusal_of(USES["load"], ours)
    assert ours.load("QWERTZ") == ROOM
    assert heard.get(timeout=PATIENCE) == (EVERY_CODE, "room")


def test_a_server_that_stands_still_while_a_room_is_changed_is_given_up(
    postgres_server: PostgresServer, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    rooms = opened({"DATABASE_URL": postgres_server.new_database()})
    rooms.create(ROOM)
    with contextlib.ExitStack() as freezing, monkeypatch.context() as hasty:

        def change(room: Stored) -> Stored:
            hasty.setattr(HurriedConnection, "patience", 0.5)
            freezing.enter_context(postgres_server.frozen())
            return replace(room, document="[]")

        assert "has not answered" in refusal_of(lambda rooms: rooms.change("QWERTZ", change), rooms)
    assert rooms.load("QWERTZ") == ROOM


def test_a_server_that_ends_while_a_room_is_changed_has_written_nothing(
    restartable: PostgresServer, opened: Open
) -> None:
    rooms = opened({"DATABASE_URL": restartable.new_database()})
    rooms.create(ROOM)

    def change(room: Stored) -> Stored:
        restartable.stop()
        return replace(room, document="[]")

    refusal_of(lambda rooms: rooms.change("QWERTZ", change), rooms)
    restartable.start()
    assert rooms.load("QWERTZ") == ROOM


def test_who_listens_before_the_server_is_there_hears_as_soon_as_it_is(
    restartable: PostgresServer, opened: Open
) -> None:
    environment = {"DATABASE_URL": restartable.new_database()}
    ours, theirs = opened(environment), opened(environment)
    restartable.stop()
    heard: queue.Queue[tuple[str, str]] = queue.Queue()
    theirs.listen(lambda code, part: heard.put((code, part)))
    restartable.start()
    assert heard.get(timeout=PATIENCE) == (EVERY_CODE, "room")
    ours.create(ROOM)
    assert heard.get(timeout=PATIENCE) == ("QWERTZ", "room")


def test_who_opens_before_the_server_is_there_may_try_again(restartable: PostgresServer, opened: Open) -> None:
    environment = {"DATABASE_URL": restartable.new_database()}
    restartable.stop()
    with pytest.raises(Unreachable, match="PostgreSQL"):
        open_rooms(environment)
    restartable.start()
    assert opened(environment).load("QWERTZ") is None


def test_what_is_said_tells_no_password() -> None:
    with pytest.raises(Unreachable, match=r"database class at 127\.0\.0\.1") as refusal:
        open_rooms({"DATABASE_URL": "postgresql://me:secret@127.0.0.1:1/class?connect_timeout=2"})
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize("use", WRITES)
def test_a_server_that_may_only_be_read_is_read_and_said(
    postgres_server: PostgresServer, opened: Open, use: str
) -> None:
    url = postgres_server.new_database()
    name = url.split("@/")[1].split("?")[0]
    opened({"DATABASE_URL": url}).create(ROOM)
    postgres_server.tell(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    rooms = opened({"DATABASE_URL": url})
    assert "read-only transaction" in refusal_of(USES[use], rooms)
    assert rooms.load("QWERTZ") == ROOM
    postgres_server.tell(f"ALTER DATABASE {name} RESET default_transaction_read_only")
    refusal_of(USES[use], rooms)  # `load` had a connection of before
    USES[use](rooms)


FULL = """
CREATE FUNCTION is_full() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION USING ERRCODE = 'disk_full', MESSAGE = 'could not extend file: No space left on device'; END $$;
"""


def test_a_full_disk_of_the_server_is_said(postgres_server: PostgresServer, opened: Open) -> None:
    environment = {"DATABASE_URL": postgres_server.new_database()}
    rooms = opened(environment)
    rooms.create(ROOM)
    postgres_server.tell(FULL, environment["DATABASE_URL"])
    postgres_server.tell(
        "CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON playground_seats EXECUTE FUNCTION is_full()",
        environment["DATABASE_URL"],
    )

    def change(room: Stored) -> Stored:
        return replace(room, document="[]", seats={1: "[]"})

    assert "No space left" in refusal_of(lambda rooms: rooms.change("QWERTZ", change), rooms)
    assert rooms.load("QWERTZ") == ROOM
    postgres_server.tell("DROP TRIGGER full_disk ON playground_seats", environment["DATABASE_URL"])
    assert rooms.change("QWERTZ", change) == replace(change(ROOM), version=1)


def test_tables_that_somebody_has_taken_away_are_said(postgres_server: PostgresServer, opened: Open) -> None:
    environment = {"DATABASE_URL": postgres_server.new_database()}
    rooms = opened(environment)
    postgres_server.tell("DROP TABLE playground_progress", environment["DATABASE_URL"])
    assert "playground_progress" in refusal_of(USES["progress"], rooms)


def test_no_call_waits_longer_than_a_class_would() -> None:
    assert postgres_module.CONNECT_SECONDS <= 3
    assert postgres_module.LOCK_SECONDS < ANSWER_SECONDS <= 5


# SQLite ------------------------------------------------------------------------------------------------------------


def environment_of(folder: Path) -> dict[str, str]:
    return {"PLAYGROUND_ROOMS_FOLDER": str(folder)}


def database_of(rooms: Rooms) -> Sqlite:
    database = rooms._database  # type: ignore[attr-defined]
    assert isinstance(database, Sqlite)
    return database


def test_a_full_disk_is_said_and_one_with_space_again_is_used(tmp_path: Path, opened: Open) -> None:
    folder = tmp_path / "disk"
    with mounted(folder, "size=1m") as is_small:
        rooms = opened(environment_of(folder))
        rooms.create(ROOM)
        with without_space(folder) if is_small else few_pages(rooms):
            for use in (
                lambda rooms: rooms.create(replace(ROOM, code="NEW", document=LARGE)),
                lambda rooms: rooms.note("QWERTZ", {1: Progress("{}", LARGE.encode())}),
            ):
                assert "full" in refusal_of(use, rooms)
                assert rooms.load("QWERTZ") == ROOM
                assert rooms.load("NEW") is None and rooms.progress("QWERTZ") == {}
        for use in USES.values():
            use(rooms)
        rooms.close()


@contextlib.contextmanager
def few_pages(rooms: Rooms) -> Iterator[None]:
    """The database may grow no more, where no small disk can be mounted."""

    def limit(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA max_page_count=1")

    engine = database_of(rooms)._transactions._engine
    engine.dispose()
    event.listen(engine, "connect", limit)
    yield
    event.remove(engine, "connect", limit)
    engine.dispose()


def test_rooms_are_opened_on_a_full_disk_as_soon_as_it_has_space(tmp_path: Path, opened: Open) -> None:
    folder = tmp_path / "disk"
    with mounted(folder, "size=1m") as is_small:
        if is_small:
            with without_space(folder), pytest.raises(Unreachable):
                open_rooms(environment_of(folder))
        rooms = opened(environment_of(folder))
        rooms.create(ROOM)
        assert rooms.load("QWERTZ") == ROOM
        rooms.close()


@pytest.mark.parametrize("inside", [".", "new"])
def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, opened: Open, inside: str) -> None:
    folder = tmp_path / "disk"
    with mounted(folder, "ro") as is_mounted:
        if not is_mounted:
            folder.chmod(0o500)
        with pytest.raises(Unreachable, match=r"PLAYGROUND_ROOMS_FOLDER.*`none` keeps rooms in memory") as refusal:
            open_rooms(environment_of(folder / inside))
        assert "Read-only" in str(refusal.value) or not is_mounted
        if is_mounted:
            remount(folder, "rw")
        folder.chmod(0o700)
        rooms = opened(environment_of(folder / inside))
        assert rooms.load("QWERTZ") is None
        rooms.close()


@pytest.mark.parametrize("use", WRITES)
def test_a_file_that_may_only_be_read_is_read_and_said(tmp_path: Path, opened: Open, use: str) -> None:
    rooms = opened(environment_of(tmp_path))
    rooms.create(ROOM)
    with database_of(rooms).reading() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")  # SQLite answers as on a disk that has become read-only
    assert rooms.load("QWERTZ") == ROOM
    assert "readonly database" in refusal_of(USES[use], rooms)
    USES[use](rooms)


def test_a_file_that_is_no_database_is_said(tmp_path: Path, opened: Open) -> None:
    file = tmp_path / "rooms.sqlite"
    file.write_bytes(b"Dear Diary, " * 1000)
    with pytest.raises(Unreachable, match=r"rooms\.sqlite: file is not a database"):
        open_rooms(environment_of(tmp_path))
    assert file.read_bytes() == b"Dear Diary, " * 1000
    file.unlink()
    assert opened(environment_of(tmp_path)).load("QWERTZ") is None


def test_a_database_that_is_damaged_is_said(tmp_path: Path) -> None:
    rooms = open_rooms(environment_of(tmp_path))
    rooms.create(replace(ROOM, document=LARGE))
    rooms.close()
    file = tmp_path / "rooms.sqlite"
    size = file.stat().st_size
    with file.open("r+b") as damaged:
        damaged.seek(size // 2)
        damaged.write(os.urandom(size // 4))
        damaged.truncate(3 * size // 4)
    try:
        rooms = open_rooms(environment_of(tmp_path))
    except Unreachable:
        return
    assert "malformed" in refusal_of(USES["load"], rooms)
    rooms.close()


@pytest.mark.parametrize("use", WRITES)
def test_a_file_that_another_program_keeps_to_itself_is_not_waited_for_for_ever(
    tmp_path: Path, opened: Open, use: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("playground.store.database.sqlite.WAIT_SECONDS", 0.1)
    rooms = opened(environment_of(tmp_path))
    rooms.create(ROOM)
    with contextlib.closing(sqlite3.connect(tmp_path / "rooms.sqlite")) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "locked" in refusal_of(USES[use], rooms)
        assert rooms.load("QWERTZ") == ROOM
        other.rollback()
    USES[use](rooms)


def test_a_change_that_uses_the_rooms_is_refused_and_not_waited_for_for_ever(
    tmp_path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("playground.store.database.sqlite.WAIT_SECONDS", 0.1)
    rooms = opened(environment_of(tmp_path))
    rooms.create(ROOM)
    refusal_of(lambda rooms: rooms.change("QWERTZ", lambda _: rooms.load("QWERTZ") or ROOM), rooms)
    assert rooms.load("QWERTZ") == ROOM


def test_a_server_without_a_place_for_rooms_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", homeless)
    with pytest.raises(Unreachable, match="home directory"):
        open_rooms({})


def test_who_waits_in_vain_for_transactions_before_theirs_reads_that_the_store_does_not_answer_in_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_module, "WAIT_SECONDS", 0.01)
    path = tmp_path / "rooms.db"
    database = Sqlite(path)
    with database.writing(), pytest.raises(Unreachable) as refused, database.reading():
        pass
    assert str(refused.value) == f"Rooms cannot be read or written in {path}: it does not answer in time."
    database.close()
