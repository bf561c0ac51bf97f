"""A browser, the fake peer and a mounted wall."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

import pytest
from playwright.sync_api import BrowserContext

from tests.stage.conftest import Mounted, browser, context, mounting, peer
from tests.stage.fake_peer import FakePeer
from tests.wall.fake_wall_peer import FakeWall

__all__ = ["Mount", "browser", "context", "mount", "peer"]

Mount: TypeAlias = Callable[..., Mounted]


@pytest.fixture
def mount(peer: FakePeer, context: BrowserContext) -> Iterator[Mount]:
    """Mount a wall on new networks."""
    with mounting(peer, context, "wall", FakeWall) as mount:
        yield mount
