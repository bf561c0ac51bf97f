"""The whole runtime in the process of the test: live runs, a pool, and a worker's loop that the test turns."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from playground.core import Experiment
from playground.runtime import Limits, LiveRuns, Pool
from playground.runtime.engine import Engine
from playground.runtime.hosts.host import Ended, LastSeen, Receive
from playground.runtime.protocol import page
from playground.runtime.protocol.closing import CloseCode
from playground.runtime.protocol.packing import unpack
from playground.runtime.server.live_run import LiveRun
from playground.runtime.server.parked_runs import ParkedRuns
from playground.runtime.worker.loop import Loop
from playground.runtime.worker.messages import Answer, Order, Stop
from playground.store.folder import Folder
from tests.runtime import arithmetic_engine
from tests.runtime.peers import PATIENCE, Clock

ROUNDS = 12


class LoopHost:
    """A worker whose rounds the test takes."""

    def __init__(self) -> None:
        self._orders: list[Order] = []
        self._compiled = threading.Semaphore(0)
        self._lives = True
        self.loop = Loop(self, cast(Engine, arithmetic_engine), Limits(), self, Clock())

    def rounds(self) -> None:
        """Take a few, with whatever is to be compiled."""
        for _ in range(ROUNDS):
            self.loop.take_round()
            if any(seat.job is None for seat in self.loop._seats.values()):
                assert self._compiled.acquire(timeout=PATIENCE)

    # The host

    def start(self, receive: Receive, ended: Ended) -> None:
        self._receive, self._ended = receive, ended

    def send(self, order: Order) -> None:
        if self._lives and not isinstance(order, Stop):
            self._orders.append(order)

    def alive(self) -> bool:
        return self._lives

    def memory_bytes(self) -> int:
        return 0

    def end(self) -> None:
        self._lives = False

    def die(self) -> None:
        """As if somebody had killed its process."""
        self._lives = False
        self._ended(LastSeen(outside=True))

    # The line and the diary of the loop

    def listen(self, seconds: float) -> Sequence[Order]:
        orders, self._orders = self._orders, []
        return orders

    def say(self, answers: Sequence[Answer]) -> None:
        if self._lives:
            self._receive(list(answers))

    def working_on(self, job: str) -> None:
        pass

    def compiling(self, key: str) -> None:
        if not key:
            self._compiled.release()


class Onlooker:
    """A page that notes what it is sent.

    Attributes
    ----------
    headers : of all messages
    """

    def __init__(self) -> None:
        self.headers: list[dict[str, Any]] = []

    def send(self, message: bytes) -> None:
        self.headers.append(unpack(message)[0])

    def dismiss(self, code: CloseCode) -> None:
        pass


class OneRun:
    """A server with one run of the arithmetic engine, its page, and a folder that outlasts it."""

    def __init__(self, folder: Path, experiment: Experiment) -> None:
        self._folder, self._experiment = folder, experiment
        self.clock = Clock()
        self.page = Onlooker()
        self.token = ""

    async def begin(self, rests: bool = False) -> None:
        """Start the server, and open the run if there is none."""
        self._hosts: list[LoopHost] = []
        limits = Limits(workers=1)
        self.runs = LiveRuns(
            Pool(self._make_host, limits), limits, self.clock, ParkedRuns(Folder(self._folder), limits)
        )
        await self.runs.start()
        while not self._hosts:
            await asyncio.sleep(0)
        self.token = self.token or self.runs.open(self._experiment, rests=rests)
        await self.settle()
        self.connect()

    def _make_host(self) -> LoopHost:
        self._hosts.append(LoopHost())
        return self._hosts[-1]

    @property
    def run(self) -> LiveRun:
        run = self.runs.get(self.token)
        assert run is not None
        return run

    async def settle(self) -> None:
        """Let everything that is on its way arrive, and the worker do what it can."""
        for _ in range(4):
            await asyncio.sleep(0)
            self._hosts[-1].rounds()
        await asyncio.sleep(0)

    def connect(self) -> None:
        """A page comes, in the place of another one."""
        self.page = Onlooker()
        self.runs.connect(self.run, self.page)

    def disconnect(self) -> None:
        """The page goes without a word."""
        self.runs.disconnect(self.run, self.page)

    def say(self, message: page.PageMessage) -> None:
        """The page says something."""
        self.runs.tell(self.run, message)

    def park(self) -> None:
        """Nobody looks for a while."""
        self.say(page.Hidden())
        self.clock.wait(self.runs.limits.idle_seconds + 1)
        self.runs.sweep()

    async def kill_worker(self) -> None:
        """Its worker, once it has loaded, dies; another one takes its place at once."""
        await self.settle()
        self._hosts[-1].die()
        await asyncio.sleep(0)

    async def restart(self) -> None:
        """The server ends and starts again; the page comes back."""
        await self.runs.stop()
        await self.begin()
