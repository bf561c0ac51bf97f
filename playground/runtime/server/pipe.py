"""One connection to the live channel that comes in turns: to the channel it looks like a WebSocket."""

from __future__ import annotations

import asyncio
import base64
import time
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any, TypedDict

from starlette.websockets import WebSocketState

from playground.runtime.protocol.piping import ChannelSaid

PATIENCE_SECONDS = 20.0
"""After so long without a turn the page has gone."""
LOOK_SECONDS = 0.5
"""How often it is looked whether the page's own connection still stands."""
WAITING = 16
"""Messages that may wait for the page's next turn; the channel holds back more."""
BYTES_A_TURN = 1_000_000
"""More wait for the turn after; Streamlit sends 2 MB at most, and as text they grow by a third."""
ABNORMAL = 1006
"""As which a browser reports a connection that was lost."""


class ChannelHeard(TypedDict):
    """What the server has heard and says of one channel.

    Attributes
    ----------
    heard : how many of the page's texts
    first : number of the first of `messages`, from 0
    messages : binary messages of the channel, in base64
    code : why the channel has ended, once it has and all was heard
    """

    heard: int
    first: int
    messages: list[str]
    code: int | None


LOST = ChannelHeard(heard=0, first=0, messages=[], code=ABNORMAL)
"""Of a channel that the server does not have (any more)."""


class Pipe:
    """A connection in turns. All of it is used on the event loop.

    Parameters
    ----------
    token : the run's
    news : set whenever there is something for the page
    is_there : whether the connection still stands by which the page takes its turns
    """

    def __init__(
        self,
        token: str,
        news: asyncio.Event,
        is_there: Callable[[], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.path_params = {"token": token}
        self.headers: Mapping[str, str] = {}
        self.application_state = WebSocketState.CONNECTING
        self._news, self._is_there, self._clock = news, is_there, clock
        self._texts: asyncio.Queue[str | None] = asyncio.Queue()
        self._heard = self._first = 0
        self._unheard: deque[bytes] = deque()
        self._room = asyncio.Event()
        self._turn_at = clock()
        self._code: int | None = None

    # As the channel sees it ----------------------------------------------------------------------------------------

    async def accept(self) -> None:
        """Begin."""
        self.application_state = WebSocketState.CONNECTED

    async def receive(self) -> dict[str, Any]:
        """What the page says next, or that it has gone."""
        while self._clock() < self._turn_at + PATIENCE_SECONDS and self._is_there():
            try:
                text = await asyncio.wait_for(self._texts.get(), LOOK_SECONDS)
            except asyncio.TimeoutError:
                continue
            if text is None:
                break
            return {"type": "websocket.receive", "text": text}
        return {"type": "websocket.disconnect"}

    async def send_bytes(self, data: bytes) -> None:
        """Keep a message for the page; wait while many are kept."""
        while len(self._unheard) >= WAITING:
            self._room.clear()
            await self._room.wait()
        self._unheard.append(data)
        self._news.set()

    async def close(self, code: int = 1000) -> None:
        """End it."""
        self.application_state = WebSocketState.DISCONNECTED
        self._code = self._code or code
        self._news.set()

    # As the page sees it -------------------------------------------------------------------------------------------

    def hear(self, said: ChannelSaid) -> None:
        """Take over what the page says, without what was heard before."""
        self._turn_at = self._clock()
        for text in said.texts[max(0, self._heard - said.first) :]:
            self._texts.put_nowait(text)
        self._heard = max(self._heard, said.first + len(said.texts))
        while self._unheard and self._first < said.heard:
            self._unheard.popleft()
            self._first += 1
        self._room.set()
        if said.ended:
            self._texts.put_nowait(None)

    def answer(self) -> ChannelHeard:
        """What the page is told now."""
        messages: list[str] = []
        size = 0
        for message in self._unheard:
            size += len(message)
            if messages and size > BYTES_A_TURN:
                break
            messages.append(base64.b64encode(message).decode())
        code = self._code if len(messages) == len(self._unheard) else None
        return ChannelHeard(heard=self._heard, first=self._first, messages=messages, code=code)

    @property
    def has_news(self) -> bool:
        """Whether there is something that the page has not heard."""
        return bool(self._unheard) or self._code is not None
