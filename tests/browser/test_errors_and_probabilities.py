"""The tabs Probabilities and Errors: drawn while a network trains and at any epoch, computed only when shown."""

from __future__ import annotations

import csv
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Download, expect

from playground.core import Data, Experiment, Model, Train
from tests.browser.received import Received
from tests.served_app import Learner, ServedApp

NOISY = {"dataset": "circle", "noise": "0.3"}
PIXELS = """() => [...document.querySelectorAll('.kp-plane canvas')].filter(canvas => canvas.width).map(canvas => {
    const bytes = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    return bytes.reduce((hash, byte) => (hash * 31 + byte) | 0, 7);
})"""
SCORES = "() => document.querySelector('[data-testid=errors]').innerText"
VIEWS = "document.querySelector('.kp-views').dataset"


def show(learner: Learner, view: str) -> Learner:
    learner.page.locator(f"#kp-tab-{view}").click()
    return learner


def until_drawn(learner: Learner, epoch: int) -> Learner:
    """Wait until the view's own message for this epoch has been drawn."""
    learner.page.wait_for_function(f"epoch => +{VIEWS}.epoch === epoch", arg=epoch)
    return learner.until("+d.epoch === a", epoch)


def scrub(learner: Learner, epoch: int) -> Learner:
    learner.page.eval_on_selector(
        ".kp-scrubber",
        "(node, epoch) => { node.value = epoch; node.dispatchEvent(new Event('input', {bubbles: true})); }",
        epoch,
    )
    return learner.until("+d.epoch === a", epoch)


def choose(learner: Learner, option: str) -> Learner:
    learner.page.get_by_label("Errors shown as").select_option(option)
    return learner


def trained(learner: Learner, query: dict[str, Any], epochs: int) -> int:
    """Open and train step by step, so that nothing is on its way; the newest epoch."""
    learner.open(query)
    for epoch in range(1, epochs + 1):
        learner.press("Step").until("+d.epoch >= a", epoch)
    return epochs


def test_errors_follow_training_and_the_scrubber_there_and_back(learner: Learner) -> None:
    received = Received(learner.page)
    show(learner.open(NOISY), "errors")
    table = learner.page.get_by_test_id("scores")
    expect(table).to_be_visible()
    before = table.inner_text()
    learner.press("Play").until_epoch(10)
    learner.page.wait_for_function(f"+{VIEWS}.epoch >= 10 && +{VIEWS}.shown >= 3")
    expect(table).not_to_have_text(before)
    newest = received.settle(learner)
    until_drawn(learner, newest)
    seen = learner.page.evaluate(SCORES)
    assert "Accuracy" in seen
    scrub(learner, 2)
    until_drawn(learner, 2)
    assert learner.page.evaluate(SCORES) != seen
    scrub(learner, newest)
    until_drawn(learner, newest)
    assert learner.page.evaluate(SCORES) == seen
    for option, says in (("roc", "AUC"), ("calibration", "bins"), ("truth", "wrong of 250 test points")):
        choose(learner, option)
        expect(learner.page.get_by_test_id("error-line")).to_contain_text(says)
    learner.page.get_by_role("button", name="Training", exact=True).click()
    expect(learner.page.get_by_test_id("error-line")).to_contain_text("250 training points")
    choose(learner, "parts")
    expect(learner.page.locator(".kp-plane")).to_have_count(2)


@pytest.mark.slow
def test_probabilities_are_drawn_with_each_frame_and_the_same_again_at_the_same_epoch(learner: Learner) -> None:
    received = Received(learner.page)
    show(learner.open({"dataset": "spirals", "classes": "3"}), "probabilities")
    expect(learner.page.locator(".kp-plane")).to_have_count(4)
    before = learner.page.evaluate(PIXELS)
    learner.press("Play").until_epoch(8)
    assert learner.page.evaluate(PIXELS) != before
    newest = received.settle(learner)
    until_drawn(learner, newest)
    learner.page.get_by_role("button", name="Logits", exact=True).click()
    learner.page.get_by_label("Boundary points").check()
    count = learner.page.get_by_test_id("boundary-points")
    expect(count).to_contain_text("boundary points")
    said, seen = count.inner_text(), learner.page.evaluate(PIXELS)
    scrub(learner, 1)
    until_drawn(learner, 1)
    assert learner.page.evaluate(PIXELS) != seen
    scrub(learner, newest)
    until_drawn(learner, newest)
    assert (count.inner_text(), learner.page.evaluate(PIXELS)) == (said, seen)


@pytest.mark.slow
def test_the_downloaded_boundary_points_tie_in_keras(learner: Learner) -> None:
    newest = trained(learner, {"dataset": "circle", "seed": "3"}, 6)
    show(learner, "probabilities")
    learner.page.get_by_label("Boundary points").check()
    expect(learner.page.get_by_test_id("boundary-points")).to_be_visible()
    with learner.page.expect_download() as waiting:
        learner.press("Download CSV")
    download: Download = waiting.value
    assert download.suggested_filename == f"boundary_points_epoch_{newest}.csv"
    with open(download.path(), newline="") as file:
        rows = list(csv.DictReader(file))
    said = learner.page.get_by_test_id("boundary-points").inner_text()
    assert len(rows) == int(said.split()[0].replace(",", "")) > 20
    assert list(rows[0]) == ["x1", "x2", "class_a", "class_b", "logit_difference"]
    points = np.array([[float(row["x1"]), float(row["x2"])] for row in rows])
    differences = np.array([float(row["logit_difference"]) for row in rows])
    logits = _logits_by_keras(newest, points)
    assert np.abs(logits).max() <= 1e-3
    np.testing.assert_allclose(differences, logits, atol=2e-5)


def _logits_by_keras(epoch: int, points: np.ndarray) -> np.ndarray:
    """The logits of `seed=3` after so many epochs, trained once more here."""
    from playground.engine import build_model, expand, train

    experiment = Experiment(data=Data(), model=Model(), train=Train(seed=3))
    *_, last = (step for step, _ in zip(train(experiment), range(epoch + 1), strict=False) if step.epoch <= epoch)
    model = build_model(experiment)
    model.set_weights(last.weights)
    inputs = expand(experiment, points)
    for layer in model.layers[:-1]:
        inputs = layer(inputs)
    kernel, bias = (np.asarray(value) for value in model.layers[-1].get_weights())
    return (np.asarray(inputs) @ kernel + bias)[:, 0]


@pytest.mark.slow
def test_a_regression_says_that_it_has_no_probabilities_and_has_residuals(learner: Learner) -> None:
    trained(learner, {"dataset": "hills"}, 2)
    show(learner, "probabilities")
    expect(learner.page.get_by_test_id("probabilities")).to_contain_text("A regression has no class probabilities")
    expect(learner.page.locator(".kp-plane")).to_have_count(1)
    show(learner, "errors")
    expect(learner.page.get_by_test_id("error-line")).to_contain_text("MAE")
    expect(learner.page.get_by_test_id("error-figure")).to_contain_text("target − output")
    choose(learner, "truth")
    expect(learner.page.locator(".kp-plane")).to_have_count(2)


@pytest.mark.slow
def test_a_view_that_is_not_shown_is_not_computed(learner: Learner) -> None:
    received = Received(learner.page)
    show(learner.open(NOISY), "errors")
    learner.press("Play").until_epoch(10)
    learner.page.wait_for_function(f"+{VIEWS}.shown >= 2")
    show(learner, "network")
    learner.until_epoch(learner.epoch + 3)
    after = received.frame[0]["computed"]
    assert after["errors"] >= 2
    assert "probabilities" not in after
    learner.until_epoch(learner.epoch + 20)
    now = received.frame[0]["computed"]
    assert now["boundary"] > after["boundary"] + 10
    assert now["errors"] == after["errors"]


@pytest.mark.slow
@pytest.mark.parametrize(("size", "scheme"), [((1280, 720), "light"), ((390, 844), "dark")])
def test_nothing_is_cut_off(
    app: ServedApp, learner_at: Callable[..., Learner], size: tuple[int, int], scheme: str
) -> None:
    learner = learner_at(app, size, color_scheme=scheme)
    trained(learner, {"dataset": "spirals", "classes": "6"}, 3)
    show(learner, "probabilities")
    learner.page.get_by_label("Boundary points").check()
    expect(learner.page.get_by_test_id("boundary-points")).to_be_visible()
    assert _outside(learner, ".kp-plane, .kp-plane figcaption > *, .kp-view-line") == []
    show(learner, "errors")
    expect(learner.page.get_by_test_id("scores")).to_be_visible()
    assert _outside(learner, ".kp-scores, .kp-figure, .kp-figure .main-svg text") == []


def _outside(learner: Learner, selector: str) -> list[str]:
    """What sticks out of the panel's body."""
    script = """selector => {
        const box = document.querySelector('[data-testid=view]').getBoundingClientRect();
        return [...document.querySelectorAll(selector)].filter(node => node.getClientRects().length).filter(node => {
            const own = node.getBoundingClientRect();
            return own.left < box.left - 1 || own.right > box.right + 1
                || own.top < box.top - 1 || own.bottom > box.bottom + 1;
        }).map(node => `${node.tagName}.${node.getAttribute('class')} ${node.textContent}`);
    }"""
    return list(learner.page.evaluate(script, selector))
