"""What `app.py` does where a host runs it as a plain script: train from a thread, and show the page.

The script runs anew for every visitor and every change. What is to be there once is kept here, in a module.
"""

from __future__ import annotations

import asyncio
import atexit
import concurrent.futures
import contextlib
import logging
import threading
from collections.abc import Callable

from playground.runtime.server.live_runs import LiveRuns
from playground.ui.pages import _main
from playground.ui.web.addresses import serve_by_streamlit

STARTED_WITHIN = 60.0
STOPPED_WITHIN = 10.0

log = logging.getLogger(__name__)

_starting = threading.Lock()
_started = False


def show_page(make_runs: Callable[[], LiveRuns]) -> None:
    """Show the page that is asked for; with the first of all, what trains is made and started."""
    global _started
    with _starting:
        if not _started:
            _train(make_runs())
            _started = True
    serve_by_streamlit()
    _main.main()


def _train(runs: LiveRuns) -> None:
    """Start the runs on an event loop of their own, to be stopped when the server ends."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="live-runs", daemon=True).start()
    asyncio.run_coroutine_threadsafe(runs.start(), loop).result(STARTED_WITHIN)
    log.info("There is no route of our own here: pages are served through Streamlit's connection alone.")

    def stop() -> None:
        with contextlib.suppress(concurrent.futures.TimeoutError):
            asyncio.run_coroutine_threadsafe(runs.stop(), loop).result(STOPPED_WITHIN)

    atexit.register(stop)
