"""Peers of the runtime: a served live channel with the arithmetic engine behind it, and pages that speak to it."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import uvicorn
import websockets
from starlette.applications import Starlette

from playground.core import Experiment, Train
from playground.runtime import Limits, LiveRuns, Pool, WorkerProcess
from playground.runtime.hosts.process import process_context
from playground.runtime.protocol.limits import FRAMES
from playground.runtime.protocol.packing import type_of, unpack
from playground.runtime.server.parked_runs import ParkedRuns
from playground.runtime.server.routes import live_routes
from playground.store.folder import Folder
from tests.channel_types import check_message, page_message

ENGINE = "tests.runtime.arithmetic_engine"
PATIENCE = 60.0


def same_host(origin: str | None, host: str | None) -> bool:
    return origin is None or origin == f"http://{host}"


def with_train(**fields: Any) -> Experiment:
    return Experiment(train=Train(**fields))


async def until(condition: Callable[[], bool]) -> None:
    """Wait for a condition; fails after `PATIENCE` seconds."""

    async def watch() -> None:
        while not condition():
            await asyncio.sleep(0.005)

    await asyncio.wait_for(watch(), PATIENCE)


class Clock:
    """The server's seconds, which pass when the test says so; the worker has its own."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds


class Page:
    """A page as the server meets it: two credits at the start, one after each frame."""

    def __init__(self, connection: websockets.ClientConnection) -> None:
        self.connection = connection
        self.frames: list[tuple[dict[str, Any], dict[str, Any]]] = []
        self.state = ""
        self.last: dict[str, Any] = {}
        self.token = ""
        self.hello: tuple[dict[str, Any], dict[str, Any]] = ({}, {})

    async def say(self, type_: str, **fields: Any) -> None:
        await self.connection.send(page_message(type_, **fields))

    async def read(self) -> tuple[dict[str, Any], dict[str, Any]]:
        message = await asyncio.wait_for(self.connection.recv(decode=False), PATIENCE)
        header, arrays = unpack(message)
        check_message(header, arrays)
        assert type_of(message) == header["type"]
        self.state = header.get("state", self.state)
        self.last = header
        return header, arrays

    async def next(self, type_: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """The next message of a type; frames on the way are painted."""
        while True:
            header, arrays = await self.read()
            if header["type"] in FRAMES:
                self.frames.append((header, arrays))
                await self.say("credit")
            if header["type"] == type_:
                return header, arrays

    async def until_epoch(self, epoch: int, frame: str = "frame") -> tuple[dict[str, Any], dict[str, Any]]:
        while True:
            header, arrays = await self.next(frame)
            if header["epoch"] >= epoch:
                return header, arrays

    async def is_quiet(self) -> bool:
        """Whether the run has nothing more to send: after what was on its way, only answers to probes come."""
        seen = []
        for _ in range(4):
            await self.say("probe", x1=0.0, x2=0.0)
            await self.next("probe")
            seen.append(len(self.frames))
        return seen[1] == seen[-1]

    async def until_state(self, *states: str) -> dict[str, Any]:
        """The last message read when the run is in one of the states."""
        while self.state not in states:
            await self.next("status")
        return self.last


class Server:
    """The live channel on a port of this machine."""

    def __init__(self, runs: LiveRuns, pool: Pool, port: int, clock: Clock, limits: Limits) -> None:
        self.runs, self.pool, self.port, self.clock = runs, pool, port, clock
        self.limits = limits

    @contextlib.asynccontextmanager
    async def page(self, token: str, credits: int = 2, hello: str = "hello", **options: Any) -> AsyncIterator[Page]:
        url = f"ws://127.0.0.1:{self.port}/_playground/live/{token}"
        async with websockets.connect(url, max_size=None, **options) as connection:
            page = Page(connection)
            page.token = token
            page.hello = await page.next(hello)
            for _ in range(credits):
                await page.say("credit")
            yield page

    def worker_pids(self) -> list[int]:
        return [place.host.pid for place in self.pool._places if place.loaded]  # type: ignore[attr-defined]

    async def loaded(self, workers: int) -> None:
        await until(lambda: self.pool.counts()["workers"] == workers)


@contextlib.asynccontextmanager
async def serving(
    limits: Limits, engine: str = ENGINE, seconds: Callable[[], float] | None = None, folder: Path | None = None
) -> AsyncIterator[Server]:
    """Serve the live channel with an engine, on a clock that the test moves unless there is one that gives seconds.

    With a folder, runs outlast the server.
    """
    context = process_context(engine)
    parked = None if folder is None else ParkedRuns(Folder(folder), limits)
    pool = Pool(lambda: WorkerProcess(context, engine, limits), limits)
    moved = Clock()
    clock = moved if seconds is None else seconds
    runs = LiveRuns(pool, limits, clock, parked)
    await runs.start()
    app = Starlette(routes=live_routes(runs, limits, same_host, "", clock))
    listener = socket.create_server(("127.0.0.1", 0))
    # Uncompressed, as Streamlit serves it.
    config = uvicorn.Config(
        app, log_level="warning", lifespan="off", ws="websockets-sansio", ws_per_message_deflate=False
    )
    server = uvicorn.Server(config)
    serving_task = asyncio.create_task(server.serve(sockets=[listener]))
    await until(lambda: server.started)
    try:
        yield Server(runs, pool, listener.getsockname()[1], moved, limits)
    finally:
        server.should_exit = True
        await serving_task
        await runs.stop()
        listener.close()
