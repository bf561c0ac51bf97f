"""Databases as releases have left them, in `tests/store/fixtures/`, which every later release must open.

    python -m tests.store.kept_by_releases

writes those of this release. Do so once for each version of the tables, and never again: a fixture shows what its
release wrote.
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from playground.store.rooms import Progress, Rooms, Stored, open_rooms
from tests.postgres import postgres

VERSION = "1"
"""Of the tables, as `playground/store/migrations/versions/` counts them."""
FIXTURES = Path(__file__).parent / "fixtures"
ROOM = Stored(
    "QWERTZ",
    '{"title": "Größe ≥ 1 🎓", "step": 2}',
    {1: '{"name": "Ада"}', 2: '{"name": "小林", "answer": "it\'s \\\\ \\"spiral\\""}', 7: "{}"},
    1_800_000_000.25,
    version=2,
)
PROGRESS = {
    1: Progress('{"epoch": 12, "accuracy": 0.5}', bytes(range(256)), 1_799_990_000.5),
    7: Progress("{}", b"", 0.0),
}


def fill(rooms: Rooms) -> None:
    """A room of three seats, after two changes."""
    rooms.create(Stored(ROOM.code, "{}", {}, 0.0))
    rooms.change(ROOM.code, lambda _: Stored(ROOM.code, "{}", {1: "{}", 3: "{}"}, 0.0))
    rooms.change(ROOM.code, lambda _: ROOM)
    rooms.note(ROOM.code, PROGRESS)
    rooms.close()


def main() -> None:
    """Write both."""
    FIXTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        fill(open_rooms({"PLAYGROUND_ROOMS_FOLDER": folder}))
        with closing(sqlite3.connect(Path(folder) / "rooms.sqlite")) as whole:
            file = FIXTURES / f"rooms-{VERSION}.sqlite"
            file.unlink(missing_ok=True)
            whole.execute("VACUUM INTO ?", [str(file)])
    with postgres() as server:
        url = server.new_database()
        fill(open_rooms({"DATABASE_URL": url}))
        (FIXTURES / f"rooms-{VERSION}.sql").write_text(server.dump(url), encoding="utf-8")


if __name__ == "__main__":
    main()
