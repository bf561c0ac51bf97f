"""Which pages may open the live channel: Streamlit guards its own socket, not ours."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st


def may_connect(origin: str | None, host: str | None) -> bool:
    """Whether a page from `origin` may connect to the server it calls `host`.

    Allowed are pages this server sent (same host and port), the origins in `server.corsAllowedOrigins`, and clients
    that are no browser and name no origin; with `server.enableCORS` off, everybody, as for Streamlit's own socket.
    """
    if origin is None or not st.get_option("server.enableCORS"):
        return True
    try:
        place = urlsplit(origin).netloc
    except ValueError:  # "http://[::1": not an address at all
        return False
    return bool(place) and (place == host or origin in (st.get_option("server.corsAllowedOrigins") or []))
