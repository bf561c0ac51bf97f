"""Where no WebSocket of ours reaches the page: the same stage goes through Streamlit's own."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, WebSocket, expect

from tests.plain_script import PlainScript
from tests.proxies import UPSTREAM, behind
from tests.served_app import PATIENCE, Explorer, Learner, ServedApp

pytestmark = pytest.mark.slow

PASSED_ON = f"""
    proxy_pass http://{UPSTREAM}/;
    proxy_http_version 1.1;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection "upgrade";
    proxy_set_header Host $http_host;
    proxy_read_timeout 1h;
"""
ALL = f"location / {{ {PASSED_ON} }}"
REFUSES = f"location ^~ /_playground/live/ {{ return 403; }} {ALL}"
FRAME = '<iframe src="/~/+/?dataset=circle" width=1200 height=700></iframe>'
BELOW_A_PATH = f"""
location /~/+/ {{ {PASSED_ON} }}
location = /host {{ default_type text/html; return 200 '{FRAME}'; }}
location = /_stcore/health {{ return 200; }}
"""
"""A host's page with ours in a frame, below the path that Streamlit's own host has."""
STEPPED_WITHIN_A_TURN = """async () => {
  const module = performance.getEntriesByType("resource").find((each) => each.name.endsWith("/web/pipe.js"));
  const { pipe } = await import(module.name);
  pipe.take();
  document.querySelector("[data-testid=stSidebar] [data-testid=stNumberInputStepUp]").click();
}"""
"""A turn is taken and a knob turned before either is sent: Streamlit makes one message of both."""
SENTENCE = "Streams through Streamlit's own connection"


@pytest.fixture(name="script", scope="module")
def plain_script() -> Iterator[ServedApp]:
    served = PlainScript({"PLAYGROUND_WORKERS": "2"}).start()
    yield served
    served.stop()


def expect_a_stage_that_works(learner: Learner) -> None:
    """Play, pause, step, scrub, a changed rate, another network: all of it is done, and every epoch is painted."""
    page, frames = learner.page, learner.frames
    learner.press("Play").until_epoch(30).press("Pause").until_state("paused")
    assert learner.frames - frames >= 25, "at one epoch a frame each is painted"
    epoch = learner.epoch
    learner.press("Step").until("+d.epoch > a", epoch)
    page.get_by_role("slider", name="Epoch").press("Home")
    learner.until("+d.epoch == 0").press("Play").until_epoch(epoch + 5).press("Pause").until_state("paused")
    run = learner.stage["run"]
    learner.press("Play").until_epoch(epoch + 10)
    page.get_by_role("combobox", name="Learning rate").click()
    page.get_by_role("option", name="0.1", exact=True).click()
    page.wait_for_url("**learning_rate_from_*=0.1**")
    learner.until_epoch(learner.epoch + 10).press("Pause").until_state("paused")
    assert learner.stage["run"] == run, "it goes on with another rate"
    page.locator('[data-neuron="1-1"]').click()
    box = page.get_by_test_id("weights-card").get_by_label("from x₁, Layer 1, neuron 2")
    box.fill("5")
    box.press("Enter")
    expect(page.get_by_test_id("edited")).to_be_visible()
    page.get_by_role("button", name="Add a hidden layer").click()
    learner.until("d.run != a && d.state == 'ready'", run).press("Play").until_epoch(5)
    learner.press("Pause").until_state("paused")


def sockets_of(page: Page) -> list[WebSocket]:
    """The connections of ours that it opens from now on."""
    opened: list[WebSocket] = []
    page.on("websocket", lambda socket: opened.append(socket) if "/live/" in socket.url else None)
    return opened


def test_a_page_that_is_a_plain_script_trains_and_says_which_way(script: ServedApp, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    opened, foreign = sockets_of(page), []
    page.on("response", lambda answer: foreign.append(answer.url) if answer.status >= 400 else None)
    learner = Learner(page, script).open({"dataset": "circle"})
    expect(page.get_by_text(SENTENCE)).to_contain_text("this host has no live channel")
    expect_a_stage_that_works(learner)
    assert not opened and not foreign, "nothing is asked for that such a host does not have"
    page.close()


def test_what_is_done_at_the_moment_of_a_turn_is_done(script: ServedApp, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.set_default_timeout(1000 * PATIENCE)
    learner = Learner(page, script).open({"dataset": "circle"})
    for _ in range(3):
        learner.until_state("ready")
        before = page.url
        page.evaluate(STEPPED_WITHIN_A_TURN)
        page.wait_for_function("before => location.href !== before", arg=before)
    page.close()


def test_two_learners_of_a_plain_script_train_their_own_networks(script: ServedApp, browser: Browser) -> None:
    one, other = (Learner(browser.new_page(), script).open({"dataset": "circle", "seed": seed}) for seed in (1, 2))
    one.press("Play").until_epoch(10)
    other.press("Play").until_epoch(10)
    assert one.stage["run"] != other.stage["run"]
    other.press("Pause").until_state("paused")
    one.until_epoch(one.epoch + 10)  # what the other one had on its way has come since
    epoch = other.epoch
    one.until_epoch(one.epoch + 10)
    assert other.epoch == epoch
    for learner in (one, other):
        learner.page.close()


def test_a_reload_of_a_plain_script_comes_back_to_its_run(script: ServedApp, browser: Browser) -> None:
    page = browser.new_page()
    learner = Learner(page, script).open({"dataset": "circle"})
    learner.press("Play").until_epoch(10).press("Pause").until_state("paused")
    run = learner.stage["run"]
    page.reload()
    learner.until("d.run == a && d.state == 'paused' && +d.epoch >= 10", run)
    page.close()


def test_a_wall_of_a_plain_script_plays(script: ServedApp, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    explorer = Explorer(page, script).open({"x": "learning_rate", "x_values": "0.01,0.1"}, state=None)
    expect(page.get_by_text(SENTENCE)).to_be_visible()
    explorer.until_state("ready").press("Play").until_epoch(5)
    page.close()


def test_a_plain_script_in_a_frame_below_a_path_trains(script: ServedApp, browser: Browser) -> None:
    with behind("nginx", script, BELOW_A_PATH) as before_it:
        page = browser.new_page(viewport={"width": 1280, "height": 760})
        page.goto(f"{before_it.app.base}host")
        frame = page.frame_locator("iframe")
        stage = frame.get_by_test_id("stage")
        expect(stage).to_have_attribute("data-state", "ready")
        frame.get_by_role("button", name="Play", exact=True).click()
        expect(stage).to_have_attribute("data-state", "playing")
        expect(stage).to_have_attribute("data-epoch", re.compile(r"^\d{2,}$"))
        page.close()


def test_behind_a_proxy_that_refuses_the_live_channel_all_goes_on(app: ServedApp, browser: Browser) -> None:
    with behind("nginx", app, REFUSES) as before_it:
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        opened = sockets_of(page)
        learner = Learner(page, before_it.app).open({"dataset": "circle"})
        expect(page.get_by_text(SENTENCE)).to_contain_text("a proxy refuses the live channel")
        expect_a_stage_that_works(learner)
        assert 1 <= len(opened) <= 4, "it was tried, and not for ever"
        page.close()


def test_behind_a_proxy_that_never_answers_the_live_channel_all_goes_on(app: ServedApp, browser: Browser) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        nowhere = f"http://127.0.0.1:{silent.getsockname()[1]}"
        site = f"location ^~ /_playground/live/ {{ proxy_pass {nowhere}; }} {ALL}"
        with behind("nginx", app, site) as before_it:
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            learner = Learner(page, before_it.app).open({"dataset": "circle"})
            expect(page.get_by_text(SENTENCE)).to_be_visible()
            learner.press("Play").until_epoch(10)
            page.close()


def test_behind_a_proxy_that_accepts_the_live_channel_and_ends_it_all_goes_on(app: ServedApp, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.route_web_socket(re.compile("/_playground/live/"), lambda socket: socket.close(code=1011))
    learner = Learner(page, app).open({"dataset": "circle"})
    expect(page.get_by_text(SENTENCE)).to_be_visible()
    learner.press("Play").until_epoch(10)
    page.close()


def test_where_the_live_channel_is_open_nothing_is_said_of_it(app: ServedApp, browser: Browser) -> None:
    page = browser.new_page()
    learner = Learner(page, app).open({"dataset": "circle"})
    learner.press("Play").until_epoch(10)
    expect(page.get_by_text(SENTENCE)).to_have_count(0)
    page.close()
