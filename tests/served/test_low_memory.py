"""What a server with one worker takes while nobody is there."""

from __future__ import annotations

import sys

import pytest

from tests.served_app import ServedApp
from tests.stream_client import Visitor

MOST = 700_000_000

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="shared memory is told apart on Linux"),
]


def test_a_server_with_one_worker_idles_on_little_memory() -> None:
    """Proportional set size of all its processes: what several share counts once."""
    app = ServedApp({"PLAYGROUND_WORKERS": "1"}).start().wait_until_loaded()
    try:
        with Visitor(app) as visitor:
            visitor.run()
            assert visitor.token
        app.wait(lambda: app.counts()["runs"] + app.counts()["parked"] >= 1)
        assert 0 < app.memory_bytes() <= MOST
    finally:
        app.stop()
