"""One screen from a small frame to a projector, a phone upright and sideways: nothing cut, nothing out of reach."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import FloatRect, Locator, TimeoutError, expect

from tests.served_app import SCHEMES, Learner, ServedApp

ScreenSize = tuple[int, int]
LearnerAt = Callable[..., Learner]

PARTS = {
    "boundary": ("[data-testid=boundary-chart]", 230, 230),
    "curves": ("[data-testid=curves-chart]", 280, 120),
    "view": ("[data-testid=view]", 330, 220),
    "Play": (".kp-primary", 60, 34),
}
"""Where each part of the stage is, and its least useful width and height in px."""
FINGER = 38
"""Px that a finger hits."""

FAULTS = """parts => {
    const faults = [];
    for (const [name, [selector, width, height]] of Object.entries(parts)) {
        const box = document.querySelector(`[data-testid=stage] ${selector}`).getBoundingClientRect();
        const inside = box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight;
        if (!inside) faults.push(`${name} sticks out`);
        if (box.width < width || box.height < height) faults.push(`${name} is ${box.width} by ${box.height}`);
    }
    return faults;
}"""
OVERFLOW = """() => [document.documentElement, document.querySelector('[data-testid=stMain]')].map(
    node => [node.scrollWidth - node.clientWidth, node.scrollHeight - node.clientHeight])"""
CUT = """() => [...document.querySelectorAll('[data-testid=stage] *')].filter(node =>
    node.clientWidth > 1 && node.scrollWidth > node.clientWidth + 1 && node.checkVisibility()
    && !node.closest('[aria-hidden]') && getComputedStyle(node).overflowX !== 'visible'
).map(node => `${node.className}: ${node.scrollWidth} px in ${node.clientWidth}`)"""
OVERLAP = """([one, other]) => {
    const [a, b] = [one, other].map(selector => document.querySelector(selector).getBoundingClientRect());
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}"""


def least(*names: str, **smaller: tuple[int, int]) -> dict[str, tuple[str, int, int]]:
    """These parts with their least sizes, some of them smaller than usual."""
    return {name: (PARTS[name][0], *smaller.get(name, PARTS[name][1:])) for name in names}


def expect_on_one_screen(learner: Learner, parts: dict[str, tuple[str, int, int]]) -> None:
    """All these parts lie in the window and are large enough, nothing is cut and nothing scrolls."""
    seen: list[Any] = []

    def looks_right() -> bool:
        seen[:] = [learner.page.evaluate(FAULTS, parts), learner.page.evaluate(CUT), learner.page.evaluate(OVERFLOW)]
        return seen[:2] == [[], []] and all(extra <= 0 for pair in seen[2] for extra in pair)

    try:
        learner.wait(looks_right)
    except AssertionError:
        raise AssertionError(f"{learner.page.viewport_size}: {seen}") from None


def box_of(learner: Learner, selector: str) -> FloatRect:
    box = learner.page.locator(selector).bounding_box()
    assert box is not None
    return box


def settings(learner: Learner) -> Locator:
    return learner.page.get_by_role("button", name="Settings", exact=True)


def sidebar(learner: Learner) -> Locator:
    return learner.page.locator("[data-testid=stSidebar]")


@pytest.mark.slow
def test_what_a_learner_watches_is_on_one_screen(app: ServedApp, learner_at: LearnerAt) -> None:
    learner = learner_at(app, (1024, 768)).open().press("Play").until_epoch(10)
    for scheme in SCHEMES:
        expect_all_on_one_screen(learner.in_scheme(scheme))


def expect_all_on_one_screen(learner: Learner) -> None:
    """Whatever the size of the screen, and whichever it was before."""
    for size in [(1024, 768), (1280, 720), (1366, 768), (1440, 900), (1920, 1080), (2560, 1440)]:
        learner.resize(size)
        expect_on_one_screen(learner, least("boundary", "curves", "view", "Play"))
        assert 240 < box_of(learner, "[data-testid=stSidebar]")["width"] < size[0] / 3
    learner.resize((1024, 500))
    expect_on_one_screen(learner, least("boundary", "curves", "Play"))
    learner.resize((1024, 768))
    expect_on_one_screen(learner, least("boundary", "curves", "view", "Play"))


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_an_embedded_page_is_as_tall_as_its_frame_with_the_settings_behind_a_button(
    app: ServedApp, learner_at: LearnerAt, scheme: str
) -> None:
    learner = learner_at(app, (600, 400), color_scheme=scheme).open("embed=true")
    learner.press("Play").until_epoch(10)
    for size in [(600, 400), (800, 500), (1200, 800)]:
        learner.resize(size)
        expect_on_one_screen(learner, least("boundary", "curves", "Play"))
        expect(sidebar(learner)).to_be_hidden()
        expect(settings(learner)).to_be_visible()
    learner.resize((600, 400))
    learner.page.get_by_role("tab", name="Layers").click()
    expect_on_one_screen(learner, least("boundary", "view", "Play", view=(310, 180)))


QUESTION = "dataset=spirals&classes=3&samples=300&noise=0.2&test=0.2&optimizer=adam&learning_rate=0.01"
QUESTION += "&batch_size=32&epochs=200&init=glorot&hidden=none"
REFUSED = f"learning_rate=-1&dataset={'very_long' * 30}&foo={'x' * 300}"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "query", "said"),
    [
        ((600, 400), QUESTION, "Three arms, and one straight border"),
        ((600, 400), REFUSED, "learning_rate must be in"),
        ((1280, 720), REFUSED, "learning_rate must be in"),
        ((600, 400), "output=linear&loss=binary_crossentropy", "Cross-entropy expects probabilities"),
    ],
    ids=["question", "refusals", "refusals on a laptop", "warning"],
)
def test_what_is_said_above_the_stage_pushes_nothing_off_the_screen(
    app: ServedApp, learner_at: LearnerAt, size: ScreenSize, query: str, said: str
) -> None:
    low = size == (600, 400)
    learner = learner_at(app, size).open(query + "&embed=true" * low).press("Play").until_epoch(5)
    expect(learner.page.locator("[data-testid=stMain]")).to_contain_text(said)
    parts = ("boundary", "curves", "Play") if low else ("boundary", "curves", "view", "Play")
    expect_on_one_screen(learner, least(*parts, boundary=(200, 150), curves=(280, 100), view=(330, 200)))


@pytest.mark.slow
def test_settings_open_over_a_small_frame_by_keyboard_and_escape_closes_one_thing_at_a_time(
    app: ServedApp, learner_at: LearnerAt
) -> None:
    learner = learner_at(app, (600, 400)).open("embed=true")
    page = learner.page
    settings(learner).press("Enter")
    expect(sidebar(learner)).to_be_visible()
    expect(page.get_by_role("button", name="Close", exact=True)).to_be_focused()
    rate = page.get_by_role("combobox", name="Learning rate")
    open_list(rate)
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(sidebar(learner)).to_be_visible()
    rate.click()
    page.get_by_role("option", name="0.1", exact=True).click()
    page.wait_for_url("**learning_rate=0.1**")
    expect(sidebar(learner)).to_be_visible()
    page.keyboard.press("Escape")
    expect(sidebar(learner)).to_be_hidden()
    expect(settings(learner)).to_be_focused()
    expect(settings(learner)).to_have_attribute("aria-expanded", "false")


def open_list(choice: Locator) -> None:
    """Open a list by keyboard; a key pressed while the script runs again may be lost."""
    found = choice.page.get_by_role("listbox")
    for _ in range(10):
        choice.press("ArrowDown")
        with suppress(TimeoutError):
            found.wait_for(timeout=3000)
            return
    expect(found).to_be_visible()


@pytest.mark.slow
def test_whoever_plays_or_goes_on_elsewhere_has_the_settings_out_of_the_way(
    app: ServedApp, learner_at: LearnerAt
) -> None:
    learner = learner_at(app, (844, 390), has_touch=True, is_mobile=True).open()
    expect(sidebar(learner)).to_be_hidden()
    settings(learner).tap()
    expect(sidebar(learner)).to_be_visible()
    learner.page.keyboard.press("Tab")
    expect(sidebar(learner)).to_be_visible()
    learner.page.get_by_role("tab", name="Network").tap()
    expect(sidebar(learner)).to_be_hidden()
    learner.until("d.view === 'network'")
    settings(learner).tap()
    learner.page.evaluate("document.activeElement.blur()")
    learner.page.keyboard.press("Space")
    learner.until_epoch(3)
    expect(sidebar(learner)).to_be_hidden()


@pytest.mark.slow
def test_settings_folded_away_on_a_laptop_come_back_by_a_named_button(app: ServedApp, learner_at: LearnerAt) -> None:
    learner = learner_at(app, (1024, 768), locale="en-GB").open()
    before = round(box_of(learner, "[data-testid=boundary-chart]")["width"])
    expect(settings(learner)).to_be_hidden()
    learner.press("Collapse sidebar")
    expect(settings(learner)).to_be_visible()
    expect_on_one_screen(learner, least("boundary", "curves", "view", "Play", boundary=(before + 80, 300)))
    settings(learner).press("Enter")
    expect(settings(learner)).to_be_hidden()
    expect(learner.page.get_by_role("button", name="Collapse sidebar")).to_be_focused()


@pytest.mark.slow
def test_a_phone_shows_boundary_and_play_first_and_cuts_nothing(app: ServedApp, learner_at: LearnerAt) -> None:
    learner = learner_at(app, (390, 844), has_touch=True, is_mobile=True).open()
    notice = "[data-testid=stage-notice]"
    expect(learner.page.locator(notice)).to_have_text("An untrained network. Press Play.")
    assert not learner.page.evaluate(OVERLAP, [notice, "[data-testid=boundary-chart] .modebar"])
    expect(settings(learner)).to_be_in_viewport(ratio=1)
    learner.press("Play").until_epoch(5)
    for scheme in SCHEMES:
        expect_for_fingers(learner.resize((390, 844)).in_scheme(scheme))


def expect_for_fingers(learner: Learner) -> None:
    """On a phone upright and sideways what matters is there at once, and what is pressed is large enough."""
    parts = least("boundary", "Play")
    learner.wait(lambda: learner.page.evaluate(FAULTS, parts) == [] and learner.page.evaluate(CUT) == [])
    pressed = learner.page.locator("[data-testid=stage] :is(.kp-transport button, .kp-tab, .kp-segment, .kp-check)")
    boxes = [box for box in (each.bounding_box() for each in pressed.all()) if box]
    assert len(boxes) > 12 and min(box["height"] for box in boxes) >= FINGER
    learner.resize((844, 390))
    expect_on_one_screen(learner, least("boundary", "Play", boundary=(230, 190)))


@pytest.mark.slow
def test_on_a_low_window_pages_keep_off_the_transport_whose_speeds_can_be_read(
    app: ServedApp, learner_at: LearnerAt
) -> None:
    learner = learner_at(app, (760, 400)).open()
    lie_over = """() => [...document.querySelectorAll('.st-key-header :is(a, button)')].flatMap(link =>
        [...document.querySelectorAll('.kp-transport :is(button, select)')].filter(each => {
            const [a, b] = [link, each].map(node => node.getBoundingClientRect());
            return a.width && b.width && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
        }).map(each => [link.textContent, each.ariaLabel ?? each.textContent]))"""
    for size in ((760, 400), (800, 360), (844, 390), (1024, 500), (1181, 510), (1280, 520)):
        learner.resize(size)
        expect(learner.page.get_by_role("link", name="Learn")).to_be_in_viewport(ratio=1)
        learner.wait(lambda: learner.page.evaluate(lie_over) == [])
        learner.expect_readable_speeds()
    for size in ((819, 500), (820, 500), (899, 400), (900, 400), (600, 400), (390, 844), (320, 640)):
        learner.resize(size)
        learner.expect_readable_speeds()


@pytest.mark.slow
def test_no_width_from_320_px_scrolls_sideways_and_twice_the_text_loses_nothing(
    app: ServedApp, learner_at: LearnerAt
) -> None:
    learner = learner_at(app, (320, 640)).open().press("Play").until_epoch(5)
    for width in (320, 360, 414, 539, 541, 640, 699, 701, 767, 769, 820, 1023, 1025, 1199, 1201):
        learner.resize((width, 700))
        learner.wait(lambda: all(across <= 0 for across, _down in learner.page.evaluate(OVERFLOW)))
    learner.resize((640, 360))  # what 1280 by 720 is at 200 %
    expect_on_one_screen(learner, least("boundary", "Play", boundary=(200, 150)))
    for text in ("Confidence", "class 1", "Test points", "Accuracy", "Diagnosis", "Log scale", "Presets"):
        expect(learner.page.get_by_text(text, exact=True).locator("visible=true").first).to_be_in_viewport(ratio=0.9)
    for name in ("Step", "Rewind", "New weights", "Copy link", "Settings"):
        expect(learner.page.get_by_role("button", name=name, exact=True)).to_be_in_viewport(ratio=1)


@pytest.mark.slow
def test_a_projector_gets_larger_type_and_no_room_is_left_unused(app: ServedApp, learner_at: LearnerAt) -> None:
    learner = learner_at(app, (1440, 900)).open()
    heights = """() => ['.kp-tab', '.kp-check', '.kp-primary'].map(
        name => document.querySelector(name).getBoundingClientRect().height)"""
    ticks = "() => document.querySelector('[data-testid=boundary-chart]')._fullLayout.xaxis.tickfont.size"
    knobs = "() => parseFloat(getComputedStyle(document.querySelector('[data-testid=stSidebar] label')).fontSize)"
    usual = [*learner.page.evaluate(heights), learner.page.evaluate(ticks), learner.page.evaluate(knobs)]
    for size, times in (((1920, 1080), 1.1), ((2560, 1440), 1.35)):
        learner.resize(size)
        learner.page.wait_for_function(f"least => ({ticks})() >= least", arg=usual[3] * times)
        larger = [*learner.page.evaluate(heights), learner.page.evaluate(ticks), learner.page.evaluate(knobs)]
        assert all(new >= old * times for new, old in zip(larger, usual, strict=True))
        stage = box_of(learner, "[data-testid=stage]")
        assert size[1] - 20 <= stage["y"] + stage["height"] <= size[1]
        box = box_of(learner, "[data-testid=boundary-chart]")
        learner.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        expect(learner.page.locator(".kp-tip")).to_contain_text("0.")
