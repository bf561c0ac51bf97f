"""What becomes of a class while its database is away, is silent, or has lost the room."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable

import pytest

from playground.classroom.keeping import SILENT_AFTER
from playground.core.errors import Refused
from playground.store.rooms import Stored
from tests.classroom.in_process import Page, Server
from tests.classroom.memory_store import MemoryStore
from tests.runtime.peers import PATIENCE, Clock, until


class SilentStore(MemoryStore):
    """Says nothing while it fails: each call takes `seconds` of a clock."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        super().__init__()
        self.calls, self._clock, self._seconds = 0, clock, seconds

    def _see(self) -> None:
        self.calls += 1
        if self.fails:
            self._clock.wait(self._seconds)
        super()._see()


class Class:
    """A room with a teacher and a learner."""

    def __init__(self, store: MemoryStore, clock: Clock | None = None) -> None:
        self.store, self.server = store, Server(store)
        if clock is not None:
            self.server.rooms._keeping._clock = clock

    async def begin(self) -> tuple[Page, Page, str]:
        teacher, learner = self.server.page(), self.server.page()
        code = (await teacher.ask("open"))["code"]
        await teacher.next("room")
        await learner.ask("enter", code=code, role="learner", secret=secrets.token_urlsafe(16))
        await learner.ask("join")
        await teacher.ask("send", link="?dataset=xor")
        return teacher, learner, code

    async def save(self) -> None:
        self.server.rooms._due.update(saves=-1e9, forgets=self.server.rooms.clock())
        await self.server.beat()
        await self.server.rooms._show()


def test_the_host_is_told_once_that_nothing_is_saved_and_once_that_it_is_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def story() -> None:
        room = Class(MemoryStore())
        _, learner, _ = await room.begin()
        room.store.fails = "The disk is full."
        await learner.ask("answer", sent=1, asked="predict", text="a")
        for _ in range(3):
            await room.save()
        room.store.fails = ""
        await room.save()

    asyncio.run(asyncio.wait_for(story(), PATIENCE))
    first, second = (record.getMessage() for record in caplog.records)
    assert "not saved now: The disk is full." in first and "saved again" in second


def test_nobody_waits_again_for_a_database_that_has_let_them_wait() -> None:
    async def story() -> None:
        clock = Clock()
        store = SilentStore(clock, SILENT_AFTER + 4)
        room = Class(store, clock)
        _, learner, code = await room.begin()
        store.fails, store.calls = "It does not answer.", 0
        for text in "abcdef":
            await learner.ask("answer", sent=1, asked="predict", text=text)
        assert store.calls == 1
        await room.save()
        assert store.calls == 2  # whether it answers again, and no more
        store.fails = ""
        await room.save()
        assert '"f"' in store.rooms[code].seats[1]
        while (await learner.next("room"))["unsaved"]:
            pass
        learner.wire.say('{"type": "answer", "sent": 1, "asked": "predict", "text": "g"}')
        await until(lambda: '"g"' in store.rooms[code].seats[1])

    asyncio.run(asyncio.wait_for(story(), PATIENCE))


def test_what_was_done_in_a_room_that_was_deleted_meanwhile_is_said_once(caplog: pytest.LogCaptureFixture) -> None:
    async def story() -> None:
        room = Class(MemoryStore())
        _, learner, code = await room.begin()
        room.store.fails = "It is away."
        await learner.ask("answer", sent=1, asked="predict", text="a")
        room.store.fails = ""
        room.store.remove(code)
        for _ in range(3):
            await room.save()
        while (view := await learner.next("room"))["state"] != "closed":
            pass
        assert not view["unsaved"]

    asyncio.run(asyncio.wait_for(story(), PATIENCE))
    assert sum("was deleted meanwhile" in record.getMessage() for record in caplog.records) == 1
    assert {record.levelno for record in caplog.records} == {logging.WARNING}


class LockedStore(MemoryStore):
    """Another server has it, as soon as a test says so."""

    locked = False

    def _see(self) -> None:
        if self.locked:
            raise Refused("This server has no rooms: they are another server's.")
        super()._see()


def test_a_store_that_another_server_has_taken_is_said_and_used_when_it_is_free(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def story() -> None:
        store = LockedStore()
        room = Class(store)
        teacher, learner, code = await room.begin()
        store.fails = "It is away."
        await learner.ask("answer", sent=1, asked="predict", text="a")
        store.locked = True
        await room.save()
        while "another server" not in (await teacher.next("room"))["unsaved"]:
            pass
        store.fails, store.locked = "", False
        await room.save()
        assert '"a"' in store.rooms[code].seats[1]

    asyncio.run(asyncio.wait_for(story(), PATIENCE))
    assert len(caplog.records) == 2  # that it is not saved, and that it is again


class Unconfirmed(MemoryStore):
    """Keeps a new room, and the connection is lost before it says so."""

    def create(self, stored: Stored) -> None:
        super().create(stored)
        self.fails = "It was lost."
        self._see()


def test_a_room_whose_keeping_was_not_confirmed_loses_nothing() -> None:
    async def story() -> None:
        room = Class(Unconfirmed())
        _, learner, code = await room.begin()
        await learner.ask("answer", sent=1, asked="predict", text="a")
        room.store.fails = ""
        await room.save()
        assert '"a"' in room.store.rooms[code].seats[1]

    asyncio.run(asyncio.wait_for(story(), PATIENCE))


@pytest.mark.parametrize("turned", [-3600.0, 3600.0])
def test_who_is_away_is_away_though_the_clock_is_put_back(turned: float) -> None:
    async def story() -> None:
        now: Callable[[], float] = lambda: 1_800_000_000.0  # noqa: E731
        store = MemoryStore()
        room = Class(store)
        room.server.rooms.unix = now
        teacher, learner, code = await room.begin()
        await room.save()
        assert store.noted[code]
        after = Server(store)
        after.rooms.unix = lambda: now() + turned
        live = await after.rooms.find(code)
        assert live is not None and live.states == {1: "away"}
        await learner.leave()
        await teacher.leave()

    asyncio.run(asyncio.wait_for(story(), PATIENCE))
