"""Lessons for everybody: the first one by keyboard alone, and every state of a step for axe-core."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.axe import faults
from tests.served_app import Pupil

LAPTOP, PHONE = (1280, 720), (390, 844)
MOST_TABS = 120
FIRST = "[data-lesson=first_steps]"
PLAY, SCRUBBER = ".kp-transport > .kp-primary", "[data-testid=stage] .kp-timeline .kp-scrubber"
GO_ON, RUN, NEXT = (f"button:text-is('{name}')" for name in ("Go on", "Run it", "Next step"))


def tab_to(pupil: Pupil, selector: str) -> None:
    """Press Tab until the keyboard is at that, as somebody without a mouse has to."""
    keyboard, wanted = pupil.page.keyboard, pupil.page.locator(selector).first
    wanted.wait_for()
    for _ in range(MOST_TABS):
        keyboard.press("Tab")
        if wanted.evaluate("node => node === document.activeElement"):
            return
    raise AssertionError(f"Tab does not lead to {selector}; it is at {pupil.focused!r}.")


def press(pupil: Pupil, selector: str, key: str = "Enter") -> None:
    tab_to(pupil, selector)
    pupil.page.keyboard.press(key)


def answer(pupil: Pupil, downwards: int) -> None:
    """Choose an answer by its arrow keys, and send it."""
    tab_to(pupil, "[data-testid=lesson] input[type=radio]")
    for key in ("Space", *["ArrowDown"] * downwards, "Enter"):
        pupil.page.keyboard.press(key)


def read_on(pupil: Pupil, step: int) -> None:
    """The keyboard is at the explanation; from there to the next step."""
    pupil.until_lesson(step, "explained")
    expect(pupil.page.get_by_test_id("explanation")).to_be_focused()
    press(pupil, NEXT)
    pupil.until(f"d.step === '{step + 1}'")
    expect(pupil.page.locator(".kp-step-title")).to_be_focused()


@pytest.mark.slow
@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_first_lesson_is_done_by_keyboard_alone(pupil_at: Callable[..., Pupil], size: tuple[int, int]) -> None:
    pupil = pupil_at(size=size, first_visit=True)
    page = pupil.page
    page.goto(pupil.app.url(place=pupil.PLACE))
    press(pupil, FIRST)
    pupil.until_lesson(1, "run")
    expect(page.locator(".kp-step-title")).to_be_focused()
    for step, part in ((1, ".kp-boundary"), (2, ".kp-views")):
        if size == PHONE:
            press(pupil, "button:text-is('Show me')")
        expect(page.locator(part)).to_be_in_viewport()
        press(pupil, GO_ON)
        read_on(pupil, step)

    answer(pupil, 1)
    pupil.until_lesson(3, "run")
    press(pupil, RUN, "Space")
    pupil.until_lesson(3, "explained")
    assert "That is what happens." in page.get_by_test_id("explanation").inner_text()
    assert pupil.verdict.startswith("Reached at epoch ")
    read_on(pupil, 3)

    pupil.until_run("ready")
    press(pupil, PLAY)
    pupil.until_lesson(4, "observe")
    answer(pupil, 0)
    read_on(pupil, 4)

    press(pupil, RUN)
    pupil.until_lesson(5, "explained")
    press(pupil, SCRUBBER, "Home")
    page.locator("[data-testid=stage][data-epoch='0']").wait_for()
    press(pupil, NEXT)

    pupil.until_lesson(6, "predict").expect_readable_speeds()
    answer(pupil, 0)
    pupil.until_lesson(6, "run")
    press(pupil, RUN)
    pupil.until_lesson(6, "explained")
    press(pupil, "button:text-is('All lessons')")
    expect(page.locator(FIRST)).to_be_focused()
    expect(page.locator(FIRST)).to_have_attribute("data-done", "6/6")


def seen_by_everybody(pupil: Pupil) -> dict[str, list[str]]:
    """What axe-core finds, light and dark, on a laptop and at the size of a phone."""
    found: dict[str, list[str]] = {}
    for scheme in ("light", "dark"):
        pupil.page.emulate_media(color_scheme=scheme)
        pupil.until(f"d.theme === '{scheme}'")
        for size in (LAPTOP, PHONE):
            pupil.resize(size)
            if seen := faults(pupil.page):
                found[f"{scheme}, {size}"] = seen
    return found


@pytest.mark.slow
def test_no_state_of_a_step_keeps_anybody_out(pupil_at: Callable[..., Pupil]) -> None:
    pupil = pupil_at(size=LAPTOP, first_visit=True)
    page = pupil.page
    pupil.open({"lesson": "line_and_ring"}, state=None).until_lesson(1, "predict").until_run("ready")
    assert seen_by_everybody(pupil) == {}
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Predict", exact=True).click()
    pupil.until_lesson(1, "run")
    assert seen_by_everybody(pupil) == {}
    pupil.choose_speed("As fast as it goes").press("Run it").until_lesson(1, "observe")
    pupil.until_run("finished")
    assert seen_by_everybody(pupil) == {}
    page.get_by_role("radio").first.check()
    pupil.press("Answer").until_lesson(1, "explained")
    assert seen_by_everybody(pupil) == {}
