"""Lets commands come into effect: in the database, or, while that cannot be reached, here until it can."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import TypeVar

from playground.classroom.applying import apply
from playground.classroom.command import Command
from playground.classroom.documents import from_stored, to_stored
from playground.classroom.live_room import LiveRoom
from playground.classroom.room import Room
from playground.core.errors import Refused
from playground.store.rooms import Progress, Stored, Taken, Unreachable
from playground.store.rooms import Rooms as Store

MOST_PENDING = 5000
"""Commands that wait for the database, of one room."""
UNSAVED = "What happens now is not saved: {why} It will be saved when that is possible again."
UNREADABLE = "The room {code} cannot be read. Whoever runs this server finds the cause in its log."
TOO_MUCH_UNSAVED = "The database has been away for so long that nothing more can be changed in this room."

SILENT_AFTER = 1.0
"""Seconds in vain, after which nobody waits for the store."""
NO_CODE = "none"
"""Of no room."""

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")


class NoRoom(Exception):
    """The store has no such room any more."""


class Keeping:
    """The way to the store, whose calls wait: they are made in threads of their own.

    Once it has kept somebody waiting in vain, nobody waits for it any more until it has answered `probe`: a class that
    does thirty things would wait for each.
    """

    def __init__(self, store: Store, clock: Callable[[], float] = time.monotonic) -> None:
        self._store, self._clock = store, clock
        self._threads = ThreadPoolExecutor(4, thread_name_prefix="rooms")
        self._silent: Unreachable | None = None

    async def probe(self) -> None:
        """See whether the store answers again."""
        if self._silent is not None:
            with contextlib.suppress(Unreachable, Refused):
                await self._in_thread(partial(self._store.load, NO_CODE))
                self._silent = None

    async def create(self, room: Room) -> LiveRoom:
        """Keep a new room; also where the database is away.

        Raises
        ------
        Taken
            When there is a room of this code.
        """
        live = LiveRoom(room)
        try:
            await self._call(self._store.create, to_stored(room, 0))
        except Unreachable as reason:
            live.is_kept = False
            self._note_unsaved(live, reason)
        return live

    async def load(self, code: str) -> LiveRoom | None:
        """The room of this code, with what its seats have come to.

        Raises
        ------
        Refused
            When it cannot be read now.
        """
        try:
            stored = await self._call(self._store.load, code)
            if stored is None:
                return None
            live = LiveRoom(from_stored(stored))
            await self.recall(live)
        except Unreachable as reason:
            raise Refused(f"Rooms cannot be read now: {reason}") from reason
        except ValueError as reason:
            log.exception("The room %s cannot be read", code)
            raise Refused(UNREADABLE.format(code=code)) from reason
        return live

    async def recall(self, live: LiveRoom) -> None:
        """Take over what other servers, or this one before its restart, have noted of the seats' runs."""
        for number, progress in (await self._call(self._store.progress, live.room.code)).items():
            if number in live.room.seats and live.of_seat(number).run is None:
                live.of_seat(number).recall(progress)

    async def change(self, live: LiveRoom, command: Command) -> None:
        """Let a command come into effect.

        Raises
        ------
        Refused
            When it cannot be done, with a sentence.
        """
        async with live.lock:
            if not live.pending and live.is_kept:
                try:
                    live.take_room(await self._call(partial(self._change, live.room.code, [command])))
                    return
                except NoRoom as reason:
                    raise Refused("There is no such room any more.") from reason
                except Unreachable as reason:
                    self._note_unsaved(live, reason)
            room = apply(live.room, command)
            if len(live.pending) >= MOST_PENDING:
                raise Refused(TOO_MUCH_UNSAVED)
            live.pending.append(command)
            live.take_room(room)

    async def save(self, live: LiveRoom) -> None:
        """Try to save what is not."""
        async with live.lock:
            if live.is_kept and not live.pending:
                return
            try:
                if not live.is_kept:
                    await self._create(live)
                if live.pending:
                    live.take_room(await self._call(partial(self._change, live.room.code, live.pending, True)))
            except (Unreachable, Refused) as reason:
                self._note_unsaved(live, reason)
                return
            except NoRoom:
                log.warning("The room %s was deleted meanwhile; what had yet to be saved of it is not.", live.room.code)
                live.take_room(replace(live.room, state="closed"))
            self._note_saved(live)
            live.pending = []

    async def _create(self, live: LiveRoom) -> None:
        """Keep a room for the first time, as it is now."""
        try:
            await self._call(self._store.create, to_stored(live.room, 0))
        except Taken:  # it had been kept, and the connection was lost while that was confirmed
            log.warning("There is a room %s already: what waits is saved as far as it is this one.", live.room.code)
        else:
            live.pending = []
        live.is_kept = True

    async def refresh(self, live: LiveRoom) -> None:
        """Another server has changed the room: read it again."""
        async with live.lock:
            if live.pending or not live.is_kept:
                return
            live.is_stale = False
            try:
                stored = await self._call(self._store.load, live.room.code)
                if stored is not None:
                    live.take_room(from_stored(stored))
            except (Unreachable, ValueError):
                live.is_stale = True

    async def note(self, live: LiveRoom) -> None:
        """Write what seats have come to since it was written last."""
        new = {number: seen for number, seen in live.seen.items() if not seen.is_noted and number in live.room.seats}
        if not new or not live.is_kept:
            return
        progress: dict[int, Progress] = {number: seen.to_progress() for number, seen in new.items()}
        for seen in new.values():
            seen.is_noted = True
        try:
            await self._call(self._store.note, live.room.code, progress)
        except (Unreachable, Refused) as reason:
            for seen in new.values():
                seen.is_noted = False
            self._note_unsaved(live, reason)
        else:
            if live.unsaved and not live.pending:
                self._note_saved(live)

    async def forget_old(self, unix: float) -> None:
        """Delete rooms that have been closed for so long that they are no longer kept."""
        try:
            await self._call(self._store.remove_closed, unix)
        except (Unreachable, Refused):
            log.warning("Old rooms could not be deleted now.")

    def close(self) -> None:
        """Wait for what is being written."""
        self._threads.shutdown(wait=True)
        self._store.close()

    def _change(self, code: str, commands: list[Command], lenient: bool = False) -> Room:
        """What was read changes by these commands, in a transaction; of late ones by those that still can."""
        changed: list[Room] = []

        def change(stored: Stored) -> Stored:
            room = from_stored(stored)
            for command in commands:
                try:
                    room = apply(room, command)
                except Refused:
                    if not lenient:
                        raise
            changed.append(room)
            return to_stored(room, stored.version)

        if self._store.change(code, change) is None:
            raise NoRoom
        return changed[-1]

    def _note_unsaved(self, live: LiveRoom, reason: Exception) -> None:
        unsaved = UNSAVED.format(why=f"{str(reason).rstrip('.')}.")
        if not live.unsaved:
            log.warning("What happens in the room %s is not saved now: %s", live.room.code, reason)
        live.is_news |= unsaved != live.unsaved
        live.unsaved = unsaved

    @staticmethod
    def _note_saved(live: LiveRoom) -> None:
        if live.unsaved:
            log.warning("What happens in the room %s is saved again.", live.room.code)
        live.unsaved, live.is_news = "", True

    async def _call(self, call: Callable[..., Answer], *arguments: object) -> Answer:
        return await self._in_thread(partial(self._unless_silent, call, *arguments))

    def _unless_silent(self, call: Callable[..., Answer], *arguments: object) -> Answer:
        if self._silent is not None:
            raise Unreachable(str(self._silent))
        began = self._clock()
        try:
            return call(*arguments)
        except Unreachable as reason:
            if self._clock() - began > SILENT_AFTER:
                self._silent = reason
            raise

    async def _in_thread(self, call: Callable[[], Answer]) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)
