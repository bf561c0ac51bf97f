"""A seat is not a socket: learners sleep, wake, reload, and have two tabs."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable

from playground.classroom.live_room import AWAY_AFTER
from playground.runtime.protocol.closing import CloseCode
from playground.runtime.server.outbox import UNREAD_MESSAGES
from tests.classroom.in_process import Page, Server
from tests.classroom.memory_store import MemoryStore
from tests.runtime.peers import Clock

SLEEPERS = 20
FIVE_MINUTES = 300.0


def at_school(story: Callable[[Server, Clock], Awaitable[None]]) -> None:
    async def told() -> None:
        clock = Clock()
        await story(Server(MemoryStore(), clock), clock)

    asyncio.run(told())


async def seated(server: Server, code: str, secret: str) -> Page:
    page = server.page()
    await page.ask("enter", code=code, role="learner", secret=secret)
    assert (await page.ask("join"))["type"] == "room"
    return page


async def states(server: Server, teacher: Page) -> dict[int, str]:
    """How the seats stand, by what the teacher is told at the next beat."""
    while not teacher.wire._to_page.empty():
        await teacher.wire.hear()
    next(iter(server.rooms._rooms.values())).is_news = True
    await server.beat()
    return {seat["seat"]: seat["state"] for seat in (await teacher.next("room"))["seats"]}


def test_who_sleeps_is_away_and_has_the_same_seat_on_waking() -> None:
    async def story(server: Server, clock: Clock) -> None:
        teacher = server.page()
        code = (await teacher.ask("open"))["code"]
        secret_of = {seat: secrets.token_urlsafe(16) for seat in range(1, SLEEPERS + 1)}
        sleeping = [await seated(server, code, secret) for secret in secret_of.values()]
        awake = await seated(server, code, secrets.token_urlsafe(16))
        assert set((await states(server, teacher)).values()) == {"connected"}
        clock.wait(AWAY_AFTER - 1)
        for page in (awake, teacher):
            await page.ask("show_kept") if page is awake else await page.ask("open_up_to", step=None)
        clock.wait(2)
        found = await states(server, teacher)
        assert found == {**dict.fromkeys(secret_of, "away"), SLEEPERS + 1: "connected"}
        clock.wait(FIVE_MINUTES)
        for page in sleeping:
            await page.leave()
        for seat, secret in secret_of.items():
            page = server.page()
            back = await page.ask("enter", code=code, role="learner", secret=secret)
            assert back["you"]["seat"] == seat
        assert set(list((await states(server, teacher)).values())[:SLEEPERS]) == {"connected"}

    at_school(story)


def test_two_tabs_are_one_seat_and_it_is_there_until_both_have_gone() -> None:
    async def story(server: Server, clock: Clock) -> None:
        teacher = server.page()
        code, secret = (await teacher.ask("open"))["code"], secrets.token_urlsafe(16)
        first = await seated(server, code, secret)
        second = server.page()
        assert (await second.ask("enter", code=code, role="learner", secret=secret))["you"]["seat"] == 1
        await first.leave()
        assert await states(server, teacher) == {1: "connected"}
        await second.leave()
        assert await states(server, teacher) == {1: "away"}

    at_school(story)


def test_a_seat_comes_from_wherever_its_browser_is() -> None:
    async def story(server: Server, clock: Clock) -> None:
        teacher = server.page()
        code, secret = (await teacher.ask("open"))["code"], secrets.token_urlsafe(16)
        page = await seated(server, code, secret)
        await page.leave()
        moved = server.page("2001:db8::7")
        assert (await moved.ask("enter", code=code, role="learner", secret=secret))["you"]["seat"] == 1

    at_school(story)


def test_a_page_that_reads_nothing_is_let_go_though_it_goes_on_talking() -> None:
    async def story(server: Server, clock: Clock) -> None:
        teacher = server.page()
        code = (await teacher.ask("open"))["code"]
        page = await seated(server, code, secrets.token_urlsafe(16))
        live = server.rooms._rooms[code]
        never = asyncio.Event()

        async def stuck(data: bytes) -> None:
            await never.wait()

        page.wire.send_bytes = stuck  # type: ignore[method-assign]
        for _ in range(2 * UNREAD_MESSAGES):
            page.wire.say('{"type":"step","step":1}')
            clock.wait(1)
        await asyncio.wait([page.serving])
        assert page.wire.closed_with == CloseCode.TOO_SLOW
        assert len(live.peers) == 1

    at_school(story)
