"""What is let in to the framework that builds the page, and what is not."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message, Receive, Scope, Send

from playground.runtime.server.entrance import Entrance, EntryRules

LONGEST = 20


@dataclass
class FakeReader:
    """Reads messages of up to three bytes, in capitals."""

    protocols: str = ""
    heard: list[bytes] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    def read(self, message: bytes) -> bytes | None:
        return message.upper() if len(message) <= 3 else None

    def sent(self, message: bytes) -> None:
        self.heard.append(message)

    def cut_off(self, reason: str) -> None:
        self.reasons.append(reason)


class Framework:
    """What lies behind the entrance: takes down what reaches it until it is told of the end."""

    def __init__(self) -> None:
        self.reached: list[Message] = []
        self.called = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.called = True
        if scope["type"] == "websocket":
            await send({"type": "websocket.send", "bytes": b"hello"})
        while True:
            self.reached.append(await receive())
            if self.reached[-1]["type"] in ("websocket.disconnect", "http.request"):
                return


@dataclass
class Visit:
    framework: Framework
    reader: FakeReader
    said: list[Message]


def visit(scope: dict[str, Any], *messages: Message, headers: dict[str, str] | None = None) -> Visit:
    """Come to the entrance with these messages."""
    framework, reader, said = Framework(), FakeReader(), []
    waiting = list(messages)

    async def receive() -> Message:
        return waiting.pop(0)

    async def send(message: Message) -> None:
        said.append(message)

    def new_reader(protocols: str) -> FakeReader:
        reader.protocols = protocols
        return reader

    may_connect, instead, closed = (lambda origin, host: origin == host), (lambda n: f"bytes={n}"), frozenset({"/own"})
    rules = EntryRules("/stream", may_connect, new_reader, LONGEST, instead, closed)
    raw = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
    asyncio.run(Entrance(framework, rules)({"headers": raw, **scope}, receive, send))
    return Visit(framework, reader, said)


STREAM = {"type": "websocket", "path": "/stream", "query_string": b""}
CONNECT, END = {"type": "websocket.connect"}, {"type": "websocket.disconnect", "code": 1000}


def saying(message: bytes) -> Message:
    return {"type": "websocket.receive", "bytes": message}


def test_a_page_of_another_server_is_refused_before_it_is_connected() -> None:
    refused = visit(STREAM, CONNECT, headers={"origin": "elsewhere", "host": "here"})
    assert not refused.framework.called
    assert [message["type"] for message in refused.said] == ["websocket.close"]  # unaccepted: an HTTP 403


def test_what_is_read_of_a_message_reaches_the_framework() -> None:
    got = visit(STREAM, CONNECT, saying(b"abc"), END, headers={"sec-websocket-protocol": "a, b"})
    assert got.framework.reached == [CONNECT, saying(b"ABC"), END]
    assert got.reader.protocols == "a, b"
    assert got.reader.heard == [b"hello"]


@given(st.binary(min_size=4, max_size=50))
def test_a_message_that_is_too_long_ends_the_connection_unread(message: bytes) -> None:
    got = visit(STREAM, CONNECT, saying(message), saying(b"abc"))
    assert got.framework.reached == [CONNECT, {"type": "websocket.disconnect", "code": 1009}]
    assert got.said[-1] == {"type": "websocket.close", "code": 1009}


def test_a_message_that_the_server_did_not_receive_is_told_to_the_reader() -> None:
    end = {"type": "websocket.disconnect", "code": 1009, "reason": "too big"}
    got = visit(STREAM, CONNECT, end)
    assert got.reader.reasons == ["too big"]
    assert got.framework.reached == [CONNECT, end]


def test_sockets_that_are_not_the_frameworks_guard_themselves() -> None:
    got = visit({**STREAM, "path": "/live"}, saying(b"abcdef"), END, headers={"origin": "elsewhere"})
    assert got.framework.reached == [saying(b"abcdef"), END]


def asking(query: bytes, method: str = "GET") -> dict[str, Any]:
    return {"type": "http", "method": method, "path": "/", "query_string": query}


@given(st.binary(max_size=2 * LONGEST))
def test_an_address_is_let_in_by_the_length_of_its_query_alone(query: bytes) -> None:
    got = visit(asking(query), {"type": "http.request"})
    assert got.framework.called is (len(query) <= LONGEST)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_browser_with_a_long_link_is_led_to_the_page_that_says_so(method: str) -> None:
    start, _ = visit(asking(b"a" * 33, method), headers={"accept": "text/html,*/*"}).said
    assert start["status"] == 303
    assert dict(start["headers"])[b"location"] == b"?bytes=33"


@pytest.mark.parametrize(("method", "accept"), [("GET", "*/*"), ("POST", "text/html")])
def test_others_are_told_the_rule_and_the_length(method: str, accept: str) -> None:
    start, body = visit(asking(b"a" * 33, method), headers={"accept": accept}).said
    assert start["status"] == 414
    assert body["body"] == b"The query of an address must have at most 20 bytes. Got 33."


def test_what_is_closed_does_not_reach_the_framework_and_is_not_found() -> None:
    seen = visit({"type": "http", "method": "GET", "path": "/own", "query_string": b""}, {"type": "http.request"})
    assert not seen.framework.called and seen.said[0]["status"] == 404
