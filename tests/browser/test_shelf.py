"""Runs of Play on the shelf of a real browser: kept over a reload, renamed, opened, removed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.served_app import Learner, ServedApp

pytestmark = pytest.mark.slow


@pytest.fixture
def learner(app: ServedApp, learner_at: Callable[..., Learner]) -> Learner:
    """Someone whose browser has kept nothing yet."""
    return learner_at(app, (1280, 720), first_visit=True)


def show_shelf(learner: Learner, query: str = "") -> Page:
    """The shelf on the page Compare: on the page itself while nothing is compared, else in its sidebar."""
    learner.page.goto(learner.app.url(query, "compare"))
    learner.page.get_by_test_id("shelf").wait_for(state="attached")
    return learner.page


def keep_trained(learner: Learner, query: str, epoch: int) -> int:
    """Train to an epoch, keep the run, and tell which epoch it was."""
    learner.open(query)
    for k in range(1, epoch + 1):  # after Pause a frame that was on its way would still be painted
        learner.press("Step").until("+d.epoch === a", k)
    learner.press("Keep")
    expect(learner.page.get_by_test_id("kept")).to_contain_text("Kept as")
    return epoch


def test_runs_are_kept_over_a_reload_renamed_opened_compared_and_removed(learner: Learner) -> None:
    epoch = keep_trained(learner, "dataset=xor&seed=51&hidden=8,8", 20)
    keep_trained(learner, "dataset=moons&seed=52", 5)
    page = learner.page
    page.get_by_test_id("kept").get_by_role("link", name="Compare").click()
    page.wait_for_url(re.compile("/compare"))
    page.reload()
    runs = page.get_by_test_id("kept-run")
    expect(runs).to_have_count(2)
    expect(runs.first).to_contain_text(f"XOR · 8, 8 Tanh · SGD 0.03 · seed 51Epoch {epoch}: test loss")
    assert runs.first.locator("img").evaluate("image => image.naturalWidth") > 20

    page.get_by_role("button", name="Rename XOR").press("Enter")
    field = page.get_by_role("textbox", name="New name")
    field.fill("Two layers")
    field.press("Enter")
    page.get_by_role("button", name="Compare 2 runs").click()
    cells = page.get_by_test_id("cell")
    expect(cells).to_have_count(2)
    links = [cell.get_attribute("data-link") for cell in cells.all()]
    assert links == ["?dataset=xor&hidden=8,8&seed=51", "?dataset=moons&seed=52"]
    page.wait_for_url(re.compile("names=Two.layers"))

    page.get_by_role("button", name="Remove Moons").press("Enter")
    expect(runs).to_have_count(1)
    show_shelf(learner)
    expect(runs).to_have_count(1)
    page.get_by_role("link", name="Open in Play: Two layers").click()
    page.wait_for_url(re.compile("dataset=xor"))
    learner.until_state("ready", "paused")


def test_a_run_whose_rate_was_changed_on_the_way_is_kept_with_the_change(learner: Learner) -> None:
    learner.open("dataset=circle&seed=53").press("Play").until_epoch(20).press("Pause").until_state("paused")
    learner.page.get_by_role("combobox", name="Learning rate").click()
    learner.page.get_by_role("option", name="0.1", exact=True).click()
    learner.page.wait_for_url(re.compile(r"learning_rate_from_\d+=0\.1"))
    learner.press("Keep")
    said = learner.page.get_by_test_id("kept")
    expect(said).to_contain_text(re.compile(r"Kept as “Circle · 4, 2 Tanh · SGD 0\.03 · seed 53 · rate 0\.1 from \d+”"))
    show_shelf(learner)
    expect(learner.page.get_by_test_id("kept-run")).to_contain_text("rate 0.1 from")


def test_in_a_sidebar_over_the_page_escape_leaves_the_field_before_the_sidebar(
    app: ServedApp, learner_at: Callable[..., Learner]
) -> None:
    learner = learner_at(app, (390, 844), first_visit=True)
    keep_trained(learner, "dataset=xor&seed=54", 3)
    page = show_shelf(learner, "dataset=xor&runs=seed:1|seed:2")
    settings = page.get_by_role("button", name="Settings", exact=True)
    settings.click()
    sidebar = page.locator("[data-testid=stSidebar]")
    expect(sidebar).to_be_visible()
    page.get_by_role("button", name="Rename XOR").press("Enter")
    page.get_by_role("textbox", name="New name").press("Escape")
    expect(page.get_by_role("button", name="Rename XOR")).to_be_focused()
    expect(sidebar).to_be_visible()
    page.keyboard.press("Escape")
    expect(sidebar).to_be_hidden()
    expect(settings).to_be_focused()
