"""A browser, the fake peer and a mounted search."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

import pytest
from playwright.sync_api import BrowserContext

from tests.search.fake_search_peer import FakeSearch
from tests.stage.conftest import Mounted, browser, context, mounting, peer
from tests.stage.fake_peer import FakePeer

__all__ = ["Mount", "browser", "context", "mount", "peer"]

Mount: TypeAlias = Callable[..., Mounted]


@pytest.fixture
def mount(peer: FakePeer, context: BrowserContext) -> Iterator[Mount]:
    """Mount a search with new trials."""
    with mounting(peer, context, "search", FakeSearch) as mount:
        yield mount
