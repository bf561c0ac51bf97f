"""Which pages may open a socket of this server: Streamlit's own and the live channel."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

DEFAULT_PORTS = {"http": 80, "https": 443}


def may_connect(origin: str | None, host: str | None) -> bool:
    """Whether a page from `origin` may connect to the server it calls `host`. Never raises.

    Allowed are pages this server sent (same host and port), the origins in `server.corsAllowedOrigins`, and clients
    that are no browser and name no origin; with `server.enableCORS` off, everybody, as for Streamlit's own socket.
    """
    if origin is None or not st.get_option("server.enableCORS"):
        return True
    if origin in (st.get_option("server.corsAllowedOrigins") or []):
        return True
    scheme, _, place = origin.partition("://")
    # The page's own scheme, for behind a proxy that ends TLS the server does not know it.
    return host is not None and (named := _place(scheme, place)) is not None and named == _place(scheme, host)


def _place(scheme: str, authority: str) -> tuple[str, int] | None:
    """Host and port of ``host[:port]``, in one way of writing; None when it is nothing of the kind."""
    default = DEFAULT_PORTS.get(scheme.lower())
    try:
        parts = urlsplit(f"//{authority}")
        name, port = parts.hostname, parts.port
    except ValueError:  # "[::1": not an address at all
        return None
    if default is None or not name or parts.netloc != authority or "@" in authority:
        return None
    return name, default if port is None else port
