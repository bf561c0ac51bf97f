"""What the server has trained for itself: a run on no page, whose one message is awaited."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Protocol

from playground.core.errors import Refused
from playground.runtime.protocol.closing import CloseCode
from playground.runtime.protocol.server import Standing
from playground.runtime.server.live_run import LiveRun, Place


class Workers(Protocol):
    """Who trains: the server's runs."""

    def train_aside(self, run: LiveRun) -> None:
        """Give a run that is on no page to a worker. Raises Refused when there is no room for one."""

    def end_aside(self, run: LiveRun) -> None:
        """Take it back."""


class Awaited:
    """Waits in a page's place for the one message."""

    def __init__(self) -> None:
        self.message: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    def send(self, message: bytes) -> None:
        """It is there."""
        if not self.message.done():
            self.message.set_result(message)

    def dismiss(self, code: CloseCode) -> None:
        """No other page takes its place."""

    def fail(self, sentence: str) -> None:
        """There will be none."""
        if not self.message.done():
            self.message.set_exception(Refused(sentence))


@dataclass(eq=False)
class AsideRun(LiveRun):
    """A run on no page. One whose worker is lost after it began is given up, so that its time is not given twice."""

    failure: str = "This could not be trained."
    """What is said then, and of what fails of itself."""

    def stand(self, standing: Standing) -> None:
        """Take over how it stands; nobody is told but of its failure."""
        self.standing = standing
        if standing["state"] == "failed" and isinstance(self.viewer, Awaited):
            self.viewer.fail(self.failure)

    def hand_to(self, place: Place) -> None:
        """Give it to a worker, once."""
        if self.standing["state"] == "loading":
            super().hand_to(place)
        else:
            self.say("failed", self.failure)


async def message_of(run: AsideRun, workers: Workers) -> bytes:
    """The message that comes of a run; it is taken from its worker then, or when nobody waits any more.

    Raises
    ------
    Refused
        When there is no room for it, or it fails.
    """
    run.viewer = awaited = Awaited()
    try:
        workers.train_aside(run)
        return await awaited.message
    finally:
        workers.end_aside(run)
