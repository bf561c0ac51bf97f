"""Rooms as rows, within a transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from playground.store.database.tables import progress, rooms, seats
from playground.store.rooms import Progress, Stored


def find(connection: Connection, code: str, to_change: bool = False) -> Stored | None:
    """The room under a code. To be changed, nobody else may change or remove it until the transaction ends."""
    wanted = select(rooms).where(rooms.c.code == code)
    room = connection.execute(wanted.with_for_update() if to_change else wanted).one_or_none()
    if room is None:
        return None
    rows = connection.execute(select(seats.c.number, seats.c.document).where(seats.c.code == code))
    documents = {row.number: row.document for row in rows}
    return Stored(code, room.document, documents, room.closes_at, room.version)


def hold_seats(connection: Connection, code: str) -> set[int]:
    """The numbers of a room's seats, none of which is taken away until the transaction ends."""
    connection.execute(select(rooms.c.code).where(rooms.c.code == code).with_for_update(read=True, key_share=True))
    return set(connection.execute(select(seats.c.number).where(seats.c.code == code)).scalars())


def add(connection: Connection, stored: Stored) -> None:
    """Insert a room and its seats."""
    connection.execute(insert(rooms).values(code=stored.code, **_of_the_room(stored)))
    _put_seats(connection, stored.code, stored.seats)


def write(connection: Connection, before: Stored, after: Stored) -> None:
    """Write what differs: of a room's own row its version always does."""
    own, known = _of_the_room(after), _of_the_room(before)
    changed = {name: value for name, value in own.items() if value != known[name]}
    connection.execute(update(rooms).where(rooms.c.code == before.code).values(changed))
    gone = before.seats.keys() - after.seats.keys()
    if gone:
        connection.execute(delete(seats).where(seats.c.code == before.code, seats.c.number.in_(sorted(gone))))
    _put_seats(
        connection,
        before.code,
        {number: document for number, document in after.seats.items() if before.seats.get(number) != document},
    )


def put_progress(connection: Connection, code: str, those: Mapping[int, Progress]) -> None:
    """Insert or replace, always in the same order: whoever does it at the same time waits for no more than one."""
    rows = [
        {"code": code, "number": number, "document": one.document, "picture": one.picture, "seen_at": one.seen_at}
        for number, one in sorted(those.items())
    ]
    _upsert(connection, progress, rows, ["document", "picture", "seen_at"])


def find_progress(connection: Connection, code: str) -> dict[int, Progress]:
    """What seats have come to, by their number."""
    found = connection.execute(select(progress).where(progress.c.code == code))
    return {row.number: Progress(row.document, bytes(row.picture), row.seen_at) for row in found}


def drop(connection: Connection, code: str) -> bool:
    """Remove a room. Returns whether there was one."""
    return connection.execute(delete(rooms).where(rooms.c.code == code)).rowcount > 0


def drop_closed(connection: Connection, before: float) -> list[str]:
    """Remove rooms that close before then, but those that others have in hand just now. Returns their codes."""
    closed = select(rooms.c.code).where(rooms.c.closes_at < before).with_for_update(skip_locked=True)
    codes = sorted(connection.execute(closed).scalars())
    if codes:
        connection.execute(delete(rooms).where(rooms.c.code.in_(codes)))
    return codes


def _of_the_room(stored: Stored) -> dict[str, object]:
    return {"document": stored.document, "closes_at": stored.closes_at, "version": stored.version}


def _put_seats(connection: Connection, code: str, documents: Mapping[int, str]) -> None:
    rows = [{"code": code, "number": number, "document": text} for number, text in sorted(documents.items())]
    _upsert(connection, seats, rows, ["document"])


def _upsert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]], replaced: Sequence[str]) -> None:
    if not rows:
        return
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    new = dialect.insert(table)
    values = {name: new.excluded[name] for name in replaced}
    connection.execute(new.on_conflict_do_update(index_elements=table.primary_key.columns, set_=values), rows)
