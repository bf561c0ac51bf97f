"""A page of a room that is connected: what is to be sent waits here, so that no slow network holds up a room."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field

from starlette.websockets import WebSocket

from playground.classroom.command import Who
from playground.runtime.protocol.closing import CloseCode
from playground.runtime.protocol.packing import Arrays, Header, pack
from playground.runtime.server.outbox import Outbox

GOODBYE_SECONDS = 2.0
CROWDED = 6
"""So many messages waiting, and no more pictures are sent to it until it has read some."""


@dataclass(eq=False)
class Peer:
    """A connected page.

    Attributes
    ----------
    who : None before it is known
    token : digest of the secret that it showed
    guest : whether it has shown that it is a teacher's, who looks at the room as a learner
    offered : the generated name that it was offered last
    heard_at : when it last said something, in seconds of the server's clock
    looks_at : the seat over whose shoulder it looks; 0 is nobody's
    run : token of the run that it said last it shows; of a seat's pages each may show another
    """

    heard_at: float
    address: str = ""
    who: Who | None = None
    token: str = ""
    guest: bool = False
    spins: int = 0
    offered: str = ""
    looks_at: int = 0
    run: str = ""
    has_gap: bool = True
    """Whether it lacks pictures that the ones to come build upon."""
    has_tiles: bool = False
    """Whether it was sent all tiles, and misses nothing since."""
    leaves: bool = False
    """Whether its learner has asked to be forgotten, on this page or on another."""
    _outbox: Outbox = field(default_factory=Outbox)

    @property
    def is_crowded(self) -> bool:
        """Whether it reads more slowly than it is told."""
        return self._outbox.waiting >= CROWDED

    def say(self, header: Header, arrays: Arrays | None = None) -> None:
        """Queue a message."""
        self.send(pack(header, arrays))

    def send(self, message: bytes) -> None:
        """Queue a packed message. A page so slow that many wait is dismissed; it connects again by itself."""
        self._outbox.send(message)

    def dismiss(self, code: CloseCode) -> None:
        """End the connection."""
        self._outbox.dismiss(code)

    async def until_too_slow(self, socket: WebSocket) -> None:
        """Wait until it is, and end the connection, as far as a page hears that which reads nothing."""
        await self._outbox.is_too_slow.wait()
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(socket.close(CloseCode.TOO_SLOW), GOODBYE_SECONDS)

    async def deliver(self, socket: WebSocket) -> None:
        """Send what is queued until dismissed."""
        async for message in self._outbox.until_dismissed(socket.close):
            await socket.send_bytes(message)
