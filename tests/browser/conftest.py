"""One served app and one browser for all tests; each test has a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.chromium import headless_chromium
from tests.served_app import Learner, ServedApp


@pytest.fixture(scope="package")
def app() -> Iterator[ServedApp]:
    served = ServedApp({"PLAYGROUND_WORKERS": "2"}).start().wait_until_loaded(2)
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


@pytest.fixture
def learner_at(browser: Browser) -> Iterator[Callable[..., Learner]]:
    """Someone at a page of an app; nothing may go wrong in the page unnoticed."""
    contexts, errors = [], []

    def sit_down(app: ServedApp, size: tuple[int, int] = (1280, 720), **options: Any) -> Learner:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        return Learner(page, app)

    yield sit_down
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def learner(app: ServedApp, learner_at: Callable[..., Learner]) -> Learner:
    return learner_at(app)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with headless_chromium() as chromium:
        yield chromium
