"""Visitors without a browser: they speak to Streamlit and to the live channel as the page does.

Shared by tests and benchmarks that need hundreds of them.
"""

from __future__ import annotations

import asyncio
import contextlib
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Mapping
from urllib.parse import urlencode

import websockets

from tests.runtime.peers import PATIENCE, Page
from tests.script_session import Answer, ScriptSession


class Visitor:
    """Someone whose Streamlit session is open."""

    def __init__(self, port: int, socket: websockets.ClientConnection, headers: Mapping[str, str] | None) -> None:
        self._port, self._socket, self._headers = port, socket, headers
        self._session = ScriptSession()
        self.words = ""
        """What the page said where there is no run."""

    @property
    def token(self) -> str:
        """Of the run that the page was given; empty when it was refused one."""
        return self._session.token

    async def run_script(self, query: Mapping[str, str] | None = None) -> None:
        """Let the script run, as when the page is opened with a query; what it shows is noted."""
        await self._socket.send(self._session.request(urlencode(query or {}, safe=",")))
        self._session.token, answer = "", Answer()
        async with asyncio.timeout(PATIENCE):
            while not self._session.understand(await self._socket.recv(decode=False), answer):
                pass
        self.words = " ".join(answer.alerts)

    @contextlib.asynccontextmanager
    async def watching(self, credits: int = 2) -> AsyncIterator[Page]:
        """The stage of the visitor's run, connected and ready for frames."""
        url = f"ws://127.0.0.1:{self._port}/_playground/live/{self.token}"
        async with websockets.connect(url, max_size=None, additional_headers=self._headers) as connection:
            page = Page(connection)
            page.token = self.token
            page.hello = await page.next("hello")
            for _ in range(credits):
                await page.say("credit")
            yield page


@contextlib.asynccontextmanager
async def visiting(
    port: int, query: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
) -> AsyncIterator[Visitor]:
    """Someone who opens the page, with these headers, and leaves at the end."""
    url = f"ws://127.0.0.1:{port}/_stcore/stream"
    # Streamlit's own word for its protocol; without a browser there is no token against forged requests.
    async with websockets.connect(
        url, subprotocols=[websockets.Subprotocol("streamlit")], max_size=None, additional_headers=headers
    ) as socket:
        visitor = Visitor(port, socket, headers)
        await visitor.run_script(query)
        yield visitor


async def come(port: int, stack: contextlib.AsyncExitStack, address: str) -> str:
    """Someone opens the page as a browser does and stays as long as the stack; what was said to who was refused.

    An empty text is for who was served: their stage has shown a frame. The address is what a proxy would tell.
    """
    headers = {"X-Forwarded-For": address}
    status, words = await asyncio.to_thread(_fetch, port)
    if status != 200:
        return words
    try:
        visitor = await stack.enter_async_context(visiting(port, headers=headers))
    except websockets.InvalidStatus as refusal:
        return (refusal.response.body or b"").decode()
    if not visitor.token:
        return visitor.words
    try:
        page = await stack.enter_async_context(visitor.watching())
    except websockets.InvalidStatus as refusal:
        return (refusal.response.body or b"").decode()
    await page.next("frame")
    return ""


def _fetch(port: int) -> tuple[int, str]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}/", headers={"Accept": "text/html"})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()
