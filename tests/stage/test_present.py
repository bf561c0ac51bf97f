"""Presenting: the stage alone, in large type, run by keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.axe import faults
from tests.stage.conftest import Mounted

Mount = Callable[..., Mounted]
SIZES = [(1024, 768), (1280, 720), (1440, 900), (1920, 1080)]
LEAST_FIGURE, LEAST_LABEL = 20, 16
HEIGHTS = """selectors => selectors.flatMap(selector => [...document.querySelectorAll(selector)]
    .filter(node => node.checkVisibility({visibilityProperty: true}) && node.textContent.trim())
    .filter(node => node.getBoundingClientRect().width)
    .map(node => [selector, node.textContent, parseFloat(getComputedStyle(node).fontSize) * node.currentCSSZoom]))"""


def present(stage: Mounted) -> Locator:
    """Choose it in the menu; its button that ends it."""
    stage.choose_to_share("Present")
    end = stage.page.get_by_role("button", name="End", exact=True)
    expect(end).to_be_visible()
    return end


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_all_is_on_one_screen_and_read_from_the_back_row(mount: Mount, size: tuple[int, int]) -> None:
    stage = mount(size=size, dark=size[1] == 720)
    page = stage.page
    end = present(stage)
    stage.press("Step")
    stage.wait("d.epoch === '1'")
    page.wait_for_function("() => document.querySelector('[data-testid=boundary-chart] .xtick text')")
    page.wait_for_function(
        "least => [...document.querySelectorAll('.xtick text, .ytick text')].every("
        "node => parseFloat(getComputedStyle(node).fontSize) >= least)",
        arg=LEAST_LABEL,
    )
    figures = page.evaluate(HEIGHTS, [".kp-epoch", ".kp-figures .kp-value"])
    assert len(figures) >= 6 and min(height for *_, height in figures) >= LEAST_FIGURE, figures
    labels = page.evaluate(HEIGHTS, [".kp-legend .kp-key", ".kp-figures th", ".kp-network-overlay > span", ".kp-small"])
    assert len(labels) >= 8 and min(height for *_, height in labels) >= LEAST_LABEL, labels
    names = ("Play", "Step", "Rewind")
    parts = [end, *(page.get_by_role("button", name=name, exact=True) for name in names)]
    parts += [page.locator(each) for each in (".kp-boundary", ".kp-curves", ".kp-views", ".kp-figures", ".kp-timeline")]
    for part in parts:
        box = part.bounding_box()
        assert box is not None and box["x"] >= 0 and box["y"] >= 0, part
        assert box["x"] + box["width"] <= size[0] and box["y"] + box["height"] <= size[1], (part, box)
    root = page.get_by_test_id("stage")
    assert root.evaluate("node => node.scrollHeight - node.clientHeight") <= 0
    for name in ("Keep", "Take away", "Copy link", "New weights"):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_hidden()
    assert faults(page) == []


def test_keys_play_step_go_back_rewind_and_end_it(mount: Mount) -> None:
    stage = mount()
    page = stage.page
    end = present(stage)
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_focused()
    page.keyboard.press("Space")
    stage.wait("d.state === 'playing' && +d.epoch > 3")
    page.keyboard.press("ArrowRight")
    stage.wait("d.state === 'paused'")
    newest = stage.run.newest
    stage.wait("+d.epoch === a", newest)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    stage.wait("+d.epoch === a", newest - 2)
    page.keyboard.press("ArrowRight")
    stage.wait("+d.epoch === a", newest - 1)
    assert stage.run.newest == newest  # what was trained is shown again
    page.get_by_label("Epoch shown").focus()
    page.keyboard.press("ArrowRight")
    stage.wait("+d.epoch === a", newest)
    assert stage.run.newest == newest  # there the keys are the slider's own
    page.get_by_role("button", name="Step", exact=True).focus()
    page.keyboard.press("ArrowRight")
    stage.wait("+d.epoch === a", newest + 1)
    page.keyboard.press("Home")
    stage.wait("d.epoch === '0'")
    page.keyboard.press("Escape")
    expect(end).to_be_hidden()
    expect(page.get_by_role("button", name="Choose what to copy")).to_be_focused()
    expect(page.get_by_role("button", name="Keep", exact=True)).to_be_visible()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    stage.press("Step")
    stage.wait("d.epoch === '1'")
    assert len(stage.run.got("step")) == 3 and len(stage.run.got("rewind")) == 1


def test_a_link_may_ask_for_it_and_for_playing_at_once(mount: Mount) -> None:
    stage = mount()
    stage.show(stage.run, look={"present": True, "autoplay": True, "number": 1})
    expect(stage.page.get_by_role("button", name="End", exact=True)).to_be_visible()
    stage.wait("d.state === 'playing' && +d.epoch > 3")
    stage.page.get_by_role("button", name="End", exact=True).click()
    expect(stage.page.get_by_role("button", name="Keep", exact=True)).to_be_visible()


def test_who_wants_less_motion_presses_play(mount: Mount) -> None:
    stage = mount()
    stage.page.emulate_media(reduced_motion="reduce")
    stage.show(stage.run, look={"autoplay": True, "log": True, "number": 1})
    expect(stage.page.get_by_label("Log scale")).to_be_checked()
    stage.press("Step")
    stage.wait("d.epoch === '1'")
    assert stage.run.got("play") == []
