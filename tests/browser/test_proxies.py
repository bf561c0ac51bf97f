"""The page behind real reverse proxies, below a path, as `docs/hosting/` sets them up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, WebSocket

from tests.proxies import behind
from tests.served_app import Learner, ServedApp

pytestmark = pytest.mark.slow
TOKEN = "of the host"


@pytest.fixture(name="app", scope="module")
def below_a_path() -> Iterator[ServedApp]:
    app = ServedApp({"STREAMLIT_SERVER_BASE_URL_PATH": "playground", "PLAYGROUND_METRICS_TOKEN": TOKEN}).start()
    yield app
    app.stop()


def figures(page: Page, app: ServedApp) -> dict[str, float]:
    """What the server says to its host, but for what has labels."""
    answer = page.request.get(f"{app.base}_playground/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status == 200
    lines = (line.split() for line in answer.text().splitlines() if not line.startswith("#"))
    return {name: float(value) for name, value in lines if "{" not in name}


@pytest.mark.parametrize("proxy", ["nginx", "caddy"])
def test_a_learner_behind_a_proxy_sees_a_network_learn(proxy: str, app: ServedApp, browser: Browser) -> None:
    with behind(proxy, app) as before_it:
        seen = before_it.app
        page = browser.new_page()
        learner = Learner(page, seen)
        learner.wait(lambda: figures(page, seen)["playground_learners"] == 0)
        before = figures(page, seen)
        sockets: list[WebSocket] = []
        failed: list[str] = []
        page.on("websocket", lambda socket: sockets.append(socket))
        page.on("requestfailed", lambda request: failed.append(request.url))
        learner.open({"dataset": "circle"})
        assert page.url.startswith(seen.base)
        learner.press("Play").until_epoch(30)
        assert learner.frames > 0
        learner.press("Pause").until_state("paused", "finished")
        # Painted is read first: a frame may still be on its way when a run has paused.
        sent = before["playground_frames_sent_total"] + learner.frames
        learner.wait(lambda: figures(page, seen)["playground_frames_sent_total"] >= sent)
        said = figures(page, seen)
        assert said["playground_runs_opened_total"] == before["playground_runs_opened_total"] + 1
        assert said["playground_learners"] == 1
        live = [each.url for each in sockets if "/live/" in each.url]
        assert live and all(url.startswith(seen.base.replace("http", "ws") + "_playground/live/") for url in live)
        assert not [url for url in failed if seen.base in url]
        # The figures are the host's alone, behind a proxy too.
        assert page.request.get(f"{seen.base}_playground/metrics").status == 404
        assert page.request.get(f"{seen.base}_stcore/metrics").status == 404

        # What a link shows is found by the way that the page was asked.
        picture = page.locator("meta[property='og:image']").get_attribute("content") or ""
        assert picture.startswith(f"{seen.base}_playground/preview.png?")
        assert page.request.get(picture).headers["content-type"] == "image/png"

        # Hosts end a connection after a while, an hour on Cloud Run: the page goes on by itself with the same run.
        run, epoch = learner.stage["run"], learner.press("Play").epoch
        before_it.stop()
        before_it.start()
        learner.until_epoch(epoch + 30)
        assert learner.stage["run"] == run
        assert figures(page, seen)["playground_runs_opened_total"] == said["playground_runs_opened_total"]
        page.close()
