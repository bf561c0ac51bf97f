"""Links that are handed on: one that is trained to an epoch, one in a frame, one on a projector."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.axe import faults
from tests.browser.test_room import expect_on_one_screen, least
from tests.served_app import Learner, ServedApp

LearnerAt = Callable[..., Learner]


@pytest.mark.slow
def test_a_link_plays_up_to_its_epoch_and_shows_its_view(app: ServedApp, learner_at: LearnerAt) -> None:
    learner = learner_at(app).open({"dataset": "moons", "at": 120, "view": "layers"}, state="paused")
    learner.until("+d.epoch === a", 120)
    tab = learner.page.get_by_role("tab", name="Layers")
    expect(tab).to_have_attribute("aria-selected", "true")
    expect(learner.page.get_by_test_id("view")).to_be_visible()
    learner.press("Step").until("d.epoch === '121'")


def test_an_embedded_link_plays_by_itself_with_boundary_curves_and_play_in_a_small_frame(
    app: ServedApp, learner_at: LearnerAt
) -> None:
    link = "dataset=moons&view=none&autoplay=true&hide=settings&lock=learning_rate&embed=true"
    learner = learner_at(app, (600, 400)).open(link, state="playing").until_epoch(10)
    for size in [(600, 400), (800, 500)]:
        learner.resize(size)
        expect_on_one_screen(learner, least("boundary", "curves", "Play"))
    for hidden in ("[data-testid=stSidebar]", ".kp-settings", "[data-testid=stExpandSidebarButton]"):
        expect(learner.page.locator(hidden).first).to_be_hidden()
    assert "lock=learning_rate" in learner.page.url
    learner.press("Pause").until_state("paused")
    assert faults(learner.page) == []


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_link_for_a_projector_shows_the_stage_alone_until_escape(
    app: ServedApp, learner_at: LearnerAt, scheme: str
) -> None:
    learner = learner_at(app, (1024, 768), color_scheme=scheme).open("dataset=moons&present=true")
    page = learner.page
    end = page.get_by_role("button", name="End", exact=True)
    expect(end).to_be_visible()
    for hidden in ("[data-testid=stSidebar]", ".st-key-header", "[data-testid=stHeader]"):
        expect(page.locator(hidden).first).to_be_hidden()
    page.keyboard.press("ArrowRight")
    learner.until("d.epoch === '1'")
    for size in [(1024, 768), (1280, 720), (1440, 900), (1920, 1080)]:
        learner.resize(size)
        parts = (".kp-boundary", ".kp-curves", ".kp-views", ".kp-figures", ".kp-primary", "[data-button=step]")
        learner.expect_on_one_screen(end, *(page.locator(f".kp-stage {part}").first for part in parts))
    assert faults(page) == []
    page.keyboard.press("Escape")
    expect(page.locator(".st-key-header")).to_be_visible()
    expect_on_one_screen(learner, least("boundary", "curves", "view", "Play"))


def test_a_preview_has_a_run_of_its_own_which_ends_with_the_dialog(app: ServedApp, learner_at: LearnerAt) -> None:
    learner = learner_at(app, (1280, 800)).open("dataset=moons").press("Step").until("d.epoch === '1'")
    page = learner.page
    learner.press("Choose what to copy")
    page.get_by_role("menuitem", name="Embed").click()
    page.get_by_label("Plays at once").check()
    learner.press("Preview")
    inside = page.frame_locator("iframe[title=Preview]")
    expect(inside.get_by_test_id("stage")).to_have_attribute("data-state", "playing")
    assert learner.stage["state"] == "paused" and learner.epoch == 1
    assert inside.get_by_test_id("stage").get_attribute("data-run") != learner.stage["run"]
    page.keyboard.press("Escape")
    expect(page.locator("iframe[title=Preview]")).to_have_count(0)
    learner.press("Step").until("d.epoch === '2'")
