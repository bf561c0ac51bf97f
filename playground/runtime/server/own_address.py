"""The address by which whoever asks reaches this server: what it is told to show elsewhere must lead back here."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

from playground.runtime.server.visitors import address_of, is_private

PORTS = {"http": 80, "https": 443}
LONGEST_HOST, LONGEST_PREFIX = 260, 200
_HOST = re.compile(r"([A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.?|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?")
_PREFIX = re.compile(r"(/[A-Za-z0-9._~+-]+)+")


class OwnAddress(NamedTuple):
    """Where the page lies: scheme, host with port, and the path above it, empty or like ``/teach``."""

    scheme: str
    host: str
    path: str

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}{self.path}"

    def page_of(self, url: str) -> Page | None:
        """The page at an address; None for one that is not here.

        Its scheme counts for ours: behind a proxy that ends TLS the server may not know that.
        """
        try:
            parts = urlsplit(url)
            same = _place(parts.scheme, parts.netloc) == _place(parts.scheme, self.host)
        except ValueError:
            return None
        if not same or parts.scheme not in PORTS or not f"{parts.path}/".startswith(f"{self.path}/"):
            return None
        return Page(self._replace(scheme=parts.scheme), parts.path[len(self.path) :] or "/", parts.query)


class Page(NamedTuple):
    """A page of this server: its path below the server's address, and its query."""

    own: OwnAddress
    path: str
    query: str


def own_address(scope: Scope, base_path: str, proxies: int | None = None) -> OwnAddress | None:
    """The address that a request was sent to; None where its headers name none.

    What a proxy says of it (``X-Forwarded-Proto``, ``-Host``, ``-Prefix``) counts where one is known or has a private
    address, as with the addresses of visitors.
    """
    headers, client = Headers(scope=scope), scope.get("client")
    behind = proxies is not None or is_private(client[0] if client else "127.0.0.1")
    told = {name: _told(headers, f"x-forwarded-{name}") if behind else "" for name in ("proto", "host", "prefix")}
    scheme = (told["proto"] or scope["scheme"]).lower()
    host, prefix = told["host"] or headers.get("host", ""), told["prefix"].rstrip("/")
    if scheme not in PORTS or not _HOST.fullmatch(host) or len(host) > LONGEST_HOST:
        return None
    above = prefix if len(prefix) <= LONGEST_PREFIX and _PREFIX.fullmatch(prefix) else ""
    base = base_path.strip("/")
    path = f"/{base}" if base else ""
    return OwnAddress(scheme, host, path if above.endswith(path) and path else above + path)


def asker_of(scope: Scope, proxies: int | None) -> str:
    """The network address of who asks."""
    client = scope.get("client")
    return address_of(client[0] if client else None, Headers(scope=scope).getlist("x-forwarded-for"), proxies)


def texts_of_query(query: str) -> dict[str, str | list[str]]:
    """The texts under each name of a query."""
    return {name: texts for name, texts in parse_qs(query, keep_blank_values=True).items()}


def _told(headers: Headers, name: str) -> str:
    """What the proxy next to whoever asked said: the first of all."""
    return headers.get(name, "").split(",")[0].strip()


def _place(scheme: str, authority: str) -> tuple[str | None, int | None]:
    parts = urlsplit(f"//{authority}")
    return parts.hostname, parts.port or PORTS.get(scheme.lower())
