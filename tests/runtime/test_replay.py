"""A replay: a file that needs nothing else, small, and with the very maps that a page was sent."""

from __future__ import annotations

import base64
import io
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from playground import engine
from playground.core import Data, Experiment, Model, Train
from playground.core.history import History
from playground.core.rates import RateChange
from playground.core.thinning import evenly
from playground.runtime.engine import Engine
from playground.runtime.protocol.packing import unpack
from playground.runtime.protocol.page import Show
from playground.runtime.replay import html, record
from playground.runtime.replay.moving import animated
from playground.runtime.replay.recording import shown_epochs
from playground.runtime.replay.thinning import MOST_BYTES, MOST_FRAMES
from playground.runtime.report import of_run
from playground.runtime.scene import first_view, scene_of
from playground.runtime.views.network import NetworkOptions
from playground.runtime.views.snapshot import Snapshot
from tests import axe
from tests.chromium import headless_chromium
from tests.runtime.runs import OpenRun
from tests.runtime.workbench import Message, messages_of, train

engine.configure_process()
EXPERIMENT = Experiment(data=Data(samples=60), model=Model(hidden=(4, 12)), train=Train(learning_rate=0.1))
EPOCHS = 40
HOSTILE = "</script><img src=x onerror=alert(1)>"


@lru_cache(maxsize=1)
def history() -> History:
    kept = History(10**7)
    for each, _ in zip(engine.train(EXPERIMENT), range(EPOCHS + 1), strict=False):
        row = [each.epoch, each.loss, each.accuracy, each.val_loss, each.val_accuracy, each.learning_rate]
        kept.append(each.epoch, each.weights, row)
    return kept


def snapshot() -> Snapshot:
    x1, x2 = first_view(EXPERIMENT.data)
    program, weights = engine.compile_program(EXPERIMENT), history().weights_at(EPOCHS)[1]
    computes = cast(Engine, engine)
    return Snapshot(computes, program, EXPERIMENT, history(), EPOCHS, EPOCHS, EPOCHS, weights, x1, x2, 1000, memory={})


def recorded(look: Snapshot | None = None, **told: Any) -> tuple[list[float], str]:
    """The shares that were told on the way, and the text."""
    slices, shares = record(look or snapshot(), **told), []
    while True:
        try:
            shares.append(next(slices))
        except StopIteration as done:
            return shares, done.value


def content_of(text: str) -> Message:
    found = re.search(r'id="archive">([A-Za-z0-9+/=]*)</script>', text)
    assert found
    return unpack(zlib.decompress(base64.b64decode(found[1]), -15))


def sent(frames: int, classes: int = 1, seed: int = 0) -> tuple[Message, list[Message]]:
    """What a page might have been sent: maps in which nothing can be foretold."""
    random = np.random.default_rng(seed)
    scene = scene_of(EXPERIMENT, 100)
    plane = {"x1": (-6.0, 6.0), "x2": (-6.0, 6.0), "lo": 0.0, "hi": 1.0}
    found = []
    for epoch in range(frames):
        arrays = {
            "map": random.integers(0, 256, (classes, 100, 100), np.uint8),
            "lines": np.array([[-6, -6], [6, 6], [np.nan, np.nan]], np.float32),
            "curves": np.array([[epoch, 1, 1, 1, 1, 0.1]], np.float32),
        }
        found.append(({**plane, "epoch": epoch, "curves_start": epoch}, arrays))
    return (dict(scene.header), dict(scene.points)), found


def test_the_share_done_rises_and_the_text_comes_last() -> None:
    shares, text = recorded()
    assert len(shares) > EPOCHS and shares == sorted(shares) and 0 < shares[0] < shares[-1] < 1
    assert text.startswith("<!doctype html>") and len(text) < MOST_BYTES
    header, arrays = content_of(text)
    assert [frame["epoch"] for frame in header["frames"]] == list(range(EPOCHS + 1))
    assert arrays["curves"][:, 0].tolist() == list(range(EPOCHS + 1))


def test_nothing_outside_the_file_is_named_and_nothing_may_be_fetched() -> None:
    _shares, text = recorded()
    assert "default-src 'none'" in text
    page = re.sub(r'<script type="(importmap|text/plain)".*?</script>', "", text, flags=re.DOTALL)
    assert not re.search(r"(?:src|href)=|url\(|@import|https?://", page)


def test_a_long_training_is_thinned_evenly_and_keeps_both_ends_and_all_rows() -> None:
    hello, frames = sent(250, classes=2)
    text = html(hello, frames)
    header, arrays = content_of(text)
    epochs = [frame["epoch"] for frame in header["frames"]]
    steps = set(np.diff(epochs).tolist())
    assert MOST_BYTES * 0.8 < len(text.encode()) <= MOST_BYTES
    assert (epochs[0], epochs[-1]) == (0, 249) and max(steps) - min(steps) <= 1
    assert arrays["curves"][:, 0].tolist() == list(range(250))


def test_evenly_spaced_are_the_first_and_the_last_and_no_more_than_asked_for() -> None:
    for count in (1, 2, 3, 10, 1001):
        for most in (2, 3, MOST_FRAMES):
            found = evenly(range(count), most)
            assert len(found) == min(count, most) and (found[0], found[-1]) == (0, count - 1)
            assert found == sorted(set(found))


def test_what_others_wrote_is_text_and_an_address_that_is_none_is_no_link() -> None:
    hello, frames = sent(1)
    facts = {**hello[0]["experiment"], "classes": [HOSTILE, "b"]}
    header = {**hello[0], "experiment": facts, "summary": HOSTILE}
    text = html((header, hello[1]), frames, settings=[(HOSTILE, HOSTILE)], title=HOSTILE, address="javascript:alert(1)")
    assert "<img" not in text and text.count("</script>") == 3 and "javascript:alert" not in text and "<a " not in text
    assert content_of(text)[0]["hello"]["experiment"]["classes"][0] == HOSTILE
    linked = html(hello, frames, address='https://there.example/play?x="><img>')
    assert '<a href="https://there.example/play?' in linked and "<img" not in linked


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda frames: [], "must have one frame or more. Got none"),
        (lambda frames: frames[::-1], "rising epochs"),
        (lambda frames: [frames[0], ({**frames[1][0], "x1": (0.0, 1.0)}, frames[1][1])], "one plane"),
    ],
)
def test_frames_that_make_no_replay_are_refused(change: Callable[[Any], Any], words: str) -> None:
    hello, frames = sent(2)
    with pytest.raises(ValueError, match=words):
        html(hello, change(frames))


def test_the_link_and_the_settings_are_those_of_the_whole_run_and_the_plane_is_the_one_looked_at() -> None:
    changed = EXPERIMENT.model_copy(update={"changes": (RateChange(7, "learning_rate", 0.3),)})
    look = replace(snapshot(), x1=(0.0, 1.0), x2=(-1.0, 2.0), experiment=changed.in_force(EPOCHS))
    _shares, text = recorded(look, experiment=changed, edited=True)
    header = content_of(text)[0]["hello"]
    assert (header["x1"], header["x2"]) == ([0, 1], [-1, 2])
    assert "learning_rate_from_7=0.3" in header["course"]["link"] and "edited=true" in header["course"]["link"]
    assert "<dt>From epoch 7</dt><dd>rate 0.3</dd>" in text and "<h1>Circle · 4, 12 Tanh · SGD 0.1</h1>" in text


def test_a_run_whose_data_no_link_holds_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "<dt>Link</dt>" in recorded()[1] and "<dt>Link</dt>" in of_run(snapshot())
    monkeypatch.setattr(Experiment, "fits_in_link", property(lambda _experiment: False))
    text = recorded()[1]
    assert "<dt>Link</dt>" not in text and content_of(text)[0]["hello"]["course"]["link"] == ""
    assert "<dt>Link</dt>" not in of_run(snapshot())


def test_a_run_is_an_animation_too() -> None:
    slices, shares = animated(snapshot(), "apng"), []
    while True:
        try:
            shares.append(next(slices))
        except StopIteration as done:
            picture = Image.open(io.BytesIO(done.value))
            break
    assert getattr(picture, "n_frames", 1) == EPOCHS + 1
    assert shares == sorted(shares) and shares[-1] == 1


def test_a_network_whose_weights_are_no_numbers_is_not_shown() -> None:
    look = snapshot()
    diverged = History(10**7)
    for epoch in range(4):
        weights = [np.full_like(each, np.nan if epoch == 3 else 1.0) for each in look.weights]
        diverged.append(epoch, weights, [epoch, np.nan, np.nan, np.nan, np.nan, 0.1])
    assert shown_epochs(replace(look, history=diverged, newest=3)) == [0, 1, 2]


# In a browser without a network -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with headless_chromium() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("replay") / "replay.html"
    path.write_text(recorded(title="A replay")[1], encoding="utf-8")
    return path


Open = Callable[..., Page]


@pytest.fixture(name="opened")
def opening(browser: Browser, file: Path) -> Iterator[Open]:
    """Opens the file in a browser that is offline; nothing may go wrong in it unnoticed, and nothing be asked for."""
    contexts, faults = [], []

    def opened(size: tuple[int, int] = (1024, 768), dark: bool = False, clock: bool = False) -> Page:
        context = browser.new_context(
            offline=True, viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if dark else "light"
        )
        contexts.append(context)
        if clock:
            context.clock.install(time=0)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: faults.append(request.url) if request.url.startswith("http") else None)
        page.goto(file.as_uri())
        page.wait_for_selector("[data-testid=replay][data-ready=true]")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def data_of(page: Page) -> dict[str, str]:
    return page.eval_on_selector("[data-testid=replay]", "node => ({...node.dataset})")


FRAME = """async index => {
    const { unpacked } = await import("replay/archive.js");
    const archive = await unpacked(document.getElementById("archive").textContent);
    const { arrays } = archive.frame(index < 0 ? archive.frames.length + index : index);
    const plain = Object.entries(arrays).map(([name, { data, shape }]) => [name, { data: Array.from(data), shape }]);
    return Object.fromEntries(plain);
}"""


def test_the_browser_unpacks_the_very_frame_that_a_page_is_sent(opened: Open, open_run: OpenRun) -> None:
    run = open_run(EXPERIMENT)
    run.show(Show(view=NetworkOptions()))
    messages_of(run)
    header, arrays = train(run, EPOCHS)[-1]
    found = opened().evaluate(FRAME, -1)
    plain = {name: np.array(each["data"], np.float64).reshape(each["shape"]) for name, each in found.items()}
    assert header["epoch"] == EPOCHS
    np.testing.assert_array_equal(plain["map"], arrays["map"])
    for name in ("links", "biases"):
        np.testing.assert_allclose(plain[name], arrays[name], rtol=5e-4)
    assert np.abs(plain["neurons"] - arrays["neurons"][:, ::2, ::2]).max() <= 3
    np.testing.assert_allclose(plain["lines"], arrays["lines"], atol=12 / 4094)


def test_it_plays_as_fast_as_the_screen_shows_and_stops_at_the_end(opened: Open) -> None:
    page = opened(clock=True)
    page.clock.pause_at(3_600_000)
    assert data_of(page)["epoch"] == str(EPOCHS)  # it begins with what came of it
    page.keyboard.press("Space")
    began = int(data_of(page)["frames"])
    page.clock.run_for(600)
    assert data_of(page)["state"] == "playing"
    painted = int(data_of(page)["frames"]) - began
    assert painted >= 0.6 * 30 and int(data_of(page)["epoch"]) >= painted - 1
    page.clock.run_for(1000)
    assert (data_of(page)["state"], data_of(page)["epoch"]) == ("paused", str(EPOCHS))


def test_it_is_gone_through_by_keyboard_and_says_what_is_there(opened: Open) -> None:
    page = opened()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert data_of(page)["epoch"] == "1"
    row = history().curves()[1]
    assert f"loss {row[1]:.4f}, test {row[3]:.4f}" in page.get_by_test_id("figures").inner_text()
    page.get_by_role("slider", name="Epoch shown").press("End")
    assert data_of(page)["epoch"] == str(EPOCHS)
    page.get_by_role("group", name="Plane: arrow keys move over it").press("ArrowUp")
    assert data_of(page)["epoch"] == str(EPOCHS) and "P(class 1) = " in page.get_by_test_id("tip").inner_text()
    page.get_by_role("button", name="Input x₁: its map").focus()
    page.keyboard.press("ArrowRight")
    tip = page.get_by_test_id("network").locator(".kp-tip")
    assert "Layer 1, neuron 1" in tip.inner_text() and "bias" in tip.inner_text()


def test_the_mouse_finds_a_point_and_an_epoch(opened: Open) -> None:
    page = opened()
    at = page.evaluate(
        """async () => {
        const { unpacked } = await import("replay/archive.js");
        const { hello } = await unpacked(document.getElementById("archive").textContent);
        const [[a, b], [c, d]] = [hello.header.x1, hello.header.x2];
        const [x, y] = hello.arrays.train_x.data;
        const box = document.querySelector("[data-testid=plane]").getBoundingClientRect();
        const [width, height] = [box.width - 48, box.height - 44];
        return { x: box.left + 40 + width * (x - a) / (b - a), y: box.top + 8 + height * (1 - (y - c) / (d - c)) };
    }"""
    )
    page.mouse.move(at["x"], at["y"])
    assert re.search(r"Training point, class [01]", page.get_by_test_id("tip").inner_text())
    page.get_by_test_id("curves-loss").click(position={"x": 48, "y": 60})
    assert int(data_of(page)["epoch"]) <= 1


@pytest.mark.parametrize(("size", "dark"), [((1440, 900), True), ((1024, 768), False), ((390, 844), True)])
def test_it_fits_and_is_accessible(opened: Open, size: tuple[int, int], dark: bool) -> None:
    page = opened(size, dark)
    assert axe.faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if size[0] > 760:  # what is watched is on one screen
        for panel in page.locator(".kp-panel").all():
            box = panel.bounding_box()
            assert box and box["y"] + box["height"] <= size[1]
