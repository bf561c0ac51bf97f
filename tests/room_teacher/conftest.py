"""A browser, and a dashboard or a projector mounted alone, which a test hands the messages of a room."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from playground.ui.web import static_files
from tests.chromium import ONE_RENDERER, headless_chromium, lasting_profile

HARNESS = Path(__file__).parent / "harness.html"
STATIC = "/_playground/static/test"


class _Handler(SimpleHTTPRequestHandler):
    """The harness at every address, and the page's modules below theirs."""

    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript"}  # noqa: RUF012

    def translate_path(self, path: str) -> str:
        plain = path.split("?")[0].split("#")[0]
        if not plain.startswith(STATIC):
            return str(HARNESS)
        return super().translate_path(plain.removeprefix(STATIC))

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="package")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(static_files())))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/class"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with headless_chromium(ONE_RENDERER) as chromium:
        yield chromium


@pytest.fixture(scope="package")
def context(browser: Browser) -> BrowserContext:
    return lasting_profile(browser, "127.0.0.1")


@dataclass
class Mounted:
    """A dashboard or a projector in a page."""

    page: Page

    def room(self, view: dict[str, Any]) -> None:
        self.page.evaluate("view => harness.room(view)", view)

    def heard(self, header: dict[str, Any]) -> None:
        self.page.evaluate("header => harness.heard(header)", header)

    def packed(self, message: str) -> None:
        self.page.evaluate("text => harness.packed(text)", message)

    @property
    def said(self) -> list[dict[str, Any]]:
        return self.page.evaluate("harness.said")

    def last(self, kind: str) -> dict[str, Any]:
        """The newest message of a kind that was said."""
        return [message for message in self.said if message["type"] == kind][-1]

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def tile(self, name: str) -> Locator:
        return self.page.locator(f'[data-testid=seat][data-name="{name}"]')

    @property
    def names(self) -> list[str]:
        """Of the tiles, as they stand."""
        return self.page.eval_on_selector_all("[data-testid=seat]", "nodes => nodes.map(node => node.dataset.name)")

    @property
    def focused(self) -> str:
        return self.page.evaluate(
            "document.activeElement.dataset.name ?? document.activeElement.getAttribute('aria-label')"
            " ?? document.activeElement.textContent"
        )


@pytest.fixture
def mount(context: BrowserContext, address: str) -> Iterator[Callable[..., Mounted]]:
    """Mount one; nothing may go wrong in the page unnoticed."""
    errors: list[str] = []
    pages: list[Page] = []

    def mount(
        role: str = "teacher", *, size: tuple[int, int] = (1280, 720), query: str = "", clocked: bool = False
    ) -> Mounted:
        page = context.new_page()
        if clocked:
            page.clock.install()
        page.set_viewport_size({"width": size[0], "height": size[1]})
        pages.append(page)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{address}?role={role}{query}")
        page.wait_for_function("document.querySelector('[data-testid=room]')?.dataset.ready")
        part = "dashboard" if role == "teacher" else "projector"
        page.wait_for_function(f"document.querySelector('[data-testid={part}]').style.visibility === ''")
        return Mounted(page)

    yield mount
    for page in pages:
        page.close()
    assert errors == []
