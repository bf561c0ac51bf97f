"""A browser, the peer that serves the component's files, and a mounted shelf."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.stage.conftest import Mounted, browser, mounting, peer
from tests.stage.fake_peer import FakePeer, FakeRun

__all__ = ["Mount", "browser", "context", "kept", "mount", "peer", "run", "write"]

Mount: TypeAlias = Callable[..., Mounted]
KEY = "keras-playground.shelf"
WRITE = "([key, text]) => { localStorage.clear(); if (text !== null) localStorage.setItem(key, text); }"


@pytest.fixture
def context(browser: Any) -> Iterator[BrowserContext]:
    """A profile for each test: what it keeps is its own."""
    context = browser.new_context(timezone_id="Europe/Berlin")
    yield context
    context.close()


@pytest.fixture
def mount(peer: FakePeer, context: BrowserContext) -> Iterator[Mount]:
    """Mount a shelf on which these runs are, or whatever text stands there instead."""
    with mounting(peer, context, "shelf", FakeRun) as mount:

        def mount_with(*runs: dict[str, Any], text: str | None = None, width: int = 300, **settings: Any) -> Mounted:
            page = context.new_page()
            page.goto(f"{peer.url}?component=shelf")
            write(page, text if text is not None or not runs else json.dumps({"version": 1, "runs": runs}))
            page.close()
            return mount(wait=False, size=(width, 800), **settings)

        yield mount_with


def write(page: Page, text: str | None) -> None:
    """Put a text where the shelf is kept."""
    page.evaluate(WRITE, [KEY, text])


def kept(page: Page) -> list[dict[str, Any]]:
    """The runs that are kept."""
    return list(json.loads(page.evaluate("key => localStorage.getItem(key)", KEY))["runs"])


def run(n: int, **settings: Any) -> dict[str, Any]:
    """A run as it is kept."""
    return {
        "id": f"id{n}",
        "name": f"Run {n}",
        "link": f"?seed={n}",
        "kept": f"2026-11-{1 + n % 28:02}T20:00:00.000Z",
        "epoch": 100 * n,
        "figures": {"part": "Test", "loss": 0.0123, "accuracy": 0.987},
        "picture": "",
        **settings,
    }
