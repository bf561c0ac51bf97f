"""Headers that every answer has."""

from __future__ import annotations

import asyncio

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from playground.runtime.server.headers import WithHeaders

HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache"}


def said_by(app: ASGIApp, kind: str = "http") -> list[Message]:
    """What an app sends below the headers."""
    said: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    async def send(message: Message) -> None:
        said.append(message)

    asyncio.run(WithHeaders(app, HEADERS)({"type": kind}, receive, send))
    return said


def answering(*messages: Message, then: Exception | None = None) -> ASGIApp:
    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        for message in messages:
            await send(message)
        if then is not None:
            raise then

    return app


START: Message = {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/css")]}
BODY: Message = {"type": "http.response.body", "body": b"a {}"}


def test_an_answer_gets_the_headers_beside_its_own() -> None:
    start, body = said_by(answering(START, BODY))
    assert dict(start["headers"]) == {
        b"content-type": b"text/css",
        b"x-content-type-options": b"nosniff",
        b"cache-control": b"no-cache",
    }
    assert body == BODY


def test_what_an_answer_says_itself_stands() -> None:
    kept = (b"Cache-Control", b"public, immutable")
    start, _ = said_by(answering({**START, "headers": [kept]}, BODY))
    assert [header for header in start["headers"] if header[0].lower() == b"cache-control"] == [kept]


def test_a_refusal_to_open_a_socket_gets_them_too() -> None:
    refusal: Message = {"type": "websocket.http.response.start", "status": 403, "headers": []}
    (start,) = said_by(answering(refusal), "websocket")
    assert (b"x-content-type-options", b"nosniff") in start["headers"]


def test_messages_of_a_socket_pass_as_they_are() -> None:
    messages: list[Message] = [{"type": "websocket.accept"}, {"type": "websocket.send", "bytes": b"x"}]
    assert said_by(answering(*messages), "websocket") == messages


def test_an_answer_for_an_app_that_failed_has_them() -> None:
    said: list[Message] = []

    async def send(message: Message) -> None:
        said.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    app = WithHeaders(answering(then=ValueError("secret")), HEADERS)
    with pytest.raises(ValueError, match="secret"):  # for the log
        asyncio.run(app({"type": "http"}, receive, send))
    start, body = said
    assert start["status"] == 500
    assert (b"x-content-type-options", b"nosniff") in start["headers"]
    assert b"secret" not in body["body"]
