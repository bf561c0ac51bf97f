"""Streamlit's sessions of visitors who have left."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from streamlit.runtime import Runtime

PAUSE_SECONDS = 5.0


async def free_those_left() -> None:
    """Let go, for ever, of the sessions whose time is over.

    Each holds three file descriptors. Streamlit keeps them for `server.disconnectedSessionTTL` seconds, and then until
    somebody else leaves, which on a quiet server may be never; it has no call to say so.
    """
    while True:
        await asyncio.sleep(PAUSE_SECONDS)
        if Runtime.exists():
            with suppress(AttributeError):
                Runtime.instance()._session_mgr._session_storage._cache.expire()  # type: ignore[attr-defined]
