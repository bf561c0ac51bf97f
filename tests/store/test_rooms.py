"""Rooms are kept, changed one at a time and forgotten, in SQLite, in memory and in PostgreSQL."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from playground.store.rooms import Progress, Rooms, Stored, Taken, Unreachable, open_rooms
from tests.store.conftest import Environment, Open

ROOM = Stored("QWERTZ", '{"title": "Größe ≥ 1 🎓"}', {1: '{"name": "Ада"}', 2: '{"name": "小林"}'}, 1_800_000_000.25)
PATIENCE = 60.0


class Refused(Exception):
    """What a command may raise."""


def with_seat(number: int, document: str) -> Mapping[int, str]:
    return {**ROOM.seats, number: document}


# Keeping -----------------------------------------------------------------------------------------------------------


def test_a_room_is_found_as_it_was_kept(rooms: Rooms) -> None:
    rooms.create(ROOM)
    assert rooms.load("QWERTZ") == ROOM
    assert rooms.load("OTHERS") is None


def test_a_code_is_that_of_one_room(rooms: Rooms) -> None:
    rooms.create(ROOM)
    with pytest.raises(Taken, match="QWERTZ"):
        rooms.create(replace(ROOM, document="{}", seats={}))
    assert rooms.load("QWERTZ") == ROOM


@pytest.mark.parametrize("code", ["", "A B", "a\0b", "\ud800", "../up", "A" * 41, "*"])
def test_what_cannot_be_a_code_is_none(rooms: Rooms, code: str) -> None:
    assert rooms.load(code) is None
    assert rooms.change(code, lambda room: room) is None
    rooms.note(code, {1: Progress("{}")})
    rooms.remove(code)
    assert rooms.progress(code) == {}
    with pytest.raises(ValueError, match="code must be"):
        rooms.create(replace(ROOM, code=code))


@pytest.mark.parametrize("environment", ["SQLite", "PostgreSQL"], indirect=True)
def test_what_is_kept_outlasts_the_server(environment: Environment) -> None:
    for _ in range(2):
        first = open_rooms(environment)
        if first.load("QWERTZ") is None:
            first.create(ROOM)
            first.note("QWERTZ", {1: Progress("{}", b"\x00\xff", 5.5)})
        first.close()
    again = open_rooms(environment)
    assert again.load("QWERTZ") == ROOM
    assert again.progress("QWERTZ") == {1: Progress("{}", b"\x00\xff", 5.5)}
    again.close()


def test_what_is_closed_says_so(rooms: Rooms) -> None:
    rooms.close()
    rooms.close()
    with pytest.raises(Unreachable, match="closed"):
        rooms.load("QWERTZ")


def test_nobody_waits_for_sqlalchemy_before_rooms_are_opened() -> None:
    code = "import sys; import playground.store.rooms; print({'sqlalchemy', 'alembic', 'psycopg'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


# Changing ----------------------------------------------------------------------------------------------------------


def test_a_change_is_made_of_what_is_kept_and_counted(rooms: Rooms) -> None:
    rooms.create(ROOM)
    seats = {2: '{"name": "Kobayashi"}', 3: "{}"}
    given: list[Stored] = []

    def change(room: Stored) -> Stored:
        given.append(room)
        return replace(room, document="[]", seats=seats, closes_at=7.5)

    after = Stored("QWERTZ", "[]", seats, 7.5, version=1)
    assert rooms.change("QWERTZ", change) == after
    assert given == [ROOM]
    assert rooms.load("QWERTZ") == after
    assert rooms.change("QWERTZ", lambda room: room) == replace(after, version=2)
    assert rooms.change("OTHERS", change) is None


def test_what_a_change_raises_goes_out_and_nothing_is_written(rooms: Rooms) -> None:
    rooms.create(ROOM)

    def refuse(_: Stored) -> Stored:
        raise Refused("No.")

    with pytest.raises(Refused):
        rooms.change("QWERTZ", refuse)
    assert rooms.load("QWERTZ") == ROOM
    assert rooms.change("QWERTZ", lambda room: replace(room, document="[]")) is not None


def test_changes_at_the_same_time_lose_nothing(rooms: Rooms) -> None:
    rooms.create(replace(ROOM, document="0", seats={}))
    begin = threading.Barrier(4)

    def count(room: Stored) -> Stored:
        n = int(room.document) + 1
        return replace(room, document=str(n), seats={**room.seats, n: str(n)})

    def forty() -> None:
        begin.wait(PATIENCE)
        for _ in range(40):
            assert rooms.change("QWERTZ", count)

    with ThreadPoolExecutor(4) as threads:
        for done in [threads.submit(forty) for _ in range(4)]:
            done.result(PATIENCE)
    assert rooms.load("QWERTZ") == Stored("QWERTZ", "160", {n: str(n) for n in range(1, 161)}, ROOM.closes_at, 160)


COUNT = """
import json, sys
from dataclasses import replace
from playground.store.rooms import open_rooms

rooms, me = open_rooms({"DATABASE_URL": sys.argv[1]}), int(sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
def change(room, n):
    return replace(room, document=json.dumps(json.loads(room.document) + [[me, n]]), seats={**room.seats, me: str(n)})
for n in range(200):
    rooms.change("QWERTZ", lambda room: change(room, n))
rooms.close()
"""


def test_two_servers_that_change_a_room_two_hundred_times_each_lose_nothing(shared: Environment, opened: Open) -> None:
    rooms = opened(shared)
    rooms.create(replace(ROOM, document="[]", seats={}))
    command = [sys.executable, "-c", COUNT, shared["DATABASE_URL"]]
    servers = [subprocess.Popen([*command, str(me)], stdin=-1, stdout=-1, text=True) for me in (1, 2)]
    for server in servers:
        assert server.stdout is not None and server.stdout.readline() == "ready\n"
    for server in servers:
        assert server.stdin is not None
        server.stdin.write("go\n")
        server.stdin.flush()
    for server in servers:
        server.communicate(timeout=4 * PATIENCE)
        assert server.returncode == 0
    found = rooms.load("QWERTZ")
    assert found is not None and found.version == 400 and found.seats == {1: "199", 2: "199"}
    done = json.loads(found.document)
    assert [n for me, n in done if me == 1] == [n for me, n in done if me == 2] == list(range(200))


# Progress ----------------------------------------------------------------------------------------------------------


def test_progress_is_the_last_that_was_noted_of_seats_that_exist(rooms: Rooms) -> None:
    rooms.create(ROOM)
    rooms.note("QWERTZ", {1: Progress("{}", b"old", 1.0), 2: Progress("[]", b"", 2.0)})
    rooms.note("QWERTZ", {1: Progress('{"epoch": 9}', b"new", 3.0), 7: Progress("{}")})
    rooms.note("OTHERS", {1: Progress("{}")})
    assert rooms.progress("QWERTZ") == {1: Progress('{"epoch": 9}', b"new", 3.0), 2: Progress("[]", b"", 2.0)}
    assert rooms.progress("OTHERS") == {}
    assert rooms.load("QWERTZ") == ROOM


def test_a_seat_that_is_left_out_goes_with_its_progress(rooms: Rooms) -> None:
    rooms.create(ROOM)
    rooms.note("QWERTZ", {1: Progress("{}"), 2: Progress("[]")})
    rooms.change("QWERTZ", lambda room: replace(room, seats={2: room.seats[2]}))
    rooms.change("QWERTZ", lambda room: replace(room, seats={**room.seats, 1: "another"}))
    assert rooms.progress("QWERTZ") == {2: Progress("[]")}


def test_progress_may_be_noted_while_seats_come_and_go(rooms: Rooms) -> None:
    rooms.create(ROOM)
    begin = threading.Barrier(3)

    def come_and_go() -> None:
        begin.wait(PATIENCE)
        for n in range(60):
            seats = ROOM.seats if n % 2 else {}
            assert rooms.change("QWERTZ", lambda room, seats=seats: replace(room, seats=seats))  # type: ignore[misc]

    def note(numbers: list[int]) -> None:
        begin.wait(PATIENCE)
        for n in range(60):
            rooms.note("QWERTZ", {number: Progress(str(n)) for number in numbers})

    with ThreadPoolExecutor(3) as threads:
        work = [threads.submit(come_and_go), threads.submit(note, [1, 2]), threads.submit(note, [2, 1])]
        for done in work:
            done.result(PATIENCE)
    assert rooms.load("QWERTZ") == replace(ROOM, version=60)


# Removing ----------------------------------------------------------------------------------------------------------


def test_a_room_that_is_removed_is_gone_with_all_of_it(rooms: Rooms) -> None:
    rooms.create(ROOM)
    rooms.note("QWERTZ", {1: Progress("{}")})
    rooms.remove("QWERTZ")
    rooms.remove("QWERTZ")
    assert rooms.load("QWERTZ") is None
    assert rooms.progress("QWERTZ") == {}
    rooms.create(replace(ROOM, seats={1: "{}"}))
    assert rooms.progress("QWERTZ") == {}


def test_rooms_that_close_before_a_time_are_removed(rooms: Rooms) -> None:
    for code, closes_at in {"A": 1.0, "B": 2.0, "C": 3.0, "D": 1.5}.items():
        rooms.create(replace(ROOM, code=code, closes_at=closes_at))
    assert rooms.remove_closed(2.0) == ["A", "D"]
    assert rooms.remove_closed(2.0) == []
    assert [code for code in "ABCD" if rooms.load(code)] == ["B", "C"]
