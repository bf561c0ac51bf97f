"""Lessons in the real app, as a new learner would go through one."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.axe import faults
from tests.served_app import ROOT, Pupil

STROKE_SECONDS = 1.5


def scrolls(page: Page) -> bool:
    return bool(page.evaluate("(m => m.scrollHeight > m.clientHeight)(document.querySelector('[data-testid=stMain]'))"))


def test_what_is_heard_of_a_step_is_what_its_prompt_says(pupil_at: Callable[..., Pupil]) -> None:
    pupil = pupil_at()
    page = pupil.page
    pupil.open({"lesson": "first_steps"}, state=None).until_lesson(1, "run").until_run("ready")
    heard, seen = page.get_by_test_id("lesson-status"), page.get_by_test_id("run-prompt").locator(".kp-question")
    for words in ("Have a look, then go on.", "Go on training, or go on in the lesson."):
        expect(seen).to_have_text(words)
        expect(heard).to_have_text(words)
        page.get_by_role("button", name="Step", exact=True).click()


def test_of_progress_that_is_brought_back_one_sentence_says_what_came_of_it(pupil_at: Callable[..., Pupil]) -> None:
    pupil = pupil_at()
    page = pupil.page
    page.goto(pupil.app.url(place="learn"))
    said, refused = page.get_by_test_id("progress-said"), page.locator(".kp-progress-problem")

    def bring(lessons: str) -> None:
        text = f'{{"version": 1, "lessons": {lessons}}}'
        page.get_by_test_id("progress-file").set_input_files(
            {"name": "progress.json", "mimeType": "application/json", "buffer": text.encode()}
        )

    bring('{"first_steps": {"at": 1, "steps": {"1": {"ran": true}}}, "x": {"at": "<b>"}}')
    expect(said).to_have_text("Brought back: 1 lesson.")
    bring('{"x": {"at": "<b>"}}')
    expect(refused).to_contain_text("nothing has changed")
    expect(said).to_have_text("")
    bring('{"file/other": {"at": 1, "steps": {"1": {"ran": true}}}}')
    expect(said).to_have_text("Kept, but not on this page: 1 lesson.")
    expect(refused).to_be_hidden()


def test_a_lesson_goes_from_prediction_to_explanation_by_keyboard_alone(pupil_at: Callable[..., Pupil]) -> None:
    pupil = pupil_at(size=(1024, 768), first_visit=True)
    page = pupil.page
    pupil.open({"lesson": "line_and_ring"}, state=None).until_lesson(1, "predict")
    pupil.until_run("ready")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_disabled()
    expect(page.get_by_test_id("held")).to_have_text("First predict")
    page.locator("body").press("Space")  # which plays, but not before the prediction
    assert page.locator("[data-testid=stage]").get_attribute("data-state") == "ready"
    assert faults(page) == [] and not scrolls(page)

    page.keyboard.press("Tab")
    page.get_by_role("radio").nth(2).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    pupil.until_lesson(1, "run")
    assert "kp-question" in pupil.focused, "the keyboard goes on at the new prompt"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    pupil.until_run("playing")
    page.get_by_label("Speed").select_option(label="As fast as it goes")
    pupil.until_lesson(1, "observe")
    assert pupil.verdict == "Reached at epoch 100." and pupil.stage["reached"] == "true"
    assert faults(page) == [] and not scrolls(page)
    page.get_by_role("radio").nth(0).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    pupil.until_lesson(1, "explained")
    explained = page.get_by_test_id("explanation").inner_text()
    assert "after 100 epochs" in explained and "\u202f%" in explained and "{" not in explained
    assert faults(page) == [] and not scrolls(page)

    page.reload()
    pupil.until_lesson(1, "explained")
    assert page.get_by_test_id("explanation").inner_text() == explained, "how far one is outlasts a reload"
    page.get_by_role("button", name="Next step").press("Enter")
    pupil.until_lesson(2, "predict")
    page.wait_for_url("**step=2")
    page.go_back()
    pupil.until_lesson(1, "explained")

    page.get_by_role("button", name="All lessons").press("Enter")
    card = page.locator("[data-lesson=line_and_ring]")
    expect(card).to_have_attribute("data-done", "1/2")
    assert faults(page) == []
    page.get_by_role("button", name="Forget my progress").press("Enter")
    expect(card).to_have_attribute("data-done", "0/2")
    page.keyboard.press("Enter")  # the keyboard is at Undo
    expect(card).to_have_attribute("data-done", "1/2")


@pytest.mark.slow
def test_on_a_phone_a_boundary_is_drawn_by_touch_and_lies_over_the_networks_own(pupil_at: Callable[..., Pupil]) -> None:
    pupil = pupil_at(size=(390, 844), first_visit=True, has_touch=True, color_scheme="dark")
    page = pupil.page
    pupil.open({"lesson": "line_and_ring", "step": "2"}, state=None).until_lesson(2, "predict")
    pupil.until_run("ready")
    area = page.get_by_test_id("drawn-line")
    area.scroll_into_view_if_needed()
    box = area.bounding_box()
    assert box is not None
    client = page.context.new_cdp_session(page)
    at = [(box["x"] + s * box["width"], box["y"] + t * box["height"]) for s, t in ((0.3, 0.3), (0.7, 0.3), (0.5, 0.7))]
    stroke = [("touchStart", at[:1]), *(("touchMove", [each]) for each in at[1:]), ("touchEnd", [])]
    began = time.time() - STROKE_SECONDS
    for k, (kind, points) in enumerate(stroke):
        # As slow as a finger is: a stroke of no time is a fling, and the tap after a fling only stops it.
        when = began + STROKE_SECONDS * k / len(stroke)
        told = {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points], "timestamp": when}
        client.send("Input.dispatchTouchEvent", told)
    expect(area).to_have_attribute("data-points", "4")
    assert faults(page) == []
    page.get_by_role("button", name="That is my line").tap()
    pupil.until_lesson(2, "run")
    page.get_by_role("button", name="Run it").tap()
    page.get_by_label("Speed").select_option(label="As fast as it goes")
    pupil.until_lesson(2, "explained")
    assert pupil.verdict.startswith("Reached at epoch")
    expect(area).to_have_attribute("data-points", "4")
    assert faults(page) == []


@pytest.mark.slow
def test_a_wall_is_judged_and_a_step_that_points_at_a_part_frames_it(pupil_at: Callable[..., Pupil]) -> None:
    pupil = pupil_at(size=(1280, 720), first_visit=True)
    page = pupil.page
    pupil.open({"lesson": "first_steps"}, state=None).until_lesson(1, "run")
    style = page.locator("style[data-spotlight]")
    expect(style).to_have_attribute("data-spotlight", "boundary")
    page.get_by_role("button", name="Next step").click()
    expect(style).to_have_attribute("data-spotlight", "network")
    page.get_by_role("button", name="All lessons").click()
    expect(style).to_have_count(0)
    pupil.open({"lesson": "width_and_luck", "step": "2"}, state=None)
    if pupil.stage["state"] == "predict":
        page.get_by_test_id("prediction").get_by_role("radio").first.check()
        page.get_by_role("button", name="Predict", exact=True).click()
    page.get_by_label("Speed").select_option(label="As fast as it goes")
    page.get_by_role("button", name="Run it").click()
    pupil.until("d.reached == 'true'")
    assert faults(page) == []


@pytest.mark.slow
def test_a_lesson_of_a_file_outlasts_a_reload_until_it_is_removed(pupil_at: Callable[..., Pupil]) -> None:
    pupil = pupil_at(first_visit=True)
    page = pupil.page
    content = (ROOT / "playground" / "lessons" / "ours" / "02_line_and_ring.md").read_bytes()
    page.goto(pupil.app.url(place="learn"))
    page.locator("[data-testid=stFileUploader] input[type=file]").set_input_files(
        {"name": "Rings of mine.md", "mimeType": "text/markdown", "buffer": content}
    )
    pupil.until_lesson(1, "predict")
    page.get_by_role("button", name="Next step").click()
    page.wait_for_url("**lesson=my_rings_of_mine&step=2")
    page.reload()
    pupil.until_lesson(2, "predict")
    expect(page.locator(".st-key-notices")).to_have_count(0)
    page.get_by_role("button", name="All lessons").click()
    cards = page.locator("[data-lesson^=my_]")
    expect(cards).to_have_count(1)
    assert faults(page) == []
    page.get_by_role("button", name="Remove").click()
    expect(cards).to_have_count(0)
    page.reload()
    expect(page.locator("[data-lesson]").first).to_be_visible()
    expect(cards).to_have_count(0)
