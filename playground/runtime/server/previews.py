"""Pictures of links: asked for by whoever shows a link, trained and drawn by a worker, and kept.

What is asked for by many at once is made once. Few are made at a time, and few wait: the others are refused in words
and may come again. A playing run yields to them no more than to another learner.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
from collections import OrderedDict
from collections.abc import Callable

from playground.core.errors import Refused
from playground.core.preview import Preview
from playground.runtime.limits import Limits
from playground.runtime.server.allowance import Allowance
from playground.runtime.server.aside import AsideRun, Workers, message_of
from playground.runtime.server.visitors import Visitor
from playground.store.pictures import Pictures

DRAWN_BY = "1"
"""Another one when cards look different: what was kept before is then made anew."""
IN_MEMORY = 32
"""Pictures that are kept in memory, too."""
MOST_ADDRESSES = 1_000
"""Network addresses whose allowance is known; those before them count as new."""
RETRY_SECONDS = 20
VISITOR = Visitor(name="previews")
"""For a worker all pictures are one visitor's: their networks are compiled in turn with those of others."""

OF_AN_ADDRESS = (
    "For one network address so many pictures of links are drawn in a minute, and no more. Try again in one."
)
ALL_WAIT = "This server draws few pictures of links at once, and as many wait as may. Try again in half a minute."
TOO_LONG = "There was no time to draw the picture of this link within {seconds:g} seconds. Try again in half a minute."
NOT_DRAWN = "The picture of this link could not be drawn."

log = logging.getLogger(__name__)


class Busy(Exception):
    """There is no picture now, but there may be later; the message is a sentence."""


class Previews:
    """The pictures by what they show. All of it is called on the event loop's thread.

    Parameters
    ----------
    kept : where pictures outlast the server, if anywhere
    """

    def __init__(
        self,
        workers: Workers,
        limits: Limits,
        kept: Pictures | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._workers, self._limits, self._kept, self._clock = workers, limits, kept, clock
        self._in_memory: OrderedDict[str, bytes] = OrderedDict()
        self._under_way: dict[str, asyncio.Task[bytes]] = {}
        self._turns = asyncio.Semaphore(limits.previews_at_once)
        self._allowances: OrderedDict[str, Allowance] = OrderedDict()
        self.made = 0
        """Pictures made by workers so far."""

    async def picture(self, preview: Preview, address: str) -> bytes:
        """The picture, a PNG file.

        Parameters
        ----------
        address : network address of who asks

        Raises
        ------
        Busy
            When there is none now.
        """
        digest = digest_of(preview)
        found = await self._find(digest)
        if found is not None:
            return found
        return await asyncio.shield(self._under_way.get(digest) or self._begin(digest, preview, address))

    async def _find(self, digest: str) -> bytes | None:
        found = self._in_memory.get(digest)
        if found is None and self._kept is not None:
            found = await asyncio.to_thread(_read, self._kept, digest)
        if found is not None:
            self._remember(digest, found)
        return found

    def _begin(self, digest: str, preview: Preview, address: str) -> asyncio.Task[bytes]:
        if len(self._under_way) >= self._limits.previews_waiting:
            raise Busy(ALL_WAIT)
        if not self._allowance_of(address).take():
            raise Busy(OF_AN_ADDRESS)
        making = asyncio.create_task(self._make_in_time(digest, preview))
        self._under_way[digest] = making
        making.add_done_callback(lambda done: self._done(digest, done))
        return making

    def _done(self, digest: str, making: asyncio.Task[bytes]) -> None:
        del self._under_way[digest]
        if not making.cancelled():
            making.exception()  # whoever asked may have gone

    async def _make_in_time(self, digest: str, preview: Preview) -> bytes:
        seconds = self._limits.preview_seconds
        try:
            picture = await asyncio.wait_for(self._make(preview), seconds)
        except asyncio.TimeoutError:
            raise Busy(TOO_LONG.format(seconds=seconds)) from None
        self._remember(digest, picture)
        if self._kept is not None:
            await asyncio.to_thread(_keep, self._kept, digest, picture)
        return picture

    async def _make(self, preview: Preview) -> bytes:
        async with self._turns:
            run = AsideRun(preview, visitor=VISITOR, failure=NOT_DRAWN)
            try:
                picture = await message_of(run, self._workers)
            except Refused as refusal:
                raise Busy(str(refusal)) from None
            self.made += 1
            return picture

    def _remember(self, digest: str, picture: bytes) -> None:
        self._in_memory[digest] = picture
        self._in_memory.move_to_end(digest)
        if len(self._in_memory) > IN_MEMORY:
            self._in_memory.popitem(last=False)

    def _allowance_of(self, address: str) -> Allowance:
        allowance = self._allowances.get(address)
        if allowance is None:
            limits = self._limits
            allowance = Allowance(limits.previews_per_minute / 60, limits.previews_per_minute, self._clock)
            self._allowances[address] = allowance
            if len(self._allowances) > MOST_ADDRESSES:
                self._allowances.popitem(last=False)
        self._allowances.move_to_end(address)
        return allowance


def digest_of(preview: Preview) -> str:
    """By which a picture is kept: 64 hexadecimal digits."""
    return hashlib.sha256(f"{DRAWN_BY} {preview.digest}".encode()).hexdigest()


def _read(kept: Pictures, digest: str) -> bytes | None:
    try:
        return kept.find(digest)
    except OSError as problem:
        log.warning("A picture of a link could not be read: %s", problem)
        return None


def _keep(kept: Pictures, digest: str, picture: bytes) -> None:
    try:
        kept.keep(digest, picture)
    except OSError as problem:
        log.warning("A picture of a link could not be kept: %s", problem)
