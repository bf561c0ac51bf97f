"""The doors: who comes when the server has no room is turned away in words, before anything breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from playground.runtime.limits import Limits
from playground.runtime.protocol.closing import CloseCode
from playground.runtime.server.descriptors import Descriptors
from playground.runtime.server.tally import Tally
from playground.runtime.server.visitors import address_of

ROOM_FOR_A_PAGE = 48
"""Descriptors that are left for those who are here already, and for processes: no new page is begun with fewer."""
ROOM_FOR_A_SOCKET = 24
FULL = (
    "This server is full: it cannot hold more visitors at the moment. Those who are here go on. Try again in a minute."
)
CROWDED = "This server holds at most {most} connections {whose}, and that many are open. Close a tab, or try again."
PAGE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>Keras Playground is full</title>"
    '<body style="font: 1.1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto; padding: 0 1rem">'
    "<h1>Keras Playground</h1><p>{words}</p></body></html>"
)


NameOf = Callable[[Headers], str]


def nobody(headers: Headers) -> str:
    """Where browsers cannot be told apart."""
    return ""


class Doors:
    """ASGI middleware that counts descriptors, and connections by visitor and by network address.

    Parameters
    ----------
    name_of : tells a browser by the headers it sends
    free : how many descriptors there may still be
    tally : where it is counted who was turned away
    """

    def __init__(
        self,
        app: ASGIApp,
        limits: Limits,
        name_of: NameOf = nobody,
        free: Callable[[], int] | None = None,
        tally: Tally | None = None,
    ) -> None:
        descriptors = Descriptors()
        self._app, self._limits, self._name_of = app, limits, name_of
        self._free = free if free is not None else lambda: descriptors.free
        self._tally = tally or Tally()
        self._sockets: Counter[tuple[str, str]] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, or turn away."""
        if scope["type"] == "http":
            if _begins_a_page(scope) and self._free() < ROOM_FOR_A_PAGE:
                self._tally.refuse("descriptors")
                await _turn_away(FULL, scope, receive, send)
            else:
                await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._connect(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _connect(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = FULL if self._free() < ROOM_FOR_A_SOCKET else ""
        counted = self._bounds(scope)
        for whom, (most, whose) in counted.items():
            if self._sockets[whom] >= most:
                refusal = refusal or CROWDED.format(most=most, whose=whose)
        if refusal:
            self._tally.refuse("descriptors" if refusal is FULL else "connections")
            await _turn_away(refusal, scope, receive, send)
            return
        with self._counted(list(counted)):
            await self._app(scope, receive, send)

    def _bounds(self, scope: Scope) -> dict[tuple[str, str], tuple[int, str]]:
        """Who is asking, as a browser and as a network address, with how many connections there may be."""
        headers, client = Headers(scope=scope), scope.get("client")
        peer = client[0] if client else None
        address = address_of(peer, headers.getlist("x-forwarded-for"), self._limits.proxies)
        bounds = {("address", address): (self._limits.sockets_per_address, "from one network address")}
        name = self._name_of(headers)
        if name:
            bounds["visitor", name] = (self._limits.sockets_per_visitor, "with one browser")
        return bounds

    @contextmanager
    def _counted(self, asking: Sequence[tuple[str, str]]) -> Iterator[None]:
        self._sockets.update(asking)
        try:
            yield
        finally:
            self._sockets.subtract(asking)
            for whom in asking:
                if not self._sockets[whom]:
                    del self._sockets[whom]


def _begins_a_page(scope: Scope) -> bool:
    return scope["method"] == "GET" and "text/html" in Headers(scope=scope).get("accept", "")


async def _turn_away(words: str, scope: Scope, receive: Receive, send: Send) -> None:
    """Say no: to a browser with a page, to a socket before it stands."""
    if scope["type"] == "http" or "websocket.http.response" in scope.get("extensions", {}):
        headers = {"Retry-After": "60", "Cache-Control": "no-store"}
        await HTMLResponse(PAGE.format(words=words), 503, headers)(scope, receive, send)
    else:
        await send({"type": "websocket.close", "code": CloseCode.TOO_SLOW, "reason": words})
