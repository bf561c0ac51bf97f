"""One served app and one browser for all tests; each test has a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.chromium import ONE_RENDERER, headless_chromium, lasting_profile
from tests.served_app import PATIENCE, Learner, Pupil, Scheme, ServedApp

expect.set_options(timeout=1000 * PATIENCE)


@pytest.fixture(scope="package")
def app() -> Iterator[ServedApp]:
    served = ServedApp({"PLAYGROUND_WORKERS": "2"}).start().wait_until_loaded(2)
    yield served
    served.stop()


@pytest.fixture(scope="package")
def hasty_app() -> Iterator[ServedApp]:
    """One that soon frees what nobody looks at, so that what is left can be counted; it lies below a base path."""
    settings = {"PLAYGROUND_WORKERS": "1", "PLAYGROUND_IDLE_SECONDS": "3"}
    served = ServedApp({**settings, "STREAMLIT_SERVER_BASE_URL_PATH": "teach/nets"}).start().wait_until_loaded()
    yield served
    served.stop()


@pytest.fixture
def own_app() -> Iterator[Callable[..., ServedApp]]:
    """Start an app that the test may kill."""
    started: list[ServedApp] = []

    def start(environment: dict[str, str] | None = None, port: int | None = None) -> ServedApp:
        started.append(ServedApp({"PLAYGROUND_WORKERS": "1", **(environment or {})}, port).start())
        return started[-1]

    yield start
    for served in started:
        served.stop()


@pytest.fixture(scope="package")
def context_with(browser: Browser) -> Callable[..., BrowserContext]:
    """A profile for each set of options, kept for all tests: what the page loads is fetched and compiled once."""
    contexts: dict[str, BrowserContext] = {}

    def of(**options: Any) -> BrowserContext:
        key = repr(sorted(options.items()))
        if key not in contexts:
            contexts[key] = lasting_profile(browser, "localhost", **options)
        return contexts[key]

    return of


@pytest.fixture
def learner_at(browser: Browser, context_with: Callable[..., BrowserContext]) -> Iterator[Callable[..., Learner]]:
    """Someone at a page of an app; nothing may go wrong in the page unnoticed."""
    pages: list[Page] = []
    errors: list[str] = []

    def sit_down(
        app: ServedApp,
        size: tuple[int, int] = (1280, 720),
        first_visit: bool = False,
        color_scheme: Scheme | None = None,
        **options: Any,
    ) -> Learner:
        """At a page of this size; on a first visit nothing of it is in the browser's cache."""
        page = (browser.new_context(**options) if first_visit else context_with(**options)).new_page()
        pages.append(page)
        page.emulate_media(color_scheme=color_scheme)  # the page's, not the profile's: dark ones would have their own
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.set_default_timeout(1000 * PATIENCE)
        page.on("pageerror", lambda error: errors.append(str(error)))
        return Learner(page, app)

    yield sit_down
    for page in pages:
        page.close()
    assert errors == []


@pytest.fixture
def learner(app: ServedApp, learner_at: Callable[..., Learner]) -> Learner:
    return learner_at(app)


@pytest.fixture
def pupil_at(learner_at: Callable[..., Learner], app: ServedApp) -> Callable[..., Pupil]:
    def sit_down(**options: object) -> Pupil:
        return Pupil(learner_at(app, **options).page, app)

    return sit_down


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with headless_chromium(ONE_RENDERER) as chromium:
        yield chromium
