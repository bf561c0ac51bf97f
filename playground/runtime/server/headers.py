"""Headers that every answer has: those of the page's framework, of the stage's files, and of what fails."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

STARTS = ("http.response.start", "websocket.http.response.start")
"""What an answer begins with; the second is a refusal to open a WebSocket."""
FAILED = b"The server failed to answer. It has written down why."


class WithHeaders:
    """An app whose every answer has `headers`, unless the answer has its own by that name."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        self._app = app
        self._headers = [(name.lower().encode("ascii"), value.encode("ascii")) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or connection."""
        begun = False

        async def send_with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] in STARTS:
                begun = True
                message = {**message, "headers": self._completed(message.get("headers", []))}
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except Exception:
            # What answers for an app that failed stands outside, and knows nothing of these headers.
            if scope["type"] == "http" and not begun:
                await _say_that_it_failed(send_with_headers)
            raise

    def _completed(self, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        said = {name.lower() for name, _ in headers}
        return [*headers, *((name, value) for name, value in self._headers if name not in said)]


async def _say_that_it_failed(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 500, "headers": headers})
    await send({"type": "http.response.body", "body": FAILED})
