"""What the page's HTML says of the very link that was asked for, for chats and slides that show it: OpenGraph, oEmbed.

The page itself is the framework's, the same for all links; some lines are put at the end of its head.
"""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache
from html import escape

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from playground.figures.card import HEIGHT, WIDTH
from playground.runtime.limits import Limits
from playground.runtime.server.own_address import OwnAddress, own_address
from playground.runtime.server.shown_link import NAME, OWN, ShownLink, names_a_lesson

END = b"</head>"
LONGEST_PAGE = 1_000_000
"""Bytes of HTML in which the end of a head is looked for."""


class PageHead:
    """An app whose pages say what their links show.

    Parameters
    ----------
    base_path : path above all pages
    titles : what those pages are called that show no experiment, by their names
    """

    def __init__(self, app: ASGIApp, limits: Limits, base_path: str, titles: Mapping[str, str]) -> None:
        self._app, self._limits = app, limits
        self._base_path, self._titles = base_path.strip("/"), titles

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or connection."""
        if scope["type"] != "http" or scope["method"] != "GET" or self._is_no_page(scope["path"]):
            await self._app(scope, receive, send)
            return
        await self._app(scope, receive, _Inserting(send, lambda: self._lines(scope)).send)

    def _is_no_page(self, path: str) -> bool:
        below = self._below(path)
        return below.startswith((f"{OWN}/", "_stcore/", "static/", "media/", "component/"))

    def _below(self, path: str) -> str:
        inner = path.lstrip("/")
        return inner.removeprefix(f"{self._base_path}/") if self._base_path else inner

    async def _lines(self, scope: Scope) -> bytes:
        own = own_address(scope, self._base_path, self._limits.proxies)
        if own is None:
            return b""
        name = self._below(scope["path"]).strip("/")
        page = "" if name == self._base_path else name
        asked = own, page, scope["query_string"], self._titles.get(page, "")
        if not scope["query_string"]:
            return _kept_lines_of(*asked)
        read = lines_of if names_a_lesson(scope["query_string"]) else _kept_lines_of
        return await asyncio.to_thread(read, *asked)  # others need not wait for it: a wall takes some hundredths


def lines_of(own: OwnAddress, page: str, query: bytes, title: str) -> bytes:
    """The lines for the head of a page: all text is escaped, and a long or hostile query changes nothing else."""
    link = ShownLink(own, f"/{page}", query, title)
    called, about = link.title, link.description
    properties = {
        "og:type": "website",
        "og:site_name": NAME,
        "og:title": called,
        "og:description": about,
        "og:url": link.address,
        "og:image": link.picture,
        "og:image:type": "image/png",
        "og:image:width": str(WIDTH),
        "og:image:height": str(HEIGHT),
        "og:image:alt": link.pictured,
    }
    names = {
        "description": about,
        "twitter:card": "summary_large_image",
        "twitter:title": called,
        "twitter:description": about,
        "twitter:image": link.picture,
    }
    lines = [
        *(f'<meta property="{name}" content="{escape(text)}" />' for name, text in properties.items()),
        *(f'<meta name="{name}" content="{escape(text)}" />' for name, text in names.items()),
        '<link rel="alternate" type="application/json+oembed" '
        f'href="{escape(link.oembed)}" title="{escape(called)}" />',
    ]
    return "".join(f"    {line}\n" for line in lines).encode("utf-8", "xmlcharrefreplace")


_kept_lines_of = lru_cache(maxsize=256)(lines_of)


class _Inserting:
    """Holds an answer back until it is whole, if it is a page, and puts lines at the end of its head."""

    def __init__(self, send: Send, lines: Callable[[], Awaitable[bytes]]) -> None:
        self._send, self._lines = send, lines
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        """Pass a message on, or hold it back."""
        if message["type"] == "http.response.start" and _is_page(message):
            self._start = message
        elif self._start is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if message.get("more_body", False) and len(self._body) <= LONGEST_PAGE:
                return
            await self._finish(message)
        else:
            await self._send(message)

    async def _finish(self, last: Message) -> None:
        assert self._start is not None
        start, self._start = self._start, None
        body = self._body
        if not last.get("more_body", False):
            headers = MutableHeaders(raw=list(start["headers"]))
            body = await self._with_lines(body, headers.get("content-encoding") == "gzip")
            headers["content-length"] = str(len(body))
            start = {**start, "headers": headers.raw}
        await self._send(start)
        await self._send({**last, "body": body})

    async def _with_lines(self, body: bytes, packed: bool) -> bytes:
        page = gzip.decompress(body) if packed else body
        head, end, rest = page.partition(END)
        if not end:
            return body
        page = b"".join([head, await self._lines(), end, rest])
        return gzip.compress(page, 6, mtime=0) if packed else page


def _is_page(start: Message) -> bool:
    headers = MutableHeaders(raw=list(start["headers"]))
    plain = headers.get("content-encoding", "") in ("", "gzip")
    return start["status"] == 200 and plain and headers.get("content-type", "").startswith("text/html")
