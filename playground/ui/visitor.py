"""Who looks at the page, as far as that can be told without asking."""

from __future__ import annotations

import hashlib

import streamlit as st
from starlette.datastructures import Headers
from starlette.requests import cookie_parser

from playground.runtime.server.visitors import Visitor, address_of

COOKIE = "_streamlit_xsrf"
"""Streamlit's cookie against forged requests; every browser has its own."""


def current_visitor(proxies: int | None) -> Visitor:
    """The visitor of this session, with so many proxies before the server."""
    context = st.context
    peer = context.ip_address or "127.0.0.1"  # Streamlit tells no address of this machine itself
    address = address_of(peer, context.headers.get_all("X-Forwarded-For"), proxies)
    return Visitor(name_in(context.cookies.get(COOKIE, "")), address)


def name_of(headers: Headers) -> str:
    """The name of the browser that sends these headers."""
    return name_in(cookie_parser(headers.get("cookie", "")).get(COOKIE, ""))


def name_in(cookie: str) -> str:
    """The name of the browser that has this cookie; empty for a text that is none.

    The cookie is ``2|mask|masked secret|time``, with another mask each time it is sent; its secret stays.
    """
    try:
        _version, mask, masked, _time = cookie.strip("\"'").split("|")
        secret = _unmasked(bytes.fromhex(mask), bytes.fromhex(masked))
    except ValueError:
        return ""
    return hashlib.sha256(secret).hexdigest()[:24] if secret else ""


def _unmasked(mask: bytes, masked: bytes) -> bytes:
    return bytes(byte ^ mask[place % len(mask)] for place, byte in enumerate(masked)) if mask else b""
