"""Rooms on a port of this machine, with the arithmetic engine behind them, and pages that speak to them."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import socket
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import uvicorn
import websockets
from starlette.applications import Starlette

from playground.classroom.protocol.page import read_message
from playground.classroom.protocol.server import ROOM_MESSAGES
from playground.classroom.room import Room
from playground.classroom.rooms import Rooms
from playground.classroom.routes import room_routes
from playground.runtime import Limits, LiveRuns, Pool, WorkerProcess
from playground.runtime.hosts.process import process_context
from playground.runtime.protocol.packing import unpack
from playground.runtime.server.routes import live_routes
from playground.store.rooms import Rooms as Store
from tests.channel_types import check_declared
from tests.classroom.memory_store import MemoryStore
from tests.runtime.peers import ENGINE, PATIENCE, Page, same_host, until

SECONDS_BETWEEN_WORDS = 4.0
Seen = tuple[dict[str, Any], dict[str, Any]]


class Member:
    """A page of a room: a teacher's, a learner's or a projector's."""

    def __init__(self, connection: websockets.ClientConnection, secret: str = "") -> None:
        self.connection = connection
        self.secret = secret or secrets.token_urlsafe(16)
        self.view: dict[str, Any] = {}
        self.tiles: dict[int, dict[str, Any]] = {}
        self.refusals: list[str] = []
        self.all: list[bytes] = []
        self.code, self.projector = "", ""

    async def say(self, type_: str, **fields: Any) -> None:
        """Say what a page may say, which the protocol must know."""
        text = json.dumps({"type": type_, **fields})
        read = read_message(text)
        assert not isinstance(read, str), read
        await self.connection.send(text)

    async def read(self) -> Seen:
        message = await asyncio.wait_for(self.connection.recv(decode=False), PATIENCE)
        self.all.append(message)
        header, arrays = unpack(message)
        if header["type"] in ROOM_MESSAGES:
            check_declared(ROOM_MESSAGES[header["type"]], header, arrays)
        match header["type"]:
            case "room":
                self.view = header
            case "tiles":
                self.tiles.update({tile["seat"]: tile for tile in header["tiles"]})
            case "not_done":
                self.refusals.append(header["message"])
        return header, arrays

    async def next(self, type_: str) -> Seen:
        while True:
            header, arrays = await self.read()
            if header["type"] == type_:
                return header, arrays

    async def until(self, condition: Callable[[], bool]) -> None:
        """Read until a condition holds."""
        while not condition():
            await self.read()

    async def until_view(self, condition: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Read until the room stands so."""
        await self.until(lambda: bool(self.view) and condition(self.view))
        return self.view

    async def refusal(self) -> str:
        """The next sentence of refusal."""
        return str((await self.next("not_done"))[0]["message"])

    async def enter(self, code: str, role: str = "learner", secret: str = "") -> None:
        self.code, self.secret = code, secret or self.secret
        self.view = {}
        await self.say("enter", code=code, role=role, secret=self.secret)

    async def join(self, code: str, name: str = "") -> dict[str, Any]:
        """Take a seat; how the room stands then."""
        await self.enter(code)
        await self.next("lobby")
        await self.say("join", name=name)
        return await self.until_view(lambda view: view["role"] == "learner")


async def stay_awake(connection: websockets.ClientConnection) -> None:
    """Say so every few seconds, as pages do."""
    while True:
        await connection.send('{"type":"here"}')
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(connection.wait_closed(), SECONDS_BETWEEN_WORDS)


class ClassServer:
    """Rooms that are served."""

    def __init__(self, rooms: Rooms, runs: LiveRuns, port: int) -> None:
        self.rooms, self.runs, self.port = rooms, runs, port

    @contextlib.asynccontextmanager
    async def member(self, secret: str = "", **options: Any) -> AsyncIterator[Member]:
        """A page that is connected and has said nothing."""
        url = f"ws://127.0.0.1:{self.port}/_playground/class"
        async with websockets.connect(url, max_size=None, **options) as connection:
            awake = asyncio.create_task(stay_awake(connection))
            try:
                yield Member(connection, secret)
            finally:
                awake.cancel()

    @contextlib.asynccontextmanager
    async def teacher(self, plan: str = "") -> AsyncIterator[Member]:
        """A page that has opened a room; `secret` is its teacher's key."""
        async with self.member() as teacher:
            await teacher.say("open", plan=plan)
            opened = (await teacher.next("opened"))[0]
            teacher.code, teacher.secret = opened["code"], opened["key"]
            teacher.projector = opened["projector"]
            await teacher.until_view(lambda view: view["role"] == "teacher")
            yield teacher

    @contextlib.asynccontextmanager
    async def learner(self, code: str, name: str = "", secret: str = "") -> AsyncIterator[Member]:
        """A page that has a seat."""
        async with self.member(secret) as learner:
            await learner.join(code, name)
            yield learner

    @contextlib.asynccontextmanager
    async def two(self, teacher: Member) -> AsyncIterator[tuple[Member, Member]]:
        """Two pages that have a seat; the code may be typed in small letters, with a space."""
        code = teacher.code
        async with self.learner(f"{code[:3]} {code[3:]}".lower()) as one, self.learner(code) as other:
            yield one, other

    @contextlib.asynccontextmanager
    async def run(self, token: str, hello: str = "hello") -> AsyncIterator[Page]:
        """The page of a run."""
        async with websockets.connect(
            f"ws://127.0.0.1:{self.port}/_playground/live/{token}", max_size=None
        ) as connection:
            page = Page(connection)
            page.hello = await page.next(hello)
            for _ in range(2):
                await page.say("credit")
            yield page

    def room(self, code: str) -> Room:
        return self.rooms._rooms[code].room


@contextlib.asynccontextmanager
async def class_server(
    store: Store | None = None,
    limits: Limits | None = None,
    engine: str = ENGINE,
    unix: Callable[[], float] = time.time,
) -> AsyncIterator[ClassServer]:
    """Serve rooms."""
    limits = limits or Limits(workers=1)
    context = process_context(engine)
    pool = Pool(lambda: WorkerProcess(context, engine, limits), limits)
    runs = LiveRuns(pool, limits)
    rooms = Rooms(store or MemoryStore(), runs, unix=unix)
    await runs.start()
    await rooms.start()
    app = Starlette(routes=[*room_routes(rooms, limits, same_host, ""), *live_routes(runs, limits, same_host, "")])
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app, log_level="warning", lifespan="off", ws="websockets-sansio", ws_per_message_deflate=False
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    await until(lambda: server.started)
    try:
        yield ClassServer(rooms, runs, listener.getsockname()[1])
    finally:
        server.should_exit = True
        await serving
        await rooms.stop()
        await runs.stop()
        listener.close()
