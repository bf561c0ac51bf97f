"""The page opened with a link of TensorFlow Playground behind its ``#``, in a real browser."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from tests.axe import faults
from tests.served_app import Learner

LINK = (
    "#activation=relu&regularization=L1&regularizationRate=0.003&dataset=xor&learningRate=0.1&networkShape=3&seed=0.5"
    "&showTestData=true&discretize=true&noise_hide=true&stepButton_hide=true&dataset_hide=true"
)


def address(learner: Learner) -> str:
    """The page's address as the page has it; Playwright hears of it a little later."""
    return str(learner.page.evaluate("() => location.href"))


def asked(learner: Learner) -> dict[str, str]:
    """The query of the page's address."""
    return {name: texts[0] for name, texts in parse_qs(urlsplit(address(learner)).query).items()}


MANY_SENTENCES = (
    "#dataset=xor&networkShape=3&seed=0.5&cosX=true&cosY=true&collectStats=true&tutorial=one&initZero=true"
    "&showTestData_hide=true&problem_hide=true&regularization_hide=true"
)


def test_that_there_is_more_to_read_above_the_stage_is_seen(learner: Learner) -> None:
    page = learner.page
    page.goto(learner.app.url() + MANY_SENTENCES)
    learner.until("() => new URL(location).searchParams.get('dataset') === 'xor'").until_state("ready")
    notices = page.locator(".st-key-notices")
    expect(notices).to_be_visible()
    thumb = "node => getComputedStyle(node, '::-webkit-scrollbar-thumb').backgroundColor"
    assert notices.evaluate(thumb) not in ("rgba(0, 0, 0, 0)", "transparent"), "the scroll bar waits for no pointer"
    for size in ((1440, 900), (1280, 720)):
        learner.resize(size).expect_on_one_screen(notices, page.get_by_test_id("stage"))
        assert notices.evaluate("node => node.scrollHeight > node.clientHeight")


def test_what_stands_behind_the_mark_opens_trains_and_hides_once(learner: Learner) -> None:
    page = learner.page
    page.goto(learner.app.url() + LINK)
    learner.until("() => new URL(location).searchParams.get('l1') === '0.003'").until_state("ready", "paused")
    assert asked(learner)["hide"] == "noise,step,dataset" and asked(learner)["hidden"] == "3"
    assert urlsplit(address(learner)).fragment == ""
    expect(page.get_by_test_id("stage")).to_have_attribute("data-hide", "noise step dataset")
    for name in ("Step", "Rewind"):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_visible(visible=name != "Step")
    expect(page.get_by_role("slider", name="Noise")).to_have_count(0)
    expect(page.get_by_role("checkbox", name="Test points")).to_be_checked()
    expect(page.get_by_text("seed=0.5 is seed 50000 here")).to_be_visible()
    learner.press("Play").until_epoch(5).press("Pause").until_state("paused")

    page.reload()
    learner.until_state("ready", "paused")
    assert asked(learner)["l1"] == "0.003" and asked(learner)["hide"] == "noise,step,dataset"
    assert faults(page) == []

    page.evaluate("() => { location.hash = '#heading'; }")  # which is none of these
    page.evaluate("() => { location.hash = '#dataset=gauss&networkShape=2'; }")
    learner.until("() => new URL(location).searchParams.get('dataset') === 'gaussians'")
    assert "hide" not in asked(learner) and urlsplit(address(learner)).fragment == ""
    expect(page.get_by_role("button", name="Step", exact=True)).to_be_visible()


def test_a_link_is_pasted_by_keyboard(learner: Learner) -> None:
    page = learner.open().page
    page.get_by_role("button", name="Presets").press("Enter")
    place = page.get_by_role("textbox", name="Open a TensorFlow Playground link")
    place.fill("<b>no link</b>")
    place.press("Enter")
    expect(page.get_by_text("Got '<b>no link</b>'.")).to_be_visible()
    assert faults(page) == []
    place.fill("https://playground.tensorflow.org/#dataset=spiral&networkShape=8,8")
    place.press("Enter")
    learner.until("() => new URL(location).searchParams.get('hidden') === '8,8'")
    expect(place).to_have_count(0)
    assert asked(learner)["loss"] == "half_squared"
