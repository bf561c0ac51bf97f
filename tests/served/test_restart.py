"""A server that is killed in the middle of a lesson, and started again on its port."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import pytest
import websockets

from tests.runtime.peers import Page, until
from tests.served_app import ServedApp
from tests.visitors import visiting

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps ports for a while")]
PAGES = 10
OLD_SECONDS = 2.0


@dataclass
class Learner:
    """A page that comes back by itself, and notes which epoch it saw when."""

    port: int
    token: str
    seen: list[tuple[float, int]] = field(default_factory=list)

    async def learn(self) -> None:
        """Watch for ever; a lost connection is made anew."""
        while True:
            with contextlib.suppress(OSError, websockets.ConnectionClosed, websockets.InvalidHandshake, TimeoutError):
                url = f"ws://127.0.0.1:{self.port}/_playground/live/{self.token}"
                async with websockets.connect(url, max_size=None) as connection:
                    await self._watch(Page(connection))
            await asyncio.sleep(0.2)

    async def _watch(self, page: Page) -> None:
        await page.next("hello")
        for _ in range(2):
            await page.say("credit")
        if not self.seen:
            await page.say("play", epochs_per_frame=1)
        while True:
            header, _ = await page.next("frame")
            self.seen.append((time.monotonic(), header["epoch"]))

    def epoch_at(self, moment: float) -> int:
        """The newest epoch seen before a moment."""
        return max((epoch for at, epoch in self.seen if at <= moment), default=0)

    def first_epoch_since(self, moment: float) -> int | None:
        """The first epoch seen after a moment."""
        return next((epoch for at, epoch in self.seen if at > moment), None)


def test_after_a_kill_every_page_plays_on_from_where_it_was() -> None:
    app = ServedApp({"PLAYGROUND_WORKERS": "2"}).start().wait_until_loaded(2)
    try:
        asyncio.run(story(app))
    finally:
        app.stop()


async def story(app: ServedApp) -> None:
    learners = []
    for n in range(PAGES):
        query = {"seed": str(n), "epochs": "10000", "hidden": "4,2" if n % 2 else "8,8"}
        async with visiting(app.port, query) as visitor:
            learners.append(Learner(app.port, visitor.token))
    tasks = [asyncio.create_task(learner.learn()) for learner in learners]
    await reached(learners, lambda learner: learner.epoch_at(time.monotonic()) > 100)
    killed = time.monotonic()
    app.kill()
    await asyncio.to_thread(app.start)
    started = time.monotonic()
    await reached(learners, lambda learner: learner.first_epoch_since(killed + 0.2) is not None)
    print(f"all {PAGES} were back {time.monotonic() - started:.1f} s after the server answered")
    for learner in learners:
        first = learner.first_epoch_since(killed + 0.2)
        assert first is not None
        assert first >= learner.epoch_at(killed - OLD_SECONDS)
    back = time.monotonic()
    await reached(learners, lambda learner: learner.epoch_at(time.monotonic()) > learner.epoch_at(back) + 50)
    for task in tasks:
        task.cancel()


async def reached(learners: list[Learner], condition: Callable[[Learner], bool]) -> None:
    """Wait until a condition holds for each learner in turn."""
    for learner in learners:
        await until(partial(condition, learner))
