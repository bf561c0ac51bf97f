"""Every view on a projector is read from the back row: what is written in it, be it HTML, SVG or on a canvas."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, TimeoutError

from playground.runtime import views as _views  # noqa: F401  declares the options of all views
from playground.runtime.protocol.show import ViewOptions
from tests.served_app import Learner, ServedApp

SIZES = [(1024, 768), (1920, 1080)]
LEAST = 16.0
FEWEST = 4
"""Texts that each view has, besides its head: with fewer it is not there yet."""
READ = """(() => {
  const onCanvas = new Map();
  const { fillText, clearRect } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    onCanvas.delete(this.canvas);
    return clearRect.apply(this, box);
  };
  CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
    const { a, b } = this.getTransform();
    const size = parseFloat(this.font) * Math.hypot(a, b) / devicePixelRatio;
    if (!onCanvas.has(this.canvas)) onCanvas.set(this.canvas, []);
    if (String(text).trim()) onCanvas.get(this.canvas).push([String(text), size]);
    return fillText.call(this, text, ...place);
  };
  const isSeen = (node) => {
    const { width, height } = node.getBoundingClientRect();
    const style = getComputedStyle(node);
    return width > 1 && height > 1 && style.clipPath === 'none' && style.clip === 'auto'
      && node.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  };
  const sizeOf = (node) => {  // of SVG the whole text's: what stands lower in it is smaller
    const text = node.closest('text');
    return parseFloat(getComputedStyle(text ?? node).fontSize) * (text ? 1 : node.currentCSSZoom);
  };
  window.textsIn = (selector) => {
    const root = document.querySelector(selector);
    if (!root) return [];
    const found = [];
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const node = walk.currentNode.parentElement, text = walk.currentNode.textContent.trim();
      if (text && !node.closest('style, option') && isSeen(node)) found.push([text, sizeOf(node)]);
    }
    for (const [canvas, texts] of onCanvas) if (root.contains(canvas) && isSeen(canvas)) found.push(...texts);
    return found;
  };
})()"""
THERE = "([view, fewest]) => textsIn(view).length >= fewest"
READABLE = (
    f"([view, fewest, least]) => ({THERE})([view, fewest]) && textsIn('.kp-stage').every(([, size]) => size >= least)"
)


def expect_readable(page: Page) -> None:
    """All that is written on the stage, once the view is there."""
    asked: list[Any] = [".kp-views", FEWEST, LEAST - 0.05]
    try:
        page.wait_for_function(READABLE, arg=asked)
    except TimeoutError:
        found = page.evaluate("textsIn('.kp-stage')")
        raise AssertionError([each for each in found if each[1] < asked[2]] or found) from None


@pytest.mark.slow
@pytest.mark.parametrize("view", sorted(ViewOptions.known))
@pytest.mark.parametrize("data", ["dataset=moons", "dataset=iris&hidden=3,3", "dataset=hills"])
def test_what_is_written_in_a_view_is_read_from_the_back_row(
    app: ServedApp, learner_at: Callable[..., Learner], view: str, data: str
) -> None:
    learner = learner_at(app, SIZES[0])
    learner.page.add_init_script(READ)
    learner.open(f"{data}&present=true&at=20&view={view}", state="paused")
    for size in SIZES:
        expect_readable(learner.resize(size).page)


@pytest.mark.slow
@pytest.mark.parametrize(
    "chosen", ["ROC curve", "Calibration", "Training beside test", "True beside predicted", "Learning rate"]
)
def test_so_is_whatever_else_a_view_may_show(app: ServedApp, learner_at: Callable[..., Learner], chosen: str) -> None:
    learner = learner_at(app, SIZES[0])
    learner.page.add_init_script(READ)
    view = "signals" if chosen == "Learning rate" else "errors"
    learner.open(f"dataset=moons&present=true&at=20&view={view}", state="paused")
    expect_readable(learner.page)
    learner.page.locator(".kp-views select").first.select_option(label=chosen)
    learner.until_painted()
    expect_readable(learner.page)
