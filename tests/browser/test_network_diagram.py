"""The network diagram in a real browser: every neuron's map, weights to see and to edit, the network changed there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from playground.core import Experiment
from playground.engine import build_model, compile_program, configure_process, neuron_maps
from tests.browser.received import Received
from tests.served_app import Learner, ServedApp

configure_process()


def neuron(learner: Learner, layer: int, unit: int) -> Locator:
    return learner.page.locator(f'[data-neuron="{layer}-{unit}"]')


def card(learner: Learner) -> Locator:
    return learner.page.get_by_test_id("weights-card")


def until_query(learner: Learner, **wanted: str) -> None:
    for name, value in wanted.items():
        learner.page.wait_for_function(
            "([name, value]) => new URLSearchParams(location.search).get(name) === value", arg=[name, value]
        )


def painted(learner: Learner, layer: int, unit: int) -> np.ndarray:
    """A neuron's map as it is on the screen, (n, n, 3) RGB; row 0 is at the top."""
    script = """name => {
        const box = document.querySelector(`[data-neuron="${name}"]`).getBoundingClientRect();
        const canvas = document.querySelector(".kp-network-canvas");
        const from = canvas.getBoundingClientRect(), ratio = canvas.width / from.width;
        const n = Math.round(box.width * ratio);
        const [x, y] = [(box.x - from.x) * ratio, (box.y - from.y) * ratio];
        return [n, ...canvas.getContext("2d").getImageData(x, y, n, n).data];
    }"""
    n, *rgba = learner.page.evaluate(script, f"{layer}-{unit}")
    return np.reshape(rgba, (n, n, 4))[..., :3]


def test_every_neuron_is_painted_with_its_own_map_and_all_move_while_it_trains(learner: Learner) -> None:
    received = Received(learner.page)
    learner.open({"hidden": "8,8", "features": "x1,x2,x1x2", "epochs": "40"})
    before = [painted(learner, 1, unit) for unit in range(8)]
    learner.press("Play").until_state("finished").until_epoch(40).until_painted()
    after = [painted(learner, 1, unit) for unit in range(8)]
    assert all((a != b).any() for a, b in zip(after, before, strict=True))
    header, arrays = received.frame
    for unit in range(8):
        values = arrays["neurons"][unit].astype(float) / 127.5 - 1
        n = len(after[unit])
        for row, column in ((6, 6), (6, 18), (18, 6), (18, 18)):
            red, _green, blue = after[unit][n - 1 - row * n // 24, column * n // 24]  # row 0 of a map is its lowest x2
            if abs(values[row, column]) > 0.5:
                assert (blue > red) == (values[row, column] > 0), unit  # orange is negative, blue is positive
    assert header["epoch"] == learner.epoch


@pytest.mark.slow
def test_the_maps_on_the_page_are_those_of_the_keras_model(learner: Learner) -> None:
    received = Received(learner.page)
    query = {"hidden": "5,3", "activation": "relu,tanh", "dataset": "moons"}
    learner.open(query)
    for epoch in (1, 2, 3):
        learner.press("Step").until(f"d.epoch === '{epoch}'")
    header, arrays = received.frame
    experiment, refused = Experiment.from_query(query)
    assert not refused and header["epoch"] == 3
    shapes = [weight.shape for weight in build_model(experiment).get_weights()]
    links = np.split(arrays["links"], np.cumsum([np.prod(shape) for shape in shapes[::2]])[:-1])
    biases = np.split(arrays["biases"], np.cumsum([shape[0] for shape in shapes[1::2]])[:-1])
    weights: list[Any] = []
    for link, bias, shape in zip(links, biases, shapes[::2], strict=True):
        weights += [link.reshape(shape), bias]
    maps = neuron_maps(compile_program(experiment), experiment, weights, tuple(header["x1"]), tuple(header["x2"]))[1:3]
    for layer, column in zip(maps, header["network"]["columns"], strict=True):
        shown, arrays["neurons"] = arrays["neurons"][: len(layer)], arrays["neurons"][len(layer) :]
        values = (shown.astype(float) / 127.5 - 1) * column["reach"]
        np.testing.assert_allclose(
            values, np.clip(layer, -column["reach"], column["reach"]), atol=column["reach"] / 200
        )


@pytest.mark.slow
def test_a_neuron_under_the_mouse_fills_the_main_chart_and_lists_its_weights(learner: Learner) -> None:
    received = Received(learner.page)
    learner.open()
    boundary = learner.page.get_by_role("region", name="Decision boundary", exact=True)
    neuron(learner, 1, 2).hover()
    expect(boundary).to_contain_text("Layer 1, neuron 3")
    expect(card(learner)).to_contain_text("from x₂")
    header, arrays = received.until(learner, lambda header, _: (header.get("focus") or {}).get("unit") == 2)
    assert header["focus"]["layer"] == 1
    expected = np.array([header["focus"]["bias"], *arrays["incoming"]])
    output = card(learner).locator("output")
    expect(output).to_have_count(len(expected))
    learner.wait(lambda: np.allclose([float(text) for text in output.all_inner_texts()], expected, rtol=0, atol=6e-4))
    learner.page.mouse.move(5, 5)
    expect(boundary).to_contain_text("Decision boundary")
    expect(card(learner)).to_be_hidden()


@pytest.mark.slow
@pytest.mark.parametrize("playing", [False, True], ids=["paused", "running"])
def test_a_weight_can_be_edited_and_the_run_and_its_link_say_so(learner: Learner, playing: bool) -> None:
    received = Received(learner.page)
    learner.open({"learning_rate": "1e-05"}).press("Play").until_epoch(5)
    if not playing:
        learner.press("Pause").until_state("paused")
    expect(learner.page.get_by_test_id("edited")).to_be_hidden()
    neuron(learner, 2, 1).click()
    for source, value in ((1, 5.0), (2, -3.5), (4, 0.125)):
        box = card(learner).get_by_label(f"from neuron {source}, Layer 2, neuron 2")
        box.fill(str(value))
        box.press("Enter")
        place, wanted = 8 + 2 * (source - 1) + 1, value
        received.until(learner, partial(_holds, place, wanted))
    box = card(learner).get_by_label("bias, Layer 2, neuron 2")
    box.fill("1.5")
    box.press("Tab")
    _, arrays = received.until(learner, lambda _, arrays: abs(arrays["biases"][5] - 1.5) < 0.01)
    np.testing.assert_allclose(arrays["links"][9:16:2][[0, 1, 3]], [5, -3.5, 0.125], atol=0.02)
    expect(learner.page.get_by_test_id("edited")).to_be_visible()
    learner.page.wait_for_url("**edited=true**")
    learner.press("Rewind").until("d.epoch === '0'")
    expect(learner.page.get_by_test_id("edited")).to_be_hidden()
    learner.page.wait_for_function("!location.search.includes('edited')")


def _holds(link: int, value: float, _header: dict[str, Any], arrays: dict[str, Any]) -> bool:
    return bool(abs(arrays["links"][link] - value) < 0.01)


@pytest.mark.slow
def test_a_link_and_a_bias_can_be_clicked_and_edited(learner: Learner) -> None:
    received = Received(learner.page)
    learner.open().until("+d.frames >= 1").until_painted()
    a, b = neuron(learner, 0, 0).bounding_box(), neuron(learner, 1, 0).bounding_box()
    assert a and b
    start, end = (a["x"] + a["width"], a["y"] + a["height"] / 2), (b["x"], b["y"] + b["height"] / 2)
    learner.page.mouse.click(end[0] - 0.08 * (end[0] - start[0]), end[1] + 0.02 * (start[1] - end[1]))
    box = card(learner).get_by_label("from x₁, Layer 1, neuron 1")
    box.fill("0,75")  # a comma is what many keyboards have
    box.press("Enter")
    received.until(learner, lambda _, arrays: arrays["links"][0] == 0.75)
    learner.page.keyboard.press("Escape")
    expect(card(learner)).to_be_hidden()
    learner.page.mouse.click(b["x"] - 1, b["y"] + b["height"] + 1)
    expect(card(learner)).to_contain_text("bias")


@pytest.mark.slow
def test_escape_closes_the_card_though_the_mouse_rests_on_its_neuron(learner: Learner) -> None:
    learner.open().press("Play").until_epoch(5)
    neuron(learner, 1, 1).click()
    expect(card(learner).get_by_label("bias, Layer 1, neuron 2")).to_be_visible()
    learner.page.keyboard.press("Escape")
    expect(card(learner)).to_be_hidden()
    learner.until_epoch(learner.epoch + 5)
    expect(card(learner)).to_be_hidden()


@pytest.mark.slow
def test_what_is_no_weight_is_refused_with_the_rule(learner: Learner) -> None:
    learner.open()
    neuron(learner, 1, 0).click()
    box = card(learner).get_by_label("bias, Layer 1, neuron 1")
    before = box.input_value()
    for text in ("abc", "1e9", ""):
        box.fill(text)
        box.press("Enter")
        expect(learner.page.get_by_test_id("stage-notice")).to_contain_text("A weight must be a number in")
        assert box.input_value() == before
    expect(learner.page.get_by_test_id("edited")).to_be_hidden()


@pytest.mark.slow
def test_an_earlier_epoch_shows_its_weights_and_cannot_be_edited(learner: Learner) -> None:
    learner.open().press("Play").until_epoch(20).press("Pause").until_state("paused")
    learner.page.get_by_label("Epoch shown").fill("3")
    learner.until("d.epoch === '3'")
    neuron(learner, 1, 0).click()
    expect(card(learner).get_by_label("bias, Layer 1, neuron 1")).to_be_disabled()
    expect(card(learner)).to_contain_text("newest epoch")


@pytest.mark.slow
def test_nothing_is_pinned_any_more_when_another_view_was_looked_at(learner: Learner) -> None:
    learner.open()
    neuron(learner, 1, 0).click()
    expect(card(learner)).to_be_visible()
    learner.page.get_by_role("tab", name="Layers").click()
    expect(learner.page.get_by_role("region", name="Decision boundary", exact=True)).to_contain_text(
        "Decision boundary"
    )
    learner.page.get_by_role("tab", name="Network").click()
    expect(neuron(learner, 1, 0)).to_be_visible()
    expect(card(learner)).to_be_hidden()


@pytest.mark.slow
def test_points_of_a_regression_stay_when_mistakes_were_ringed_before(learner: Learner) -> None:
    learner.open({"dataset": "xor"})
    learner.page.get_by_label("Mistakes").check()
    learner.press("Step").until("d.epoch === '1'")
    learner.page.locator(".st-key-knob_dataset img[alt^=Plane]").click()
    until_query(learner, dataset="plane")
    learner.until("d.epoch === '0' && +d.frames >= 3").press("Step").until("d.epoch === '1'")
    learner.press("Step").until("d.epoch === '2'").until_painted()
    points = learner.page.locator("[data-testid=boundary-chart] .scatterlayer path.point")
    assert points.count() >= 250


def test_layers_neurons_and_features_are_changed_in_the_diagram(learner: Learner) -> None:
    learner.open()
    press = learner.page.get_by_role("button", name="Add a hidden layer").click
    press()
    until_query(learner, hidden="4,2,2")
    learner.page.get_by_role("button", name="One neuron more in layer 3").click()
    until_query(learner, hidden="4,2,3")
    expect(neuron(learner, 3, 2)).to_be_visible()
    learner.page.get_by_role("button", name="One neuron less in layer 1").click()
    until_query(learner, hidden="3,2,3")
    expect(neuron(learner, 1, 3)).to_have_count(0)
    learner.page.get_by_role("button", name="Remove the last hidden layer").click()
    until_query(learner, hidden="3,2")
    expect(neuron(learner, 3, 0)).to_have_count(1)
    expect(neuron(learner, 3, 2)).to_have_count(0)
    for unit, features in ((4, "x1,x2,x1x2"), (0, "x2,x1x2"), (1, "x1x2")):
        run = learner.stage["run"]
        neuron(learner, 0, unit).click()
        until_query(learner, features=features)
        learner.until("d.run !== a", run).until_painted()  # the diagram of the new run has taken the old one's place
        expect(neuron(learner, 0, unit)).to_have_attribute("aria-pressed", str(unit == 4).lower())
    neuron(learner, 0, 4).click()  # the last one
    expect(learner.page.locator(".st-key-notices")).to_contain_text("features must be")


@pytest.mark.slow
def test_the_diagram_can_be_walked_through_with_the_keyboard(learner: Learner) -> None:
    learner.open()
    boundary = learner.page.get_by_role("region", name="Decision boundary", exact=True)
    neuron(learner, 0, 0).focus()
    learner.page.keyboard.press("ArrowRight")
    expect(neuron(learner, 1, 0)).to_be_focused()
    learner.page.keyboard.press("ArrowDown")
    expect(neuron(learner, 1, 1)).to_be_focused()
    expect(boundary).to_contain_text("Layer 1, neuron 2")
    learner.page.keyboard.press("Enter")
    expect(card(learner).get_by_label("bias, Layer 1, neuron 2")).to_be_visible()
    learner.page.keyboard.press("Escape")
    expect(card(learner).get_by_label("bias, Layer 1, neuron 2")).to_be_hidden()


@pytest.mark.slow
def test_a_wide_layer_folds_and_shows_the_rest_in_turn(learner: Learner) -> None:
    received = Received(learner.page)
    learner.open({"hidden": "20,2"})
    more = learner.page.get_by_role("button", name="12 more neurons in layer 1")
    expect(more).to_be_visible()
    first = received.frame[0]["network"]["columns"][0]["units"]
    more.click()
    learner.page.wait_for_function(f"!document.querySelector('[data-neuron=\"1-{first[0]}\"]')")
    assert not set(first) & set(received.frame[0]["network"]["columns"][0]["units"])
    unit = received.frame[0]["network"]["columns"][0]["units"][0]
    neuron(learner, 2, 0).hover()
    received.until(learner, lambda header, _: (header.get("focus") or {}).get("layer") == 2)
    learner.until_painted()
    expect(card(learner)).to_contain_text("from neuron 20")  # all incoming weights, drawn or not
    expect(neuron(learner, 1, unit)).to_be_visible()


@pytest.mark.slow
def test_touch_pins_a_neuron(app: ServedApp, learner_at: Callable[..., Learner]) -> None:
    learner = learner_at(app, size=(390, 844), has_touch=True, is_mobile=True).open()
    neuron(learner, 1, 1).tap()
    expect(card(learner).get_by_label("bias, Layer 1, neuron 2")).to_be_visible()
    expect(learner.page.get_by_role("region", name="Decision boundary", exact=True)).to_contain_text(
        "Layer 1, neuron 2"
    )


@pytest.mark.slow
def test_boundary_network_curves_and_play_fit_one_screen(learner: Learner) -> None:
    learner.open({"hidden": "8,8,8,8,8,8,8,8", "features": "x1,x2,x1sq,x2sq,x1x2,sinx1,sinx2"})
    parts = [learner.page.get_by_test_id(name) for name in ("boundary-chart", "curves-chart", "network")]
    play = learner.page.get_by_role("button", name="Play", exact=True)
    for size in [(1280, 720), (1440, 900)]:
        learner.resize(size).expect_on_one_screen(*parts, play)
        expect_neurons_apart(learner)


def expect_neurons_apart(learner: Learner) -> None:
    boxes = [neuron(learner, layer, unit).bounding_box() for layer in range(1, 9) for unit in range(8)]
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            assert a and b
            apart = a["x"] >= b["x"] + b["width"] or b["x"] >= a["x"] + a["width"]
            assert apart or a["y"] >= b["y"] + b["height"] or b["y"] >= a["y"] + a["height"]


@pytest.mark.slow
def test_a_link_of_an_edited_run_says_that_the_edits_are_not_in_it(learner: Learner) -> None:
    learner.open({"edited": "true", "hidden": "3"})
    expect(learner.page.locator(".st-key-notices")).to_contain_text("edited by hand")
    learner.page.wait_for_function("!location.search.includes('edited')")
