"""A room's socket without a network: what is said is heard at once, by a server that holds no runs."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any

from starlette.datastructures import Headers
from starlette.websockets import WebSocketState

from playground.classroom.channel import RoomChannel
from playground.classroom.protocol.server import ROOM_MESSAGES
from playground.classroom.rooms import Rooms
from playground.core import Experiment
from playground.runtime import Limits
from playground.runtime.protocol.packing import unpack
from playground.runtime.server.challenges import Challenges
from playground.store.rooms import Rooms as Store
from tests.channel_types import check_declared
from tests.runtime.peers import PATIENCE, same_host


class NoRuns:
    """Runs of which there are none; what is asked of them is written down."""

    def __init__(self) -> None:
        self.limits = Limits()
        self.asked: list[tuple[str, str]] = []

    def subject_of(self, token: object) -> None:
        return None

    def task_of(self, token: object) -> Any:
        return None

    def get(self, token: str) -> Any:
        return None

    def watch(self, token: str, watcher: Callable[[bytes], None]) -> None:
        return None

    def rest(self, token: str) -> bool:
        self.asked.append(("rest", token))
        return False

    def wake(self, token: str) -> bool:
        self.asked.append(("wake", token))
        return False


class Wire:
    """Both ends of a WebSocket."""

    def __init__(self, address: str = "127.0.0.1") -> None:
        self.headers = Headers({"host": "here"})
        self.application_state = WebSocketState.CONNECTED
        self.closed_with: int | None = None
        self._to_server: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._to_page: asyncio.Queue[bytes] = asyncio.Queue()
        self._address = address

    @property
    def client(self) -> Any:
        return type("Client", (), {"host": self._address})

    async def accept(self) -> None:
        return None

    async def receive(self) -> dict[str, Any]:
        return await self._to_server.get()

    async def send_bytes(self, data: bytes) -> None:
        self._to_page.put_nowait(data)

    async def close(self, code: int = 1000) -> None:
        self.closed_with, self.application_state = code, WebSocketState.DISCONNECTED

    def say(self, text: str) -> None:
        self._to_server.put_nowait({"type": "websocket.receive", "text": text})

    def hang_up(self) -> None:
        self._to_server.put_nowait({"type": "websocket.disconnect"})

    async def hear(self) -> dict[str, Any]:
        header, arrays = unpack(await asyncio.wait_for(self._to_page.get(), PATIENCE))
        check_declared(ROOM_MESSAGES[header["type"]], header, arrays)
        return header


class Page:
    """A page that is connected to a room's socket."""

    def __init__(self, channel: RoomChannel, address: str = "127.0.0.1") -> None:
        self.wire = Wire(address)
        self.serving = asyncio.create_task(channel.connect(self.wire))  # type: ignore[arg-type]

    async def ask(self, type_: str, **fields: Any) -> dict[str, Any]:
        """What is answered: the next message that is no news of the wall."""
        self.wire.say(json.dumps({"type": type_, **fields}))
        return await self.next()

    async def next(self, *types: str) -> dict[str, Any]:
        while True:
            header = await self.wire.hear()
            if header["type"] in types or (not types and header["type"] != "tiles"):
                return header

    async def leave(self) -> None:
        self.wire.hang_up()
        await self.serving


class Server:
    """One web process's rooms; `beat` is what its hearts do, when the test says so."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.monotonic) -> None:
        self.runs = NoRuns()
        self.rooms = Rooms(store, self.runs, clock)  # type: ignore[arg-type]
        self.channel = RoomChannel(self.rooms, Challenges(self.runs, Limits()), Limits(), same_host)  # type: ignore[arg-type]

    async def beat(self) -> None:
        await self.rooms._show()
        await self.rooms._write()

    def page(self, address: str = "127.0.0.1") -> Page:
        return Page(self.channel, address)


class SomeRuns(NoRuns):
    """Runs by any token: which of them rest, and which are watched, by whom; what they are about, a test may say."""

    def __init__(self) -> None:
        super().__init__()
        self.resting: set[str] = set()
        self.watched: set[str] = set()
        self.watchers: dict[str, Callable[[bytes], None]] = {}
        self.subjects: dict[object, Any] = {}
        self.tasks: dict[object, Any] = {}

    def subject_of(self, token: object) -> Any:
        return self.subjects.get(token, Experiment())

    def task_of(self, token: object) -> Any:
        return self.tasks.get(token)

    def watch(self, token: str, watcher: Callable[[bytes], None]) -> Any:
        self.watched.add(token)
        self.watchers[token] = watcher
        return lambda: self.watched.discard(token)

    def rest(self, token: str) -> bool:
        self.resting.add(token)
        return True

    def wake(self, token: str) -> bool:
        self.resting.discard(token)
        return True


class ServerWithRuns(Server):
    """With some runs."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.some = self.rooms.runs = SomeRuns()  # type: ignore[assignment]
