"""What is looked at before anything from outside is split or parsed: where it comes from and how long it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from playground.runtime.protocol.closing import CloseCode
from playground.runtime.server.channel import OriginRule


class Reader(Protocol):
    """Stands between a page and the framework's own WebSocket."""

    def read(self, message: bytes) -> bytes | None:
        """What of a page's message the framework may read; None when it is too long, which ends the connection."""
        ...

    def sent(self, message: bytes) -> None:
        """Hear what the page is sent."""
        ...

    def cut_off(self, reason: str) -> None:
        """Hear that the server ended the connection for a message so long that nobody read it."""
        ...


@dataclass(frozen=True)
class EntryRules:
    """Who and what may come in.

    Attributes
    ----------
    stream_path : path of the framework's own WebSocket
    may_connect : whether a page may open it
    new_reader : makes the reader of one connection to it, of the subprotocols that the page names
    longest_query : bytes that the query of an address may have
    instead_of_query : bytes of a longer query → one that says so in its place
    closed : paths of the framework's own that are nobody's business
    """

    stream_path: str
    may_connect: OriginRule
    new_reader: Callable[[str], Reader]
    longest_query: int
    instead_of_query: Callable[[int], str]
    closed: frozenset[str] = frozenset()


class Entrance:
    """An app reached only by what `rules` let in. The live channel, which is not the framework's, guards itself."""

    def __init__(self, app: ASGIApp, rules: EntryRules) -> None:
        self._app = app
        self._rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or connection."""
        length = len(scope.get("query_string", b""))
        if scope["type"] == "http" and length > self._rules.longest_query:
            await self._without_query(scope, length)(scope, receive, send)
        elif scope["type"] == "http" and scope["path"] in self._rules.closed:
            await PlainTextResponse("Not Found", status_code=404)(scope, receive, send)
        elif scope["type"] == "websocket" and scope["path"] == self._rules.stream_path:
            await self._stream(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _without_query(self, scope: Scope, length: int) -> Response:
        if scope["method"] in ("GET", "HEAD") and "text/html" in Headers(scope=scope).get("accept", ""):
            return RedirectResponse(f"?{self._rules.instead_of_query(length)}", status_code=303)
        rule = f"The query of an address must have at most {self._rules.longest_query} bytes. Got {length}."
        return PlainTextResponse(rule, status_code=414)

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        if not self._rules.may_connect(headers.get("origin"), headers.get("host")):
            await WebSocket(scope, receive, send).close()  # before it is accepted: an HTTP 403
            return
        reader = self._rules.new_reader(headers.get("sec-websocket-protocol", ""))
        await self._app(scope, _reading(receive, send, reader), _telling(send, reader))


def _reading(receive: Receive, send: Send, reader: Reader) -> Receive:
    async def receive_read() -> Message:
        message = await receive()
        if message["type"] == "websocket.disconnect" and message.get("code") == CloseCode.TOO_LARGE:
            reader.cut_off(message.get("reason") or "")
        if message.get("bytes") is None:
            return message
        read = reader.read(message["bytes"])
        if read is not None:
            return {**message, "bytes": read}
        await send({"type": "websocket.close", "code": int(CloseCode.TOO_LARGE)})
        return {"type": "websocket.disconnect", "code": int(CloseCode.TOO_LARGE)}

    return receive_read


def _telling(send: Send, reader: Reader) -> Send:
    async def send_and_tell(message: Message) -> None:
        if message["type"] == "websocket.send" and message.get("bytes") is not None:
            reader.sent(message["bytes"])
        await send(message)

    return send_and_tell
