"""Streamlit's sessions of visitors who have left."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from streamlit.runtime import Runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

PAUSE_SECONDS = 5.0


def connection_of_session() -> Callable[[], bool]:
    """What tells, from any thread, whether the session that runs now is connected to a page."""
    context = get_script_run_ctx()
    if context is None:
        return lambda: True
    session = context.session_id
    return lambda: Runtime.exists() and Runtime.instance().is_active_session(session)


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
