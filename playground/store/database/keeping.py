"""Rooms in a database."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from sqlalchemy.exc import IntegrityError

from playground.store.database import rows
from playground.store.database.database import Database
from playground.store.rooms import Heard, Progress, Stored, Taken

_CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")


class KeptRooms:
    """See `playground.store.rooms.Rooms`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, stored: Stored) -> None:
        """See `Rooms`."""
        if not _may_be(stored.code):
            raise ValueError(f"code must be 1 to 40 letters, digits and dashes. Got {stored.code!r}.")
        try:
            with self._database.writing() as connection:
                rows.add(connection, stored)
                self._database.tell(connection, stored.code, "room")
        except IntegrityError:
            raise Taken(f"There is a room {stored.code} already.") from None

    def load(self, code: str) -> Stored | None:
        """See `Rooms`."""
        if not _may_be(code):
            return None
        with self._database.reading() as connection:
            return rows.find(connection, code)

    def change(self, code: str, change: Callable[[Stored], Stored]) -> Stored | None:
        """See `Rooms`."""
        if not _may_be(code):
            return None
        with self._database.writing() as connection:
            before = rows.find(connection, code, to_change=True)
            if before is None:
                return None
            after = replace(change(before), code=code, version=before.version + 1)
            rows.write(connection, before, after)
            self._database.tell(connection, code, "room")
        return after

    def note(self, code: str, progress: Mapping[int, Progress]) -> None:
        """See `Rooms`."""
        if not _may_be(code) or not progress:
            return
        with self._database.writing() as connection:
            there = rows.hold_seats(connection, code)
            those = {number: one for number, one in progress.items() if number in there}
            if those:
                rows.put_progress(connection, code, those)
                self._database.tell(connection, code, "progress")

    def progress(self, code: str) -> Mapping[int, Progress]:
        """See `Rooms`."""
        if not _may_be(code):
            return {}
        with self._database.reading() as connection:
            return rows.find_progress(connection, code)

    def remove(self, code: str) -> None:
        """See `Rooms`."""
        if not _may_be(code):
            return
        with self._database.writing() as connection:
            if rows.drop(connection, code):
                self._database.tell(connection, code, "room")

    def remove_closed(self, before: float) -> list[str]:
        """See `Rooms`."""
        with self._database.writing() as connection:
            codes = rows.drop_closed(connection, before)
            for code in codes:
                self._database.tell(connection, code, "room")
        return codes

    def listen(self, heard: Heard) -> None:
        """See `Rooms`."""
        self._database.listen(heard)

    def close(self) -> None:
        """See `Rooms`."""
        self._database.close()


def _may_be(code: str) -> bool:
    """Whether it can be a code: what a visitor asks for may be anything, and not all of it a database can compare."""
    return _CODE.fullmatch(code) is not None
