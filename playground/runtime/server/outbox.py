"""What is to be sent to a page waits here, so that no sender is held up by a slow network."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

from playground.runtime.protocol.closing import CloseCode

UNREAD_MESSAGES = 64
"""Messages waiting for a page that does not read; then its connection is ended."""

Close = Callable[[int], Awaitable[None]]


class Outbox:
    """Messages for one page, in order, and the end of its connection."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[bytes | CloseCode] = asyncio.Queue()
        self.is_too_slow = asyncio.Event()
        """Is set when too many wait; what comes after that is for nobody."""

    @property
    def waiting(self) -> int:
        """Messages that have yet to be sent."""
        return self._queue.qsize()

    def send(self, message: bytes) -> None:
        """Queue a message. A page so slow that many wait is dismissed; it connects again by itself."""
        if self.is_too_slow.is_set():
            return
        if self.waiting >= UNREAD_MESSAGES:
            self.is_too_slow.set()
            self.dismiss(CloseCode.TOO_SLOW)
        else:
            self._queue.put_nowait(message)

    def dismiss(self, code: CloseCode) -> None:
        """End the connection."""
        self._queue.put_nowait(code)

    async def until_dismissed(self, close: Close) -> AsyncIterator[bytes]:
        """What is queued, one message after the other; at the end the connection is closed."""
        while isinstance(message := await self._queue.get(), bytes):
            yield message
        await close(message)
