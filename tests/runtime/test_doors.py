"""Who comes when there is no room is told so; who is inside goes on."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Any

import pytest

from playground.runtime import Limits
from playground.runtime.server.descriptors import Descriptors
from playground.runtime.server.doors import ROOM_FOR_A_PAGE, ROOM_FOR_A_SOCKET, Doors

LIMITS = Limits(sockets_per_address=2)
HTML = [(b"accept", b"text/html,application/xhtml+xml")]


class App:
    """An application that stays with each connection until the test lets it go."""

    def __init__(self) -> None:
        self.served = 0
        self.go = asyncio.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.served += 1
        await self.go.wait()


async def ask(doors: Doors, kind: str = "http", peer: str = "8.8.8.8", **more: Any) -> tuple[int, str]:
    """Status and text of the answer; 0 when the application served."""
    said: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": f"{kind}.connect"}

    async def send(message: Any) -> None:
        said.append(message)

    scope = {"type": kind, "method": "GET", "path": "/", "headers": [], "client": (peer, 5000), **more}
    await doors(scope, receive, send)
    if not said:
        return 0, ""
    return said[0].get("status", 0), b"".join(each.get("body", b"") for each in said).decode()


def test_a_new_page_is_refused_in_words_before_descriptors_run_out() -> None:
    async def story() -> None:
        free = ROOM_FOR_A_PAGE
        app = App()
        app.go.set()
        doors = Doors(app, LIMITS, free=lambda: free)
        assert await ask(doors, headers=HTML) == (0, "")
        free -= 1
        status, words = await ask(doors, headers=HTML)
        assert status == 503
        assert "full" in words
        assert await ask(doors) == (0, ""), "what a page that is here already fetches"
        assert await ask(doors, "websocket") == (0, "")
        free = ROOM_FOR_A_SOCKET - 1
        assert (await ask(doors, "websocket", extensions={"websocket.http.response": {}}))[0] == 503

    asyncio.run(story())


def test_an_address_has_so_many_connections_and_gets_back_those_it_closes() -> None:
    async def story() -> None:
        app = App()
        doors = Doors(app, LIMITS, free=lambda: 1000)
        extensions: dict[str, Any] = {"websocket.http.response": {}}
        held = [asyncio.create_task(ask(doors, "websocket", extensions=extensions)) for _ in range(2)]
        await asyncio.sleep(0)
        status, words = await ask(doors, "websocket", extensions=extensions)
        assert status == 503
        assert "at most 2 connections" in words
        other = asyncio.create_task(ask(doors, "websocket", peer="9.9.9.9", extensions=extensions))
        await asyncio.sleep(0)
        assert app.served == 3
        app.go.set()
        await asyncio.gather(*held, other)
        assert await ask(doors, "websocket", extensions=extensions) == (0, "")

    asyncio.run(story())


def test_a_browser_has_so_many_connections_whatever_addresses_it_comes_from() -> None:
    async def story() -> None:
        doors = Doors(App(), Limits(sockets_per_visitor=3), name_of=lambda headers: headers.get("cookie", ""))
        extensions: dict[str, Any] = {"websocket.http.response": {}}
        greedy, other = [(b"cookie", b"greedy")], [(b"cookie", b"other")]
        for n in range(3):
            address = f"8.8.8.{n}"
            held = asyncio.create_task(ask(doors, "websocket", address, headers=greedy, extensions=extensions))
            await asyncio.sleep(0)
            assert not held.done()
        status, words = await ask(doors, "websocket", headers=greedy, extensions=extensions)
        assert (status, "at most 3 connections with one browser" in words) == (503, True)
        held = asyncio.create_task(ask(doors, "websocket", headers=other, extensions=extensions))
        await asyncio.sleep(0)
        assert not held.done()

    asyncio.run(story())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has none of these")
def test_descriptors_are_counted() -> None:
    now = 0.0
    descriptors = Descriptors(lambda: now)
    before = descriptors.free
    pipes = [os.pipe() for _ in range(3)]
    now += 1.0
    assert descriptors.free == before - 6
    for ends in pipes:
        for end in ends:
            os.close(end)
    now += 1.0
    assert descriptors.free == before
