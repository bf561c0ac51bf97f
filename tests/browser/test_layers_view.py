"""The layers tab in a real browser: the points after each layer, and the morph between layers."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from tests.browser.received import Message, Received
from tests.served_app import PATIENCE, Learner

PICTURE = """node => {
    const canvas = node.querySelector('canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let hash = 0;
    for (const value of data) hash = (Math.imul(hash, 31) + value) | 0;
    const colors = new Set();
    for (let i = 0; i < data.length; i += 4) colors.add(data[i] << 16 | data[i + 1] << 8 | data[i + 2]);
    return `${hash} of ${canvas.width}×${canvas.height}` + (colors.size < 3 ? ', blank' : '');
}"""
INSIDE = """node => {
    const outer = node.closest('.kp-views').getBoundingClientRect();
    const inside = part => {
        const box = part.getBoundingClientRect();
        return box.left >= outer.left && box.right <= outer.right + .5
            && box.top >= outer.top && box.bottom <= outer.bottom + .5;
    };
    return [...node.querySelectorAll('canvas, button, input, .kp-layers-mark, strong')].every(inside);
}"""


class Layers:
    """The view, and what the server sent for it."""

    def __init__(self, learner: Learner) -> None:
        self.learner, self.received = learner, Received(learner.page)

    @property
    def messages(self) -> list[Message]:
        """Those of this view, oldest first."""
        return [message for message in self.received.of("view") if message[0]["view"]["name"] == "layers"]

    @property
    def computed(self) -> dict[str, int]:
        """How often each view was computed, as the newest frame says."""
        return dict(self.received.frame[0]["computed"])

    @property
    def node(self) -> Locator:
        return self.learner.page.get_by_test_id("layers-view")

    def open(self, query: dict[str, str], epoch: int = 0) -> Layers:
        self.learner.open(query)
        self.learner.page.get_by_role("tab", name="Layers").click()
        return self.at_epoch(epoch)

    def at_epoch(self, epoch: int) -> Layers:
        expect(self.node).to_have_attribute("data-epoch", str(epoch), timeout=PATIENCE * 1000)
        return self

    def train(self, epochs: int, pictures: int = 1) -> int:
        """Train until so many pictures have come, and settle: the newest epoch is on screen everywhere."""
        shown = len(self.messages)
        self.learner.press("Play").until_epoch(epochs)
        self.learner.wait(lambda: len(self.messages) >= shown + pictures)
        newest = self.received.settle(self.learner)
        self.at_epoch(newest)
        return newest

    def scrub(self, epoch: int) -> Layers:
        script = "(range, epoch) => { range.value = epoch; range.dispatchEvent(new Event('input', {bubbles: true})); }"
        self.learner.page.get_by_label("Epoch shown").evaluate(script, epoch)
        return self.at_epoch(epoch)

    def go_to(self, position: float) -> Layers:
        script = "(range, at) => { range.value = at; range.dispatchEvent(new Event('input', {bubbles: true})); }"
        self.slider.evaluate(script, position)
        expect(self.node).to_have_attribute("data-stage", f"{position:g}")
        return self

    @property
    def slider(self) -> Locator:
        return self.node.get_by_role("slider")

    def picture(self) -> str:
        """What is on the canvas, once it is drawn."""
        self.learner.until_painted()
        picture = str(self.node.evaluate(PICTURE))
        assert "blank" not in picture
        return picture


@pytest.fixture
def layers(learner: Learner) -> Layers:
    return Layers(learner)


def test_the_points_move_while_the_network_trains_and_an_epoch_always_looks_the_same(layers: Layers) -> None:
    layers.open({"dataset": "spirals", "classes": "3", "hidden": "8,2"})
    assert layers.node.locator("strong").inner_text() == "layer 2: 2 tanh"
    untrained = layers.picture()
    newest = layers.train(40, pictures=4)  # it follows while the network trains
    assert len({header["epoch"] for header, _ in layers.messages}) >= 4
    trained = layers.picture()
    assert trained != untrained
    layers.scrub(10)
    early, early_sent = layers.picture(), layers.messages[-1]
    layers.scrub(newest)
    assert layers.picture() == trained
    layers.scrub(10)
    assert layers.picture() == early != trained
    again = layers.messages[-1]
    assert again[0] == early_sent[0]
    assert all(np.array_equal(again[1][name], early_sent[1][name]) for name in early_sent[1])


@pytest.mark.slow
def test_the_slider_morphs_from_the_input_to_the_output(layers: Layers) -> None:
    layers.open({"hidden": "4,2"})
    positions = {0: "input", 0.5: "input → layer 1", 1: "layer 1: 4 tanh", 2: "layer 2: 2 tanh", 3: "output: 1 sigmoid"}
    pictures = set()
    for position, name in positions.items():
        layers.go_to(position)
        assert layers.node.locator("strong").inner_text() == name
        assert layers.slider.get_attribute("aria-valuetext") == name
        pictures.add(layers.picture())
    assert len(pictures) == len(positions)


@pytest.mark.slow
def test_play_goes_through_all_layers_and_stops_at_the_output(layers: Layers) -> None:
    layers.open({"hidden": "4,2"}).go_to(0)
    layers.learner.page.evaluate(
        """() => {
            const node = document.querySelector('[data-testid=layers-view]');
            window.seen = new Set();
            const look = () => window.seen.add(node.dataset.stage);
            new MutationObserver(look).observe(node, {attributeFilter: ['data-stage']});
        }"""
    )
    layers.node.get_by_role("button", name="Play the morph").click()
    expect(layers.node.get_by_role("button", name="Pause the morph")).to_be_visible()
    expect(layers.node).to_have_attribute("data-stage", "3", timeout=PATIENCE * 1000)
    expect(layers.node.get_by_role("button", name="Play the morph")).to_be_visible()
    seen = layers.learner.page.evaluate("() => [...window.seen].map(Number)")
    assert {1, 2, 3} <= set(seen)
    assert sum(value % 1 != 0 for value in seen) >= 10, "it moves smoothly"
    assert seen == sorted(seen)
    drawn = layers.node.get_attribute("data-drawn")
    for _ in range(10):
        layers.learner.until_painted()
    assert layers.node.get_attribute("data-drawn") == drawn, "nothing is drawn while nothing moves"


@pytest.mark.slow
def test_arrow_keys_go_from_layer_to_layer(layers: Layers) -> None:
    layers.open({"hidden": "4,2"}).go_to(0)
    for key, stage in (
        ("ArrowRight", "1"),
        ("End", "3"),
        ("ArrowLeft", "2"),
        ("Home", "0"),
        ("Shift+ArrowRight", "0.05"),
    ):
        layers.slider.press(key)
        expect(layers.node).to_have_attribute("data-stage", stage)


@pytest.mark.slow
def test_a_layer_let_go_of_nearby_is_taken(layers: Layers) -> None:
    layers.open({"hidden": "4,2"}).go_to(1.1)
    layers.slider.dispatch_event("change")
    expect(layers.node).to_have_attribute("data-stage", "1")
    layers.go_to(1.4).slider.dispatch_event("change")
    layers.picture()
    expect(layers.node).to_have_attribute("data-stage", "1.4")


@pytest.mark.slow
def test_three_dimensions_can_be_turned_by_mouse_and_keys(layers: Layers) -> None:
    layers.open({"hidden": "6,3"}).go_to(2)
    flat = layers.picture()
    layers.node.page.get_by_role("button", name="3-D").click()
    expect(layers.node.locator("canvas")).to_have_attribute("tabindex", "0")
    assert layers.messages[-1][1]["coords"].shape[2] == 3
    pictures = [flat, layers.picture()]
    canvas = layers.node.locator("canvas")
    box = canvas.bounding_box()
    assert box is not None
    mouse = layers.node.page.mouse
    mouse.move(box["x"] + 100, box["y"] + 60)
    mouse.down()
    mouse.move(box["x"] + 150, box["y"] + 80)
    mouse.up()
    pictures.append(layers.picture())
    for key in ("ArrowLeft", "ArrowUp"):
        canvas.press(key)
        pictures.append(layers.picture())
    assert len(set(pictures)) == len(pictures)
    mouse.move(box["x"] + 200, box["y"] + 90)
    assert layers.picture() == pictures[-1], "it turns only while it is held"


@pytest.mark.slow
def test_the_grid_is_asked_for_and_drawn(layers: Layers) -> None:
    layers.open({"hidden": "4,2"})
    without = layers.picture()
    assert "grid" not in layers.messages[-1][1]
    layers.node.page.get_by_label("Grid").check()
    layers.node.page.wait_for_function("before => +document.querySelector('.kp-views').dataset.shown > before", arg=1)
    assert "grid" in layers.messages[-1][1]
    assert layers.picture() != without
    layers.node.page.get_by_label("Grid").uncheck()
    layers.node.page.wait_for_function("before => +document.querySelector('.kp-views').dataset.shown > before", arg=2)
    assert layers.picture() == without


@pytest.mark.slow
def test_a_view_that_is_not_shown_is_not_computed(layers: Layers) -> None:
    layers.open({"hidden": "4,2"})
    layers.train(10)
    layers.node.page.get_by_role("tab", name="Network").click()
    learner = layers.learner
    epoch = learner.epoch
    learner.press("Step").until("d.epoch === a", str(epoch + 1))
    before, sent = layers.computed["layers"], len(layers.messages)
    assert before > 0
    learner.press("Play").until_epoch(learner.epoch + 30).press("Pause").until_state("paused")
    assert layers.computed["layers"] == before
    assert len(layers.messages) == sent


@pytest.mark.slow
def test_another_network_is_shown_with_its_own_layers(layers: Layers) -> None:
    layers.open({"hidden": "4,2"})
    learner = layers.learner
    run = learner.stage["run"]
    learner.page.get_by_role("button", name="New data").click()
    learner.until("d.run !== a", run)
    expect(layers.node).not_to_have_attribute("data-stale", "")
    layers.at_epoch(0)
    layers.picture()


@pytest.mark.slow
@pytest.mark.parametrize("hidden", ["", "4,2", "8,8,8,8,8,8,8,8"])
def test_everything_fits_into_the_panel(layers: Layers, hidden: str) -> None:
    layers.open({"hidden": hidden} if hidden else {"hidden": "none"})
    for size in [(1280, 720), (1440, 900), (390, 844)]:
        layers.learner.resize(size).wait(lambda: layers.node.evaluate(INSIDE))
        expect_marks_apart(layers, hidden)


def expect_marks_apart(layers: Layers, hidden: str) -> None:
    marks = [mark.bounding_box() for mark in layers.node.locator(".kp-layers-mark").all()]
    assert len(marks) == (len(hidden.split(",")) if hidden else 0) + 2
    for left, right in pairwise(marks):
        assert left is not None and right is not None
        assert left["x"] + left["width"] < right["x"], "names do not overlap"
