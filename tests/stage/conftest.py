"""A browser, the fake peer and a mounted stage."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.chromium import ONE_RENDERER, headless_chromium, lasting_profile
from tests.last_words import WATCHED, Watched
from tests.stage.fake_peer import FakePeer, FakeRun

TOKENS = itertools.count()


@pytest.fixture(scope="package")
def peer() -> Iterator[FakePeer]:
    peer = FakePeer().start()
    yield peer
    peer.stop()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with headless_chromium(ONE_RENDERER) as chromium:
        yield chromium


@pytest.fixture(scope="package")
def context(browser: Browser) -> BrowserContext:
    """One profile for all tests, so that plotly.js is compiled once."""
    return lasting_profile(browser, "127.0.0.1")


@pytest.fixture
def clocked(browser: Browser) -> Iterator[BrowserContext]:
    """A profile whose pages go by a clock that a test can move on: `clocked.clock.run_for(milliseconds)`."""
    context = browser.new_context()
    context.clock.install()
    yield context
    context.close()


@dataclass
class Mounted:
    """A component in a page, and the run behind it."""

    page: Page
    peer: FakePeer
    run: FakeRun
    component: str = "stage"

    @property
    def data(self) -> dict[str, str]:
        return self.page.eval_on_selector(f"[data-testid={self.component}]", "node => ({...node.dataset})")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def choose_to_share(self, name: str) -> None:
        """What the menu beside Copy link offers, by keyboard."""
        self.press("Choose what to copy")
        self.page.get_by_role("menuitem", name=name).press("Enter")

    def wait(self, condition: str, argument: Any = None) -> None:
        """Wait until an expression over the root's dataset `d` (and argument `a`) holds."""
        self.page.wait_for_function(
            f"a => {{ const d = document.querySelector('[data-testid={self.component}]')?.dataset;"
            f" return d && ({condition}); }}",
            arg=argument,
            timeout=20_000,
        )

    def wait_for_peer(self, condition: Callable[[], object]) -> None:
        """Wait until the peer has seen something; the page goes on meanwhile."""
        for _ in range(1000):
            if condition():
                return
            self.page.wait_for_timeout(10)
        raise AssertionError("the peer never saw it")

    def frames_more(self, count: int) -> None:
        self.wait("+d.frames >= a", int(self.data["frames"]) + count)

    def show(self, run: FakeRun, **data: Any) -> None:
        """What Streamlit does when Python hands the component another token."""
        self.run = run
        self.page.evaluate("([token, more]) => { harness.show(token, more); }", [run.token, data])

    def triggers(self) -> list[list[Any]]:
        return self.page.evaluate("harness.triggers")


@pytest.fixture
def mount(peer: FakePeer, context: BrowserContext) -> Iterator[Callable[..., Mounted]]:
    """Mount a stage on a new run."""
    with mounting(peer, context, "stage", FakeRun) as mount:
        yield mount


@contextlib.contextmanager
def mounting(
    peer: FakePeer, context: BrowserContext, component: str, kind: Callable[..., FakeRun]
) -> Iterator[Callable[..., Mounted]]:
    """Mount a component on a new run of a kind; nothing may go wrong in the page unnoticed."""
    errors: list[str] = []
    pages = []

    def mount(
        token: str = "",
        *,
        wait: bool = True,
        size: tuple[int, int] = (900, 644),
        dark: bool = False,
        within: BrowserContext = context,
        **settings: Any,
    ) -> Mounted:
        run = peer.put(kind(f"run{next(TOKENS)}", **settings))
        page = within.new_page()
        page.set_viewport_size({"width": size[0], "height": size[1]})
        pages.append(page)
        WATCHED.append(Watched(page, component))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{peer.url}?component={component}&token={token or run.token}" + ("&dark" if dark else ""))
        mounted = Mounted(page, peer, run, component)
        mounted.wait("true")
        if wait:
            mounted.wait("+d.frames >= 1")
        return mounted

    yield mount
    WATCHED.clear()
    for page in pages:
        page.close()
    context.clear_permissions()
    assert errors == []
