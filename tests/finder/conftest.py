"""A browser, the fake peer and a mounted rate finder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

import pytest
from playwright.sync_api import BrowserContext

from tests.finder.fake_finder_peer import FakeTest
from tests.stage.conftest import Mounted, browser, context, mounting, peer
from tests.stage.fake_peer import FakePeer

__all__ = ["Mount", "browser", "context", "mount", "peer"]

Mount: TypeAlias = Callable[..., Mounted]


@pytest.fixture
def mount(peer: FakePeer, context: BrowserContext) -> Iterator[Mount]:
    """Mount a finder on a new test; `wait=False`, for it has no frames to count."""
    with mounting(peer, context, "finder", FakeTest) as mount:
        yield lambda *args, **settings: mount(*args, **{"wait": False, **settings})
