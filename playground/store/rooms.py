"""Rooms of classes, over a restart: what is kept of one, and what can be done with those kept."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

USUAL_PORT = 8501

Heard = Callable[[str, str], None]
"""Is told the code of a room and which part of it another server has changed: ``room`` or ``progress``."""
EVERY_CODE = "*"


class Unreachable(Exception):
    """The database cannot be read or written now. The text is a sentence for the host and says the cause."""


class Taken(Exception):
    """The code is that of another room."""


class TooNew(Exception):
    """The database was made by a later release."""


class InUse(Exception):
    """Another process has the folder's database open."""


@dataclass(frozen=True)
class Stored:
    """A room as it is kept.

    Attributes
    ----------
    document : JSON text
    seats : JSON text of each seat by its number
    closes_at : Unix seconds; from then on the room may be forgotten
    version : counts changes
    """

    code: str
    document: str
    seats: Mapping[int, str]
    closes_at: float
    version: int = 0


@dataclass(frozen=True)
class Progress:
    """What a seat has come to, as one server saw it last.

    Attributes
    ----------
    document : JSON text
    seen_at : Unix seconds
    """

    document: str
    picture: bytes = b""
    seen_at: float = 0.0


class Rooms(Protocol):
    """The rooms that are kept. Every method may be called from any thread, and waits at most some seconds.

    Codes are letters, digits, dashes and underscores; there is no room under any other.

    Raises
    ------
    Unreachable
        From every method but `listen` and `close`. Nothing was written then, unless the connection was lost while it
        was being confirmed. The next call tries anew.
    """

    def create(self, stored: Stored) -> None:
        """Keep a new room.

        Raises
        ------
        Taken
            When there is one under its code.
        """

    def load(self, code: str) -> Stored | None:
        """The room, as it was after one of its changes; None when there is none."""

    def change(self, code: str, change: Callable[[Stored], Stored]) -> Stored | None:
        """Let the room be what `change` makes of it, and tell other servers; None when there is no such room.

        Nobody else changes the room meanwhile: `change` should be quick, and must not use the rooms. What it raises
        goes out, and nothing is written. Seats that it leaves out go, and what is known of them. Versions are counted
        here.
        """

    def note(self, code: str, progress: Mapping[int, Progress]) -> None:
        """Keep what seats have come to, of those that still exist, and tell other servers."""

    def progress(self, code: str) -> Mapping[int, Progress]:
        """What seats have come to, by their number."""

    def remove(self, code: str) -> None:
        """Let there be no such room, nor anything of it."""

    def remove_closed(self, before: float) -> list[str]:
        """Remove the rooms that close before a time, in Unix seconds. Returns their codes."""

    def listen(self, heard: Heard) -> None:
        """Call `heard` from a thread of its own whenever another server has changed a room.

        When that could not be heard for a while, it is called with `EVERY_CODE` and ``room`` as soon as it can again.
        """

    def close(self) -> None:
        """Let go of the database. Rooms in memory are gone."""


def open_rooms(environ: Mapping[str, str] = os.environ, port: int = USUAL_PORT) -> Rooms:
    """The rooms of the server on this port, brought up to date.

    They are in the PostgreSQL that `DATABASE_URL` names, else with SQLite in the folder `PLAYGROUND_ROOMS_FOLDER`,
    which lies beside that of the runs by default; ``none`` keeps them in memory. Who is refused may try again.

    Raises
    ------
    Unreachable
        When the database cannot be opened now, or the folder not be used.
    InUse
        When another process has the folder's database.
    TooNew
        When a later release has changed the database.
    ValueError
        When `DATABASE_URL` is not that of a PostgreSQL.
    """
    from playground.store.database.opening import open_database  # takes longer than a page should wait for

    return open_database(environ, port)
