"""The page behind real reverse proxies, below a path, as `docs/hosting/` sets them up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, WebSocket

from tests.proxies import behind
from tests.served_app import Learner, ServedApp

pytestmark = pytest.mark.slow


@pytest.fixture(name="app", scope="module")
def below_a_path() -> Iterator[ServedApp]:
    app = ServedApp({"STREAMLIT_SERVER_BASE_URL_PATH": "playground", "PLAYGROUND_METRICS_TOKEN": "of the host"}).start()
    yield app
    app.stop()


@pytest.mark.parametrize("proxy", ["nginx", "caddy"])
def test_a_learner_behind_a_proxy_sees_a_network_learn(proxy: str, app: ServedApp, browser: Browser) -> None:
    with behind(proxy, app) as seen:
        page = browser.new_page()
        sockets: list[WebSocket] = []
        failed: list[str] = []
        page.on("websocket", lambda socket: sockets.append(socket))
        page.on("requestfailed", lambda request: failed.append(request.url))
        learner = Learner(page, seen).open({"dataset": "circle"})
        assert page.url.startswith(seen.base)
        learner.press("Play").until_epoch(30)
        assert learner.frames > 0
        learner.press("Pause").until_state("paused", "finished")
        live = [each.url for each in sockets if "/live/" in each.url]
        assert live and all(url.startswith(seen.base.replace("http", "ws") + "_playground/live/") for url in live)
        assert not [url for url in failed if seen.base in url]
        # The figures are the host's alone, behind a proxy too.
        assert page.request.get(f"{seen.base}_playground/metrics").status == 404
        assert page.request.get(f"{seen.base}_playground/metrics?token=of+the+host").status == 200
        page.close()
