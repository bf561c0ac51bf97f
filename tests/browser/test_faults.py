"""What goes wrong on the way, and how the page and the server get over it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Request

from playground.runtime import Limits
from playground.runtime.protocol.limits import MAX_CREDITS
from tests.browser.received import Received
from tests.served_app import Learner, ServedApp

pytestmark = pytest.mark.slow

HIDE = """hidden => {
    Object.defineProperty(document, 'hidden', {get: () => hidden, configurable: true});
    Object.defineProperty(document, 'visibilityState', {get: () => hidden ? 'hidden' : 'visible', configurable: true});
    document.dispatchEvent(new Event('visibilitychange'));
}"""


def test_a_killed_worker_is_replaced_and_the_run_goes_on(
    hasty_app: ServedApp, learner_at: Callable[..., Learner]
) -> None:
    learner = learner_at(hasty_app).open().press("Play").until_epoch(150)
    run, epoch = learner.stage["run"], learner.epoch
    for worker in hasty_app.workers():
        worker.kill()
    learner.until_epoch(epoch + 100)
    assert learner.stage["run"] == run
    assert learner.stage["state"] == "playing"


def test_a_cut_connection_comes_back_and_goes_on(learner: Learner) -> None:
    learner.page.add_init_script(
        """const Native = WebSocket; window.sockets = [];
        window.WebSocket = class extends Native { constructor(...a) { super(...a); window.sockets.push(this); } };"""
    )
    learner.open().press("Play").until_epoch(20)
    run = learner.stage["run"]
    cut = "() => window.sockets.filter(s => s.url.includes('/live/')).forEach(s => s.close())"
    learner.page.evaluate(cut)
    epoch = learner.epoch
    learner.until_epoch(epoch + 50).until_state("playing")
    assert learner.stage["run"] == run


def test_a_killed_server_is_announced_and_its_successor_plays_on(
    own_app: Callable[..., ServedApp], learner_at: Callable[..., Learner]
) -> None:
    app = own_app()
    learner = learner_at(app).open({"dataset": "xor", "noise": "0.1"}).press("Play").until_epoch(200)
    run, epoch = learner.stage["run"], learner.epoch
    app.kill()
    learner.until_state("reconnecting")
    app.start()
    learner.until("d.state === 'playing' && +d.epoch > a", epoch)
    assert learner.stage["run"] == run
    assert "dataset=xor" in learner.page.url and "noise=0.1" in learner.page.url


def test_a_hidden_tab_stops_its_training_and_a_woken_one_goes_on(
    app: ServedApp, learner_at: Callable[..., Learner]
) -> None:
    """Someone else's run, an epoch a frame, is the clock: a run as fast as it goes would get much further."""
    learner, other = learner_at(app), learner_at(app).open({"seed": "9"})
    received = Received(learner.page)
    learner.open({"epochs": "10000"}).choose_speed("As fast as it goes").press("Play").until_epoch(50)
    learner.page.evaluate(HIDE, True)
    frames = len(received.of("frame"))
    other.press("Play").until_epoch(200)
    assert len(received.of("frame")) <= frames + MAX_CREDITS, "more came than was under way"
    epoch = learner.epoch
    learner.choose_speed("One epoch a frame")
    learner.page.evaluate(HIDE, False)
    learner.until("+d.epoch > a", epoch)
    assert learner.epoch < epoch + 1000, "hardly anything was trained while nobody looked"
    learner.until_epoch(learner.epoch + 10)


def test_a_closed_tab_frees_its_run(hasty_app: ServedApp, learner_at: Callable[..., Learner]) -> None:
    learner = learner_at(hasty_app).open().press("Play").until_epoch(10)
    assert hasty_app.counts()["runs"] >= 1
    learner.page.close()
    hasty_app.wait(lambda: hasty_app.counts()["runs"] == 0)
    assert Limits().idle_seconds < 60


def test_runs_that_were_replaced_while_playing_are_freed(
    hasty_app: ServedApp, learner_at: Callable[..., Learner]
) -> None:
    learner = learner_at(hasty_app).open().press("Play").until_epoch(10)
    for _ in range(4):
        run = learner.stage["run"]
        learner.press("New weights").until("d.run !== a", run).until_epoch(5)
    learner.wait(lambda: hasty_app.counts()["runs"] == 1)


def test_it_works_below_a_base_path(hasty_app: ServedApp, learner_at: Callable[..., Learner]) -> None:
    assert hasty_app.base.endswith("/teach/nets/")
    learner_at(hasty_app).open().press("Play").until_epoch(10)


def test_nothing_is_fetched_from_anywhere_else(app: ServedApp, learner_at: Callable[..., Learner]) -> None:
    learner, elsewhere = learner_at(app), []
    learner.page.on(
        "request", lambda request: elsewhere.append(request.url) if not _is_local(request.url, app.port) else None
    )
    learner.open().press("Play").until_epoch(10)
    assert elsewhere == []


def _is_local(url: str, port: int) -> bool:
    return url.startswith((f"http://localhost:{port}/", f"ws://localhost:{port}/", "data:", "blob:"))


def test_our_own_share_of_the_page_is_below_150_kilobytes(app: ServedApp, learner_at: Callable[..., Learner]) -> None:
    learner = learner_at(app, first_visit=True)
    sizes: dict[str, int] = {}

    def weigh(request: Request) -> None:
        if "/_playground/static/" in request.url:
            sizes[request.url] = request.sizes()["responseBodySize"]  # as it travels: packed

    learner.page.on("requestfinished", weigh)
    learner.open().until("+d.frames >= 1")
    assert 0 < sum(sizes.values()) <= 150_000


def test_secrets_set_the_number_of_workers(tmp_path: Path, own_app: Callable[..., ServedApp]) -> None:
    secrets = tmp_path / ".streamlit" / "secrets.toml"
    secrets.parent.mkdir()
    secrets.write_text('PLAYGROUND_WORKERS = "3"\n')
    own_app({"HOME": str(tmp_path), "USERPROFILE": str(tmp_path), "PLAYGROUND_WORKERS": ""}).wait_until_loaded(3)
