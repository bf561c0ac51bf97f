"""Servers that share a PostgreSQL hear of one another's changes; with SQLite there is one, and a second is told."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from playground.store.database import postgres as postgres_module
from playground.store.database.listening import CHANNEL
from playground.store.rooms import EVERY_CODE, InUse, Progress, Rooms, Stored, Unreachable, open_rooms
from tests.postgres import PostgresServer
from tests.store.conftest import Environment, Open

ROOM = Stored("QWERTZ", "{}", {1: "{}"}, 1e9)
PATIENCE = 60.0
Heard = queue.Queue[tuple[str, str]]


def hearing(rooms: Rooms) -> Heard:
    heard = Heard()
    rooms.listen(lambda code, part: heard.put((code, part)))
    return heard


# PostgreSQL --------------------------------------------------------------------------------------------------------


def test_the_others_hear_of_a_change_and_whoever_made_it_does_not(shared: Environment, opened: Open) -> None:
    ours, theirs = opened(shared), opened(shared)
    we_hear, they_hear = hearing(ours), hearing(theirs)
    ours.create(ROOM)
    assert they_hear.get(timeout=PATIENCE) == ("QWERTZ", "room")
    ours.change("QWERTZ", lambda room: replace(room, document="[]"))
    assert they_hear.get(timeout=PATIENCE) == ("QWERTZ", "room")
    ours.note("QWERTZ", {1: Progress("{}")})
    assert they_hear.get(timeout=PATIENCE) == ("QWERTZ", "progress")
    ours.note("QWERTZ", {9: Progress("{}")})  # of no seat: there is nothing to hear
    ours.remove("QWERTZ")
    assert they_hear.get(timeout=PATIENCE) == ("QWERTZ", "room")
    ours.remove("QWERTZ")
    theirs.create(replace(ROOM, code="OTHERS", closes_at=1.0))
    assert we_hear.get(timeout=PATIENCE) == ("OTHERS", "room")
    ours.remove_closed(2.0)
    assert they_hear.get(timeout=PATIENCE) == ("OTHERS", "room")
    assert we_hear.empty() and they_hear.empty()


def test_what_was_heard_can_be_loaded_at_once(shared: Environment, opened: Open) -> None:
    ours, theirs = opened(shared), opened(shared)
    found: queue.Queue[Stored | None] = queue.Queue()
    theirs.listen(lambda code, part: found.put(theirs.load(code)))
    ours.create(ROOM)
    for n in range(20):
        ours.change("QWERTZ", lambda room, n=n: replace(room, document=str(n)))  # type: ignore[misc]
    seen = [found.get(timeout=PATIENCE) for _ in range(21)]
    assert all(one and one.version >= n for n, one in enumerate(seen))


def test_a_change_that_is_refused_is_not_heard_of(shared: Environment, opened: Open) -> None:
    ours, theirs = opened(shared), opened(shared)
    ours.create(ROOM)
    heard = hearing(theirs)
    with pytest.raises(ZeroDivisionError):
        ours.change("QWERTZ", lambda room: replace(room, document=str(1 // 0)))
    ours.change("QWERTZ", lambda room: room)
    assert heard.get(timeout=PATIENCE) == ("QWERTZ", "room") and heard.empty()


def test_who_fails_to_take_a_change_in_hears_the_next(
    shared: Environment, opened: Open, postgres_server: PostgresServer
) -> None:
    ours, theirs = opened(shared), opened(shared)
    heard = Heard()

    def fail_once(code: str, part: str) -> None:
        heard.put((code, part))
        if code == "A":
            raise KeyError(code)

    theirs.listen(fail_once)
    ours.create(replace(ROOM, code="A"))
    postgres_server.tell(f"NOTIFY {CHANNEL}, 'what somebody else says'", shared["DATABASE_URL"])
    ours.create(replace(ROOM, code="B"))
    assert [heard.get(timeout=PATIENCE) for _ in range(2)] == [("A", "room"), ("B", "room")]


def test_who_had_lost_the_connection_is_told_that_anything_may_have_changed(
    shared: Environment, opened: Open, postgres_server: PostgresServer
) -> None:
    ours, theirs = opened(shared), opened(shared)
    heard = hearing(theirs)
    for _ in range(2):
        postgres_server.tell(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE query LIKE 'LISTEN %' AND datname = current_database()",
            shared["DATABASE_URL"],
        )
        assert heard.get(timeout=PATIENCE) == (EVERY_CODE, "room")
    ours.create(ROOM)
    assert heard.get(timeout=PATIENCE) == ("QWERTZ", "room")


def test_servers_that_start_at_once_make_the_tables_once(shared: Environment) -> None:
    command = [
        sys.executable,
        "-c",
        "import sys; from playground.store.rooms import open_rooms\n"
        "input(); rooms = open_rooms({'DATABASE_URL': sys.argv[1]}); print(rooms.load('QWERTZ')); rooms.close()",
        shared["DATABASE_URL"],
    ]
    servers = [subprocess.Popen(command, stdin=-1, stdout=-1, text=True) for _ in range(3)]
    for server in servers:
        assert server.stdin is not None
        server.stdin.write("go\n")
        server.stdin.flush()
    assert [server.communicate(timeout=2 * PATIENCE)[0] for server in servers] == ["None\n"] * 3


def test_a_room_that_somebody_keeps_to_himself_is_not_waited_for_for_ever(
    shared: Environment, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_module, "LOCK_SECONDS", 1)
    rooms = opened(shared)
    rooms.create(ROOM)
    with psycopg.connect(shared["DATABASE_URL"]) as other:
        other.execute("SELECT * FROM playground_rooms FOR UPDATE")
        with pytest.raises(Unreachable, match="lock timeout"):
            rooms.change("QWERTZ", lambda room: room)
        assert rooms.load("QWERTZ") == ROOM
        assert rooms.remove_closed(2e9) == []  # the next time
    assert rooms.remove_closed(2e9) == ["QWERTZ"]


def test_tables_of_other_programs_are_let_be(
    shared: Environment, opened: Open, postgres_server: PostgresServer
) -> None:
    url = shared["DATABASE_URL"]
    postgres_server.tell("CREATE TABLE alembic_version (version_num text)", url)
    postgres_server.tell("INSERT INTO alembic_version VALUES ('of another program')", url)
    postgres_server.tell("CREATE TABLE rooms (code int)", url)
    rooms = opened(shared)
    rooms.create(ROOM)
    assert rooms.load("QWERTZ") == ROOM


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_all_schemes_of_postgresql_are_understood(shared: Environment, opened: Open, scheme: str) -> None:
    address = shared["DATABASE_URL"].replace("postgresql", scheme, 1)
    assert opened({"DATABASE_URL": f" {address} "}).load("QWERTZ") is None


@pytest.mark.parametrize(
    "address", ["mysql://me:secret@host/db", "sqlite:///secret.sqlite", "secret", "postgresql://me:secret@host:port/"]
)
def test_another_address_is_refused_without_telling_it(address: str) -> None:
    with pytest.raises(ValueError, match="DATABASE_URL must be like") as refusal:
        open_rooms({"DATABASE_URL": address})
    assert "secret" not in str(refusal.value)


# SQLite ------------------------------------------------------------------------------------------------------------

HOLD = """
import sys
from playground.store.rooms import open_rooms
rooms = open_rooms({"PLAYGROUND_ROOMS_FOLDER": sys.argv[1]})
print("open", flush=True)
sys.stdin.read()
"""


def test_a_second_server_on_a_folder_is_told_until_the_first_has_ended(tmp_path: Path, opened: Open) -> None:
    environment = {"PLAYGROUND_ROOMS_FOLDER": str(tmp_path / "rooms")}
    command = [sys.executable, "-c", HOLD, environment["PLAYGROUND_ROOMS_FOLDER"]]
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True) as first:
        assert first.stdout is not None and first.stdout.readline() == "open\n"
        with pytest.raises(InUse, match="DATABASE_URL"):
            open_rooms(environment)
        first.kill()
        first.wait(PATIENCE)
    assert opened(environment).load("QWERTZ") is None


def test_with_sqlite_nobody_is_heard(tmp_path: Path, opened: Open) -> None:
    rooms = opened({"PLAYGROUND_ROOMS_FOLDER": str(tmp_path / "rooms")})
    heard = hearing(rooms)
    rooms.create(ROOM)
    rooms.change("QWERTZ", lambda room: room)
    assert heard.empty() and not [one for one in threading.enumerate() if one.name == "rooms of other servers"]


def test_servers_on_two_ports_have_rooms_of_their_own(tmp_path: Path) -> None:
    environment = {"XDG_STATE_HOME": str(tmp_path)}
    with ThreadPoolExecutor(2) as threads:
        both = list(threads.map(lambda port: open_rooms(environment, port), (8501, 8502)))
    both[0].create(ROOM)
    assert both[1].load("QWERTZ") is None
    for rooms in both:
        rooms.close()
    found = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.sqlite")}
    assert found == {f"keras-playground/rooms-{port}/rooms.sqlite" for port in (8501, 8502)}
