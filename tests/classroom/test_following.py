"""What is live in a room follows what is changed in it: runs rest and go on, and everybody keeps their own seat."""

from __future__ import annotations

import asyncio
import json
import secrets
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from playground.classroom import views
from playground.store.rooms import Stored
from tests.classroom.in_process import Page, Server, ServerWithRuns
from tests.classroom.memory_store import MemoryStore
from tests.classroom.test_seat_run import frame
from tests.runtime.peers import PATIENCE, until

ONE, OTHER = "first run's token", "second run's token"


async def opened(server: Server) -> tuple[Page, dict[str, Any]]:
    teacher = server.page()
    room = await teacher.ask("open")
    await teacher.next("room")
    return teacher, room


async def seated(server: Server, code: str, secret: str = "") -> Page:
    page = server.page()
    await page.ask("enter", code=code, role="learner", secret=secret or secrets.token_urlsafe(16))
    await page.ask("join")
    return page


def told(story: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(asyncio.wait_for(story(), PATIENCE))


def test_a_removed_learners_run_goes_on_and_is_watched_no_more() -> None:
    async def story() -> None:
        server = ServerWithRuns(MemoryStore())
        teacher, room = await opened(server)
        learner = await seated(server, room["code"])
        await learner.ask("run", token=ONE)
        await teacher.ask("pause_class")
        assert (server.some.resting, server.some.watched) == ({ONE}, {ONE})
        await teacher.ask("remove", seat=1)
        await learner.next("gone")
        assert (server.some.resting, server.some.watched) == (set(), set())

    told(story)


def test_each_run_that_was_shown_while_the_class_was_paused_goes_on_with_it() -> None:
    async def story() -> None:
        server = ServerWithRuns(MemoryStore())
        teacher, room = await opened(server)
        learner = await seated(server, room["code"])
        await learner.ask("run", token=ONE)
        await teacher.ask("pause_class")
        await learner.ask("run", token=OTHER)
        assert server.some.resting == {ONE, OTHER}
        await teacher.ask("go_on")
        assert not server.some.resting

    told(story)


def test_a_run_that_rests_since_before_a_restart_goes_on_as_soon_as_its_page_shows_it() -> None:
    async def story() -> None:
        store, secret = MemoryStore(), secrets.token_urlsafe(16)
        before = ServerWithRuns(store)
        teacher, room = await opened(before)
        learner = await seated(before, room["code"], secret)
        await learner.ask("run", token=ONE)
        await teacher.ask("pause_class")
        after = ServerWithRuns(store)
        after.some.resting = before.some.resting
        teacher = after.page()
        await teacher.ask("enter", code=room["code"], role="teacher", secret=room["key"])
        await teacher.ask("go_on")
        back = after.page()
        await back.ask("enter", code=room["code"], role="learner", secret=secret)
        await back.ask("run", token=ONE)
        assert not after.some.resting

    told(story)


def test_a_resting_run_that_is_shown_for_what_is_sent_next_keeps_its_figures() -> None:
    async def story() -> None:
        server = ServerWithRuns(MemoryStore())
        teacher, room = await opened(server)
        learner = await seated(server, room["code"])
        live = server.rooms._rooms[room["code"]]
        await teacher.ask("send", link="?dataset=circle")
        await learner.ask("run", token=ONE, sent=1)
        server.some.watchers[ONE](frame(0, [0.5, 0.9]))
        server.rooms._send_tiles(live)
        await teacher.ask("send", again=1)
        await learner.ask("run", token=ONE, sent=2)
        server.rooms._send_tiles(live)
        facts = live.of_seat(1).facts
        assert facts is not None and (facts["accuracy"], facts["best"]) == pytest.approx((0.9, 0.9))
        await learner.ask("run", token=OTHER, sent=2)
        server.rooms._send_tiles(live)
        facts = live.of_seat(1).facts
        assert facts is not None and facts["accuracy"] is None

    told(story)


def test_a_countdown_that_is_over_is_seen_for_five_minutes_and_then_no_more() -> None:
    async def story() -> None:
        server = ServerWithRuns(MemoryStore())
        teacher, room = await opened(server)
        await teacher.ask("timer", seconds=60)
        live = server.rooms._rooms[room["code"]]
        ends = live.room.timer_ends
        assert ends is not None
        seen = [views.for_teacher(live, ends + later)["timer_in"] for later in (-7.0, 0.0, 299.0, 301.0)]
        assert seen == [7.0, 0.0, 0.0, None]

    told(story)


class Reached(MemoryStore):
    """One server's way to a store that others reach, too."""

    def __init__(self, shared: MemoryStore) -> None:
        super().__init__()
        self.rooms, self.noted = shared.rooms, shared.noted


def test_who_got_the_number_of_another_while_the_database_was_away_keeps_a_seat_of_their_own() -> None:
    async def story() -> None:
        shared = MemoryStore()
        way = Reached(shared)
        cut_off, other = ServerWithRuns(way), ServerWithRuns(shared)
        _, room = await opened(cut_off)
        way.fails = "It is away."
        here = await seated(cut_off, room["code"])
        await here.ask("run", token=ONE)
        there = await seated(other, room["code"])
        await there.ask("show_kept")
        way.fails = ""
        await cut_off.rooms._save(cut_off.rooms._rooms[room["code"]])
        view = await here.ask("show_kept")
        while view["type"] != "kept":
            view = await here.next()
        assert '"number": 2' in view["document"]
        await cut_off.beat()
        live = cut_off.rooms._rooms[room["code"]]
        assert live.of_seat(2).run is not None and live.of_seat(1).run is None
        assert len(shared.rooms[room["code"]].seats) == 2

    told(story)


class SlowStore(MemoryStore):
    """A change is written, and it takes until a test says so to hear that."""

    def __init__(self) -> None:
        super().__init__()
        self.written, self.go_on = threading.Event(), threading.Event()
        self.go_on.set()

    def load(self, code: str) -> Stored | None:
        found = super().load(code)
        self._wait()
        return found

    def change(self, code: str, change: Callable[[Stored], Stored]) -> Stored | None:
        changed = super().change(code, change)
        self._wait()
        return changed

    def _wait(self) -> None:
        self.written.set()
        assert self.go_on.wait(PATIENCE)


def test_what_is_written_comes_into_effect_though_its_page_goes_meanwhile() -> None:
    async def story() -> None:
        store = SlowStore()
        server = ServerWithRuns(store)
        teacher, room = await opened(server)
        learner = await seated(server, room["code"])
        await learner.ask("run", token=ONE)
        store.written.clear()
        store.go_on.clear()
        teacher.wire.say('{"type": "pause_class"}')
        await asyncio.to_thread(store.written.wait, PATIENCE)
        teacher.serving.cancel()
        store.go_on.set()
        await until(lambda: server.some.resting == {ONE})
        await server.beat()
        assert (await learner.next("room"))["state"] == "paused"

    told(story)


def test_who_goes_while_a_room_is_read_keeps_nobody_else_from_it() -> None:
    async def story() -> None:
        store = SlowStore()
        _, room = await opened(ServerWithRuns(store))
        server = ServerWithRuns(store)
        store.written.clear()
        store.go_on.clear()
        first, second = server.page(), server.page()
        for page in (first, second):
            secret = secrets.token_urlsafe(16)
            page.wire.say(json.dumps({"type": "enter", "code": room["code"], "role": "learner", "secret": secret}))
        await asyncio.to_thread(store.written.wait, PATIENCE)
        first.serving.cancel()
        await asyncio.wait([first.serving])
        store.go_on.set()
        assert (await second.next())["type"] == "lobby"

    told(story)
