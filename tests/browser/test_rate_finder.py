"""The rate finder on the real server: from the button to the learning rate in the knob and in the address."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.axe import faults
from tests.served_app import PATIENCE, Learner, ServedApp

CIRCLES = {
    "dataset": "circles",
    "samples": "1000",
    "noise": "0.03",
    "hidden": "8,8",
    "activation": "relu",
    "optimizer": "adam",
    "batch_size": "32",
}


@pytest.fixture
def learner(hasty_app: ServedApp, learner_at: Callable[..., Learner]) -> Learner:
    return learner_at(hasty_app)


def find(learner: Learner) -> Page:
    """Open the finder and wait until its test has ended."""
    page = learner.open(CIRCLES).page
    page.get_by_role("button", name="Find rate").click()
    page.wait_for_function(
        "document.querySelector('[data-testid=finder]')?.dataset.state === 'finished'", timeout=1000 * PATIENCE
    )
    return page


def suggested(page: Page, name: str) -> float:
    return float(page.get_by_test_id(f"suggested-{name}").get_attribute("data-rate") or "nan")


@pytest.mark.slow
def test_a_rate_that_is_found_is_used_by_the_network_and_in_the_address(learner: Learner) -> None:
    page = find(learner)
    assert 1e-4 < suggested(page, "valley") < 1
    assert faults(page) == []
    page.get_by_role("radio", name="Steep").check()
    rate = f"{suggested(page, 'steep'):.3g}"
    page.get_by_role("button", name="Use this rate").click()
    page.get_by_role("dialog").wait_for(state="detached")
    expect(page.get_by_role("combobox", name="Learning rate")).to_have_value(rate)
    expect(page).to_have_url(re.compile(f"learning_rate={re.escape(rate)}(&|$)"))
    learner.wait(lambda: learner.app.counts()["runs"] == 1)


@pytest.mark.slow
def test_closing_the_dialog_ends_the_test_and_changes_nothing(learner: Learner) -> None:
    page = find(learner)
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    learner.wait(lambda: learner.app.counts()["runs"] == 1)
    learner.press("Play").until_epoch(3)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert "learning_rate" not in page.url


@pytest.mark.slow
def test_a_rate_that_is_found_is_proved_on_explore(learner: Learner) -> None:
    page = find(learner)
    valley = suggested(page, "valley")
    page.get_by_role("button", name="Prove it").click()
    wall = page.get_by_test_id("wall")
    expect(wall).to_have_attribute("data-networks", "40")
    expect(page).to_have_url(re.compile(r"/explore\?.*seeds=8"))
    assert f"{float(f'{valley:.3g}'):g}" in page.url
