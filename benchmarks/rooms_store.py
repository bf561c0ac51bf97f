"""What it costs to keep a room of 60 seats: changes a second and how long each takes, beside bare transactions.

    python -m benchmarks.rooms_store

A change replaces the document of one seat, as an answer does; a note is the progress of all 60 with pictures of 4 kB.
Bare are the same statements upon the same rows by `sqlite3` and psycopg alone, in turn with ours in the same run: a
ratio of 2 says that it took twice as long. PostgreSQL runs as it is by default, on this machine.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg

from playground.store.rooms import Progress, Rooms, Stored, open_rooms
from tests.postgres import postgres

SEATS, THREADS = 60, 8
DOCUMENT = '{"name": "' + "x" * 500 + '"}'
OURS, BARE = "OURS", "BARE"
PROGRESS = {n: Progress(DOCUMENT, os.urandom(4000), 1.0) for n in range(SEATS)}
Act = Callable[[int], object]

SELECT_ROOM = "SELECT * FROM playground_rooms WHERE code = {0}"
SELECT_SEATS = "SELECT number, document FROM playground_seats WHERE code = {0}"
UPDATE_ROOM = "UPDATE playground_rooms SET version = version + 1 WHERE code = {0}"
PUT_SEAT = (
    "INSERT INTO playground_seats VALUES ({0}, {0}, {0}) ON CONFLICT (code, number) DO UPDATE SET document = "
    "excluded.document"
)
PUT_PROGRESS = (
    "INSERT INTO playground_progress VALUES ({0}, {0}, {0}, {0}, {0}) ON CONFLICT (code, number) DO UPDATE SET "
    "document = excluded.document, picture = excluded.picture, seen_at = excluded.seen_at"
)
ROWS = [(BARE, n, one.document, one.picture, one.seen_at) for n, one in PROGRESS.items()]


def ours(rooms: Rooms) -> tuple[Act, Act]:
    """A change and a note, by what is measured."""

    def change(n: int) -> object:
        return rooms.change(OURS, lambda room: replace(room, seats={**room.seats, n % SEATS: f"{DOCUMENT}{n}"}))

    return change, lambda _: rooms.note(OURS, PROGRESS)


@contextmanager
def bare_sqlite(folder: Path) -> Iterator[tuple[Act, Act]]:
    """The same by `sqlite3`."""
    with closing(sqlite3.connect(folder / "rooms.sqlite", isolation_level=None)) as connection:
        run = connection.execute
        run("PRAGMA foreign_keys=ON")
        run("PRAGMA synchronous=NORMAL")

        def change(n: int) -> None:
            run("BEGIN IMMEDIATE")
            run(SELECT_ROOM.format("?"), (BARE,)).fetchall()
            run(SELECT_SEATS.format("?"), (BARE,)).fetchall()
            run(UPDATE_ROOM.format("?"), (BARE,))
            run(PUT_SEAT.format("?"), (BARE, n % SEATS, f"{DOCUMENT}{n}"))
            run("COMMIT")

        def note(_: int) -> None:
            run("BEGIN IMMEDIATE")
            run(SELECT_SEATS.format("?"), (BARE,)).fetchall()
            connection.executemany(PUT_PROGRESS.format("?"), ROWS)
            run("COMMIT")

        yield change, note


@contextmanager
def bare_postgres(url: str) -> Iterator[tuple[Act, Act]]:
    """The same by psycopg."""
    with psycopg.connect(url, prepare_threshold=None) as connection, connection.cursor() as cursor:
        run = cursor.execute

        def change(n: int) -> None:
            run((SELECT_ROOM + " FOR UPDATE").format("%s").encode(), (BARE,)).fetchall()
            run(SELECT_SEATS.format("%s").encode(), (BARE,)).fetchall()
            run(UPDATE_ROOM.format("%s").encode(), (BARE,))
            run(PUT_SEAT.format("%s").encode(), (BARE, n % SEATS, f"{DOCUMENT}{n}"))
            run("SELECT pg_notify('bare', %s)", (BARE,))
            connection.commit()

        def note(_: int) -> None:
            run((SELECT_ROOM + " FOR KEY SHARE").format("%s").encode(), (BARE,)).fetchall()
            run(SELECT_SEATS.format("%s").encode(), (BARE,)).fetchall()
            cursor.executemany(PUT_PROGRESS.format("%s").encode(), ROWS)
            run("SELECT pg_notify('bare', %s)", (BARE,))
            connection.commit()

        yield change, note


def in_turn(acts: Mapping[str, Act], times: int) -> dict[str, list[float]]:
    """Milliseconds of each."""
    took: dict[str, list[float]] = {name: [] for name in acts}
    for n in range(times):
        for name, act in acts.items():
            began = time.perf_counter()
            act(n)
            took[name].append(1e3 * (time.perf_counter() - began))
    return took


def report(what: str, acts: Mapping[str, Act], times: int) -> None:
    """Print how long each takes, and the ratio."""
    took = in_turn(acts, times)
    medians = {name: statistics.median(each) for name, each in took.items()}
    slow = {name: statistics.quantiles(each, n=20)[-1] for name, each in took.items()}
    words = ", ".join(f"{name} {medians[name]:.2f} ms (one in 20 over {slow[name]:.2f})" for name in acts)
    print(f"  {what}: {words}: ratio {medians['ours'] / medians['bare']:.2f}")


def crowd(change: Act, times: int) -> None:
    """Print changes a second when many want to change the room at once."""
    began = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(change, range(times)))
    print(f"  by {THREADS} threads at once: {times / (time.perf_counter() - began):.0f} changes a second")


def measure(name: str, rooms: Rooms, bare: tuple[Act, Act], times: int) -> None:
    """All of it upon one database, in which a room for each is made."""
    print(name)
    change, note = ours(rooms)
    report("a change", {"ours": change, "bare": bare[0]}, times)
    report("a note of 60 seats", {"ours": note, "bare": bare[1]}, times // 5)
    crowd(change, times)
    rooms.close()


def with_rooms(environment: Mapping[str, str]) -> Rooms:
    """Opened, with a room for each."""
    rooms = open_rooms(environment)
    for code in (OURS, BARE):
        rooms.create(Stored(code, DOCUMENT, {n: DOCUMENT for n in range(SEATS)}, 1e10))
    return rooms


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--changes", type=int, default=1000)
    times = parser.parse_args().changes
    with tempfile.TemporaryDirectory() as folder:
        rooms = with_rooms({"PLAYGROUND_ROOMS_FOLDER": folder})
        with bare_sqlite(Path(folder)) as bare:
            measure("SQLite", rooms, bare, times)
    with postgres({}) as server:
        url = server.new_database()
        rooms = with_rooms({"DATABASE_URL": url})
        with bare_postgres(url) as bare:
            measure("PostgreSQL", rooms, bare, times)


if __name__ == "__main__":
    main()
