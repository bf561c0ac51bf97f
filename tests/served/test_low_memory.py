"""What a server with one worker takes while nobody is there."""

from __future__ import annotations

import sys
import urllib.request
from collections import Counter
from collections.abc import Iterable

import psutil
import pytest

from tests.served_app import ServedApp
from tests.stream_client import Visitor

MOST = 700_000_000

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="shared memory is told apart on Linux"),
]


def bytes_of(family: Iterable[psutil.Process]) -> int:
    """Memory of these processes, as if they had the machine to themselves.

    What they share among them counts once. What they read from files counts in full, though other servers on the
    machine may have read it too: of a proportional set size these would take their part.
    """
    own, of_file = 0, Counter[str]()
    for process in family:
        for part in process.memory_maps():
            if part.path.startswith("/"):
                of_file[part.path] = max(of_file[part.path], part.rss - part.anonymous)
                own += part.anonymous
            else:
                own += part.pss
    return own + of_file.total()


def figures(app: ServedApp) -> str:
    with urllib.request.urlopen(f"{app.base}_playground/metrics?token=x", timeout=10) as answer:
        return str(answer.read(), "utf-8")


def test_a_server_with_one_worker_idles_on_little_memory() -> None:
    app = ServedApp({"PLAYGROUND_WORKERS": "1", "PLAYGROUND_METRICS_TOKEN": "x"}).start().wait_until_loaded()
    try:
        with Visitor(app) as visitor:
            visitor.run()
            assert visitor.token
        app.wait(lambda: 'playground_runs{state="ready"} 1.0' in figures(app))
        taken = bytes_of([app.web_process(), *app.web_process().children(recursive=True)])
        assert 0 < taken <= MOST
        assert "different networks at once beside 1 worker in " in app.read_log()
    finally:
        app.stop()
