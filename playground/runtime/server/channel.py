"""The live channel: one WebSocket a page, keyed by its run's token."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import time
from collections import deque
from collections.abc import Callable, Mapping, MutableMapping
from typing import Any, Protocol

from starlette.websockets import WebSocketDisconnect, WebSocketState

from playground.core.experiment import Experiment
from playground.runtime import views  # noqa: F401  pages may ask for any of them
from playground.runtime.limits import Limits
from playground.runtime.protocol.closing import CloseCode
from playground.runtime.protocol.limits import FRAMES
from playground.runtime.protocol.packing import Arrays, pack, type_of
from playground.runtime.protocol.page import DrawnPoints, PageMessage, read_message
from playground.runtime.protocol.server import NotHere, RefusedEdit
from playground.runtime.scene import Scene, scene_of
from playground.runtime.server.allowance import Allowances
from playground.runtime.server.drawn_anew import may_be_redrawn, with_points
from playground.runtime.server.greeting import Greeting, greeting_of, shown_name
from playground.runtime.server.live_run import LiveRun
from playground.runtime.server.live_runs import LiveRuns
from playground.runtime.server.locks import refusal_of
from playground.runtime.server.outbox import UNREAD_MESSAGES, Outbox
from playground.runtime.server.tally import Tally

CREDIT = '"credit"'

OriginRule = Callable[[str | None, str | None], bool]
"""(Origin header, Host header) → whether the page may connect."""


_arrivals = itertools.count()


class Connection(Protocol):
    """What the channel needs of a WebSocket, which is as a rule Starlette's."""

    path_params: dict[str, Any]
    application_state: WebSocketState

    @property
    def headers(self) -> Mapping[str, str]: ...  # noqa: D102
    async def accept(self) -> None: ...  # noqa: D102
    async def receive(self) -> MutableMapping[str, Any]: ...  # noqa: D102
    async def send_bytes(self, data: bytes) -> None: ...  # noqa: D102
    async def close(self, code: int = 1000) -> None: ...  # noqa: D102


class Page(Outbox):
    """A connected page.

    Attributes
    ----------
    arrived : pages that came later have higher numbers
    greeted : whether it watches its run; what it says before waits in `early`
    """

    def __init__(self) -> None:
        super().__init__()
        self.arrived = next(_arrivals)
        self.greeted = False
        self.early: deque[PageMessage] = deque(maxlen=UNREAD_MESSAGES)

    async def deliver(self, socket: Connection, tally: Tally) -> None:
        """Send what is queued until dismissed, and count the frames."""
        async for message in self.until_dismissed(socket.close):
            await socket.send_bytes(message)
            if type_of(message) in FRAMES:
                tally.frames_sent.inc()


class LiveChannel:
    """The WebSocket endpoint."""

    def __init__(
        self,
        runs: LiveRuns,
        limits: Limits,
        may_connect: OriginRule,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._runs = runs
        self._limits = limits
        self._may_connect = may_connect
        self._messages = Allowances(limits.messages_per_second, limits, clock)
        # A credit lost would be a frame lost for good, so credits have an allowance no screen can use up.
        self._credits = Allowances(limits.credits_per_second, limits, clock)

    async def connect(self, socket: Connection) -> None:
        """Serve one connection."""
        if not self._may_connect(socket.headers.get("origin"), socket.headers.get("host")):
            self._runs.tally.refuse("origin")
            await socket.close(CloseCode.REFUSED)
            return
        await socket.accept()
        run = self._runs.get(socket.path_params["token"])
        if run is None:
            await socket.close(CloseCode.GONE)
            return
        await self._serve(socket, run)

    async def _serve(self, socket: Connection, run: LiveRun) -> None:
        page = Page()
        making = asyncio.create_task(asyncio.to_thread(greeting_of, run, self._limits.shown_points))
        # It is listened to from the start: one that leaves before it is greeted must neither wait nor be greeted.
        tasks = [
            asyncio.create_task(page.deliver(socket, self._runs.tally)),
            asyncio.create_task(self._listen(socket, run, page)),
        ]
        try:
            await asyncio.wait([making, *tasks], return_when=asyncio.FIRST_COMPLETED)
            if not any(task.done() for task in tasks):
                self._greet(run, page, *making.result())
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._runs.disconnect(run, page)
            for task in (making, *tasks):
                task.cancel()
            await asyncio.gather(making, *tasks, return_exceptions=True)
            if socket.application_state is WebSocketState.CONNECTED:
                with contextlib.suppress(RuntimeError, WebSocketDisconnect):
                    await socket.close()

    def _greet(self, run: LiveRun, page: Page, header: Greeting, arrays: Arrays) -> None:
        if isinstance(run.viewer, Page) and run.viewer.arrived > page.arrived:
            page.dismiss(CloseCode.TAKEN)  # one that came later was ready sooner
            return
        self._runs.connect(run, page)
        run.send(pack({**header, **run.standing}, arrays))
        page.greeted = True
        for message in page.early:
            self._runs.tell(run, message)

    async def _listen(self, socket: Connection, run: LiveRun, page: Page) -> None:
        messages, credits = self._messages.of(run), self._credits.of(run)
        while True:
            received = await socket.receive()
            if received["type"] == "websocket.disconnect":
                return
            text = received.get("text")
            if _is_longer(text or received.get("bytes") or b"", self._limits.message_bytes):
                page.dismiss(CloseCode.TOO_LARGE)
                return
            allowed = text is not None and (credits if CREDIT in text else messages).take()
            message = read_message(text) if allowed and text is not None else None
            refusal = None if message is None else refusal_of(message, run.locked)
            if refusal is not None:
                if page.greeted:
                    page.send(pack(RefusedEdit(type="refused", message=refusal)))
            elif message is not None and not page.greeted:
                page.early.append(message)
            elif isinstance(message, DrawnPoints) and run.viewer is page:
                await self._draw(run, page, message.points)
            elif message is not None and run.viewer is page:
                self._runs.tell(run, message)

    async def _draw(self, run: LiveRun, page: Page, points: str) -> None:
        """Let the run begin anew with other points, and its page be told of them."""
        before = run.subject
        redrawn = await asyncio.to_thread(_redrawn, run, points, self._limits.shown_points)
        if redrawn is None or run.subject is not before or run.viewer is not page or not may_be_redrawn(run):
            page.send(pack(NotHere(type="not_here")))
            return
        experiment, scene = redrawn
        self._runs.begin_anew(run, experiment)
        run.send(pack({**scene.header, "run": shown_name(run), **run.standing}, scene.points))


def _redrawn(run: LiveRun, points: str, shown_points: int) -> tuple[Experiment, Scene] | None:
    experiment = with_points(run.subject, points) if may_be_redrawn(run) else None
    return None if experiment is None else (experiment, scene_of(experiment, shown_points))


def _is_longer(message: str | bytes, most: int) -> bool:
    """Whether a message has more than so many bytes."""
    return len(message) > most or (isinstance(message, str) and len(message.encode()) > most)
