"""The link of all that is seen, and a page that is opened by it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.stage.conftest import Mounted
from tests.stage.test_kept_run import opened
from tests.stage.test_stage_in_a_browser import CHART, CURVES, HIDE, settle

Mount = Callable[..., Mounted]

COPIED = """() => { window.copied = [];
  const writeText = async (text) => { copied.push(text); };
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } }); }"""
LOOK = {
    "view": "diagnosis", "speed": "5", "test_points": True, "map": "classes", "mistakes": True, "log": True,
}  # fmt: skip


def copied_as_seen(stage: Mounted) -> str:
    stage.page.evaluate(COPIED)
    stage.press("Choose what to copy")
    stage.page.get_by_role("menuitem", name="As I see it now").click()
    expect(stage.page.get_by_role("button", name="Copied")).to_be_visible()
    return str(stage.page.evaluate("copied.at(-1)"))


def assert_looks(stage: Mounted) -> None:
    """As LOOK says."""
    page = stage.page
    expect(page.get_by_role("tab", name="Diagnosis")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_label("Speed")).to_have_value("5")
    expect(page.get_by_role("button", name="Classes", exact=True)).to_have_attribute("aria-pressed", "true")
    for name in ("Test points", "Mistakes", "Log scale"):
        expect(page.get_by_label(name)).to_be_checked()
    page.wait_for_function(f"{CURVES}.layout?.yaxis.type === 'log'")
    page.wait_for_function(f"{CHART}.data.some((trace) => trace.meta === 'test' && trace.visible)")
    stage.wait_for_peer(lambda: stage.run.got("show") and stage.run.got("show")[-1]["rings"])
    assert stage.run.got("show")[-1]["view"]["name"] == "diagnosis"


def test_a_page_as_it_opens_has_the_link_of_its_experiment(mount: Mount) -> None:
    stage = mount()
    assert copied_as_seen(stage) == f"{stage.peer.url}?dataset=circle"


def test_the_link_says_all_that_was_set_up_to_be_seen(mount: Mount) -> None:
    stage = mount()
    page = stage.page
    stage.press("Play")
    stage.wait("+d.epoch > 5")
    epoch = settle(stage)
    page.get_by_role("tab", name="Diagnosis").click()
    page.get_by_label("Speed").select_option("5 epochs a frame")
    stage.press("Classes")
    for name in ("Test points", "Mistakes", "Log scale"):
        page.get_by_label(name).check()
    assert copied_as_seen(stage) == (
        f"{stage.peer.url}?dataset=circle&view=diagnosis&speed=5&test_points=true&map=classes&mistakes=true&log=true"
        f"&at={epoch}"
    )
    stage.press("Close this view")
    assert "&view=none&" in copied_as_seen(stage)


def test_a_page_opened_by_such_a_link_looks_so(mount: Mount) -> None:
    stage = mount()
    stage.show(stage.run, look={**LOOK, "number": 1})
    assert_looks(stage)
    stage.page.get_by_label("Log scale").uncheck()
    stage.show(stage.run, look={**LOOK, "number": 1})
    expect(stage.page.get_by_label("Log scale")).not_to_be_checked()  # it was told once
    stage.show(stage.run, look={**LOOK, "number": 2})
    expect(stage.page.get_by_label("Log scale")).to_be_checked()


def test_a_reloaded_page_looks_as_it_did(mount: Mount) -> None:
    stage = mount()
    stage.show(stage.run, look={**LOOK, "number": 1})
    assert_looks(stage)
    run = stage.run
    other = opened(stage)
    stage.page.goto(f"{stage.peer.url}?token={other.token}&session=second")
    stage.page.wait_for_function("harness.triggers.some(([name]) => name === 'claim')")
    run.received.clear()
    stage.show(run, session="second", claimed=run.token)
    stage.wait("+d.frames >= 1")
    assert_looks(stage)


def test_an_epoch_in_the_link_is_trained_to_at_full_speed_and_shown(mount: Mount) -> None:
    stage = mount()
    stage.show(opened(stage), look={"at": 120, "speed": "5", "number": 1})
    stage.wait("d.state === 'paused' && d.epoch === '120'")
    assert stage.run.got("play") == [{"type": "play", "epochs_per_frame": 0, "until": 120}]
    stage.press("Play")
    stage.wait("+d.epoch > 130")
    assert stage.run.got("play")[-1] == {"type": "play", "epochs_per_frame": 5}


def test_an_epoch_that_was_trained_already_is_looked_back_at(mount: Mount) -> None:
    stage = mount(newest=200, shown=200, state="paused")
    stage.show(stage.run, look={"at": 120, "number": 1})
    stage.wait("d.state === 'paused' && d.epoch === '120'")
    assert stage.run.got("play") == []


@pytest.mark.slow
def test_who_pauses_on_the_way_there_stays_where_they_are(mount: Mount) -> None:
    stage = mount(seconds_per_frame=0.05)
    stage.show(stage.run, look={"at": 9000, "number": 1})
    stage.wait("d.state === 'playing' && +d.epoch > 30")
    stage.press("Pause")
    stage.wait("d.state === 'paused'")
    stage.press("Play")
    stage.wait_for_peer(lambda: len(stage.run.got("play")) == 2)
    assert stage.run.got("play")[-1] == {"type": "play", "epochs_per_frame": 1}


def test_a_link_opened_in_a_background_tab_gets_there_when_it_is_looked_at(mount: Mount) -> None:
    stage = mount()
    stage.page.evaluate(HIDE, True)
    stage.wait_for_peer(lambda: stage.run.got("hidden"))
    run = opened(stage)
    stage.show(run, look={"at": 120, "number": 1})
    stage.wait_for_peer(lambda: run.got("play"))
    assert run.newest == 0
    stage.page.evaluate(HIDE, False)
    stage.wait("d.state === 'paused' && d.epoch === '120'")


@pytest.mark.parametrize("bad", [{"view": "nowhere"}, {"speed": 5}, {"at": "x"}, {"map": None}])
@pytest.mark.slow
def test_what_is_none_of_its_looks_is_passed_over(mount: Mount, bad: dict[str, Any]) -> None:
    stage = mount()
    stage.show(stage.run, look={**bad, "log": True, "number": 1})
    expect(stage.page.get_by_label("Log scale")).to_be_checked()
    stage.press("Step")
    stage.wait("d.epoch === '1'")


def test_the_menu_is_walked_by_keyboard_and_escape_gives_the_focus_back(mount: Mount) -> None:
    stage = mount()
    stage.page.evaluate(COPIED)
    more = stage.page.get_by_role("button", name="Choose what to copy")
    menu = stage.page.get_by_role("menu")
    more.press("ArrowDown")
    expect(stage.page.get_by_role("menuitem", name="The experiment")).to_be_focused()
    expect(more).to_have_attribute("aria-expanded", "true")
    stage.page.keyboard.press("ArrowDown")
    expect(stage.page.get_by_role("menuitem", name="As I see it now")).to_be_focused()
    stage.page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(more).to_be_focused()
    more.press("Enter")
    stage.page.keyboard.press("Enter")
    expect(menu).to_be_hidden()
    expect(more).to_be_focused()
    assert stage.page.evaluate("copied") == [f"{stage.peer.url}?dataset=circle"]
    more.click()
    stage.page.mouse.click(5, 5)
    expect(menu).to_be_hidden()
