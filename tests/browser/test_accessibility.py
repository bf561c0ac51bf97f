"""axe-core finds nothing serious: on the page, its tabs and dialogs, in light and dark and on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import TimeoutError as NotSeen
from playwright.sync_api import expect

from playground.core.query import link
from playground.lessons.presets import load_presets
from tests.axe import faults
from tests.served_app import Learner, ServedApp

MODES: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "phone": {"size": (390, 844), "has_touch": True, "is_mobile": True},
}
in_each_mode = pytest.mark.parametrize("mode", list(MODES))
SIDEBAR = "[data-testid=stSidebar]"


def until_built(learner: Learner) -> None:
    """The sidebar comes after the stage."""
    learner.page.locator(f"{SIDEBAR} .st-key-more_training").wait_for(state="attached")


def open_settings(learner: Learner) -> None:
    """On a phone they lie behind a button."""
    button = learner.page.locator(".kp-settings")
    if button.is_visible():
        button.click()
        learner.page.get_by_role("button", name="New data").wait_for()


def test_the_page_keeps_nobody_out(learner: Learner) -> None:
    until_built(learner.open())
    assert faults(learner.page) == []


@pytest.mark.slow
@in_each_mode
def test_no_tab_and_no_setting_keeps_anybody_out(app: ServedApp, learner_at: Callable[..., Learner], mode: str) -> None:
    learner = learner_at(app, first_visit=True, **MODES[mode]).open()
    until_built(learner)
    assert faults(learner.page) == []
    learner.press("Play").until_epoch(15).press("Pause").until_state("paused")
    for tab in learner.page.get_by_role("tab").all():
        tab.click()
        learner.page.wait_for_function("document.querySelector('#kp-view').childElementCount > 0")
        if tab.text_content() not in ("Network", "Probabilities"):  # which are drawn from frames
            learner.page.wait_for_function(
                "epoch => document.querySelector('.kp-views').dataset.epoch === epoch", arg=str(learner.epoch)
            )
        assert faults(learner.page) == [], tab.text_content()
    unfold_settings(learner)
    assert faults(learner.page) == []
    assert not [name for name in names_of_help(learner) if "*" in name or name.strip() == "Help"]


def unfold_settings(learner: Learner) -> None:
    """Show all that are folded away."""
    open_settings(learner)
    for group, last in (
        ("data", "data_seed"),
        ("features", "standardize"),
        ("network", "loss"),
        ("training", "patience"),
    ):
        more = learner.page.locator(f".st-key-more_{group}")
        more.locator("summary").press("Enter")
        try:
            more.locator(f"details[open] .st-key-knob_{last}").wait_for(timeout=15_000)
        except NotSeen:  # a page that is built anew meanwhile folds it again
            more.locator("summary").press("Enter")
            more.locator(f"details[open] .st-key-knob_{last}").wait_for()


def names_of_help(learner: Learner) -> list[str]:
    """What the help buttons are called aloud."""
    buttons = learner.page.locator(f"{SIDEBAR} button[aria-label^=Help]")
    assert buttons.count() > 20
    return [button.get_attribute("aria-label") or "" for button in buttons.all()]


@pytest.mark.slow
@in_each_mode
def test_nothing_that_opens_keeps_anybody_out(app: ServedApp, learner_at: Callable[..., Learner], mode: str) -> None:
    learner = learner_at(app, first_visit=True, **MODES[mode]).open(link(load_presets()[0].steps[0].query)[1:])
    page = learner.page
    until_built(learner)
    for opens in ("Compare", "Answer"):
        page.get_by_role("button", name=opens).click()
        page.get_by_test_id("stPopoverBody").wait_for()
        assert faults(page) == [], opens
        page.keyboard.press("Escape")
        page.get_by_test_id("stPopoverBody").wait_for(state="detached")
    page.get_by_role("button", name="Presets").click()
    page.get_by_role("dialog").get_by_text(load_presets()[-1].name).wait_for()
    assert faults(page) == [], "Presets"
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    page.locator(".kp-neuron[data-layer='1']").first.click()
    page.get_by_test_id("weights-card").get_by_role("button").wait_for()
    assert faults(page) == [], "the card of a neuron"
    page.keyboard.press("Escape")
    page.locator(".kp-copy").click()
    expect(page.locator(".kp-copy")).to_contain_text("opied")
    assert faults(page) == [], "Copy link"
    open_settings(learner)
    page.get_by_role("button", name="Help for Noise").focus()
    page.get_by_test_id("stTooltipContent").wait_for()
    assert faults(page) == [], "a help"


@pytest.mark.slow
def test_a_healthy_diagnosis_lists_what_it_looked_at_and_leads_there(learner: Learner) -> None:
    learner.open({"samples": "400", "hidden": "8", "learning_rate": "0.1"}).press("Play").until_epoch(60)
    learner.press("Pause").until_state("paused")
    page = learner.page
    page.get_by_role("tab", name="Diagnosis").click()
    expect(page.get_by_test_id("diagnosis-line")).to_contain_text("nothing seems wrong")
    looked = page.get_by_test_id("looked-at")
    row = looked.get_by_role("row").filter(has_text="Vanishing gradient")
    expect(row).to_contain_text(re.compile(r"first layer is [\d.]+ times"))
    row.get_by_role("button", name="See the gradients").click()
    expect(page.get_by_role("tab", name="Signals")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_test_id("signals")).to_have_attribute("data-option", "gradients")
