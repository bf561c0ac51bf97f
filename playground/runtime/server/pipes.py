"""The live channel in turns, for pages that no WebSocket of ours reaches: the same channel behind another transport.

A host may start `app.py` as a plain script, without our routes, or a proxy may let Streamlit's connection through and
no other. Then a page's messages come with what Streamlit is told of a component, and the server's go with its data.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable

from starlette.websockets import WebSocketDisconnect

from playground.runtime.limits import Limits
from playground.runtime.protocol.piping import MOST_CHANNELS, ChannelSaid, Exchange
from playground.runtime.server.channel import LiveChannel
from playground.runtime.server.live_runs import LiveRuns
from playground.runtime.server.pipe import ABNORMAL, LOST, PATIENCE_SECONDS, ChannelHeard, Pipe

MOST_PIPES = 200
"""A turn costs the server several times what a message of a WebSocket does."""

log = logging.getLogger(__name__)


def from_anywhere(origin: str | None, host: str | None) -> bool:
    """Streamlit has seen where its own connection comes from."""
    return True


class Session:
    """The pipes of one page, by the names that it gave them."""

    def __init__(self) -> None:
        self.pipes: dict[str, Pipe] = {}
        self.news = asyncio.Event()

    @property
    def has_news(self) -> bool:
        """Whether there is something to say."""
        return any(pipe.has_news for pipe in self.pipes.values())


class Pipes:
    """All pipes of the server. `exchange` may be called from any thread, the rest is used on the event loop."""

    def __init__(self, runs: LiveRuns, limits: Limits) -> None:
        self._runs = runs
        self._channel = LiveChannel(runs, limits, from_anywhere)
        self._sessions: dict[str, Session] = {}
        self._serving: set[asyncio.Task[None]] = set()

    def exchange(
        self, session: str, said: Exchange, patience: float, is_there: Callable[[], bool]
    ) -> dict[str, ChannelHeard]:
        """One turn of a page.

        Parameters
        ----------
        session : whose channels they are
        patience : seconds for which it may wait for something to say
        is_there : whether the page's connection still stands; asked on the event loop

        Raises
        ------
        RuntimeError
            When the runtime has not been started.
        """
        return self._runs.wait_for(self._exchange(session, said, patience, is_there))

    async def _exchange(
        self, name: str, said: Exchange, patience: float, is_there: Callable[[], bool]
    ) -> dict[str, ChannelHeard]:
        session = self._sessions.setdefault(name, Session())
        for channel, of_channel in said.channels.items():
            self._hear(name, session, channel, of_channel, is_there)
        if not session.has_news:
            await self._wait(session, patience)
        answers = {each: self._answer(session, each) for each in said.channels}
        for each, answer in answers.items():
            if answer["code"] is not None or said.channels[each].ended:
                session.pipes.pop(each, None)
        self._forget_empty(name)
        return answers

    async def _wait(self, session: Session, patience: float) -> None:
        session.news.clear()
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(session.news.wait(), patience)

    def _hear(self, name: str, session: Session, channel: str, said: ChannelSaid, is_there: Callable[[], bool]) -> None:
        if channel not in session.pipes and self._may_begin(session, said):
            pipe = session.pipes[channel] = Pipe(said.token, session.news, is_there)
            serving = asyncio.create_task(self._serve(name, channel, pipe))
            self._serving.add(serving)
            serving.add_done_callback(self._serving.discard)
        if channel in session.pipes:
            session.pipes[channel].hear(said)

    def _may_begin(self, session: Session, said: ChannelSaid) -> bool:
        """Whether it is a new channel, and not one that is gone, and there is room for it."""
        is_new = said.first == said.heard == 0 and not said.ended
        return is_new and len(session.pipes) < MOST_CHANNELS and len(self._serving) < MOST_PIPES

    def _answer(self, session: Session, channel: str) -> ChannelHeard:
        pipe = session.pipes.get(channel)
        return LOST if pipe is None else pipe.answer()

    async def _serve(self, name: str, channel: str, pipe: Pipe) -> None:
        """The one guard: whatever a page says, no other's pipe ends."""
        try:
            await self._channel.connect(pipe)
        except WebSocketDisconnect:
            pass
        except Exception:
            log.exception("A page could not be served through Streamlit's connection")
        finally:
            await pipe.close(ABNORMAL)
            # For the page to hear how it ended, if there still is one.
            asyncio.get_running_loop().call_later(PATIENCE_SECONDS, self._forget, name, channel, pipe)

    def _forget(self, name: str, channel: str, pipe: Pipe) -> None:
        session = self._sessions.get(name)
        if session is not None and session.pipes.get(channel) is pipe:
            del session.pipes[channel]
        self._forget_empty(name)

    def _forget_empty(self, name: str) -> None:
        session = self._sessions.get(name)
        if session is not None and not session.pipes:
            del self._sessions[name]
