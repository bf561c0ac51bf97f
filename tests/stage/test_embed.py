"""The dialog that makes the code of a frame; and what a link of it does on the stage: panels hidden, knobs locked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.axe import faults
from tests.stage.conftest import Mounted
from tests.stage.test_page_view import COPIED

Mount = Callable[..., Mounted]
SIZES = [(1440, 900), (1024, 500), (390, 844)]


def opened(stage: Mounted) -> Locator:
    stage.choose_to_share("Embed")
    dialog = stage.page.get_by_role("dialog", name="Embed")
    expect(dialog).to_be_visible()
    return dialog


def test_the_code_follows_what_is_chosen_by_keyboard_and_is_copied(mount: Mount) -> None:
    stage = mount()
    page = stage.page
    page.evaluate(COPIED)
    dialog = opened(stage)
    code = dialog.get_by_role("textbox", name="Code")
    start = f'<iframe src="{stage.peer.url}?dataset=circle&amp;view=none'
    assert code.input_value().startswith(f"{start}&amp;hide=settings&amp;embed=true")
    assert 'width="600" height="400"' in code.input_value()
    dialog.get_by_label("Plays at once").press("Space")
    dialog.get_by_label("Settings", exact=True).press("Space")
    dialog.get_by_label("Figures", exact=True).press("Space")
    dialog.get_by_label("Colours", exact=True).select_option(label="Dark")
    dialog.get_by_text("Knobs: free, locked or hidden").press("Enter")
    dialog.get_by_label("Noise", exact=True).select_option(label="Hidden")
    dialog.get_by_label("Learning rate", exact=True).select_option(label="Locked")
    expect(dialog.get_by_label("Table", exact=True)).to_have_count(0)  # which this dataset does not have
    dialog.get_by_label("Size", exact=True).select_option(label="Another")
    dialog.get_by_label("Width", exact=True).fill("100")
    expect(dialog.get_by_role("status")).to_have_text("Width and height must be whole numbers in [240, 4000].")
    expect(dialog.get_by_role("button", name="Preview")).to_be_disabled()
    dialog.get_by_label("Width", exact=True).fill("720")
    dialog.get_by_role("button", name="Copy code").press("Enter")
    expect(dialog.get_by_role("button", name="Copied")).to_be_visible()
    wanted = "&autoplay=true&hide=figures,noise&lock=learning_rate&embed=true&embed_options=dark_theme"
    assert page.evaluate("copied") == [code.input_value()]
    assert code.input_value().startswith(f'{start}{wanted.replace("&", "&amp;")}" ')
    assert 'width="720" height="400"' in code.input_value()


def test_a_preview_is_there_from_when_it_is_asked_for_until_the_dialog_is_closed(mount: Mount) -> None:
    stage = mount()
    dialog = opened(stage)
    frame = dialog.locator("iframe")
    expect(frame).to_have_count(0)
    dialog.get_by_label("Size", exact=True).select_option("800x500")
    dialog.get_by_role("button", name="Preview").press("Enter")
    expect(frame).to_have_attribute("src", f"{stage.peer.url}?dataset=circle&view=none&hide=settings&embed=true")
    expect(frame).to_have_attribute("width", "800")
    stage.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(frame).to_have_count(0)
    expect(stage.page.get_by_role("button", name="Choose what to copy")).to_be_focused()


def test_where_no_page_may_show_it_a_sentence_stands_in_place_of_the_preview(mount: Mount) -> None:
    stage = mount()
    dialog = opened(stage)
    stage.page.route(
        "**/?*embed=true*",
        lambda route: route.fulfill(body="", headers={"content-security-policy": "frame-ancestors 'none'"}),
    )
    dialog.get_by_role("button", name="Preview").press("Enter")
    expect(dialog.get_by_text("This server lets no page show it in a frame")).to_be_visible()
    expect(dialog.locator("iframe")).to_have_count(0)
    assert dialog.get_by_role("textbox", name="Code").input_value().startswith("<iframe")
    dialog.get_by_role("button", name="Copy code").press("Enter")
    expect(dialog.get_by_role("button", name="Copied")).to_be_visible()
    assert faults(stage.page) == []


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_it_has_room_in_every_window(mount: Mount, size: tuple[int, int]) -> None:
    stage = mount(size=size, dark=size[0] == 390)
    dialog = opened(stage)
    dialog.get_by_text("Knobs: free, locked or hidden").click()
    expect(dialog.get_by_label("Learning rate", exact=True)).to_be_visible()
    box = dialog.bounding_box()
    assert box is not None and box["x"] >= 0 and box["y"] >= 0
    assert box["x"] + box["width"] <= size[0] and box["y"] + box["height"] <= size[1]
    assert dialog.evaluate("node => node.scrollWidth - node.clientWidth") <= 0
    assert faults(stage.page) == []


@pytest.mark.parametrize("size", [(600, 400), (800, 500), (1200, 800)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_what_a_link_hides_leaves_its_room_to_the_boundary(mount: Mount, size: tuple[int, int]) -> None:
    stage = mount(size=size)
    page = stage.page
    boundary = page.locator(".kp-boundary")
    before = boundary.bounding_box()
    stage.show(stage.run, hide=["curves", "figures", "views", "settings"])
    for panel in (".kp-curves", ".kp-figures", ".kp-views"):
        expect(page.locator(panel)).to_be_hidden()
    page.wait_for_function(
        "() => document.querySelector('.kp-boundary').getBoundingClientRect().width > innerWidth - 40"
    )
    after = boundary.bounding_box()
    assert before is not None and after is not None
    assert after["width"] > before["width"] and after["y"] + after["height"] <= size[1]
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()


def test_where_play_is_hidden_the_words_fit_and_the_space_bar_does_not_play(mount: Mount) -> None:
    stage = mount()
    page = stage.page
    notice = page.get_by_test_id("stage-notice")
    expect(notice).to_have_text("An untrained network. Press Play or the space bar.")
    stage.show(stage.run, hide=["play"])
    expect(notice).to_have_text("An untrained network. Press Step.")
    stage.show(stage.run, hide=["play", "step"])
    expect(notice).to_have_text("An untrained network.")
    page.keyboard.press("Space")
    stage.show(stage.run, hide=["play"])
    stage.press("Step")
    stage.wait("d.epoch === '1'")
    assert "played" not in stage.data and stage.run.newest == 1
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_hidden()


def test_what_plays_by_itself_can_be_paused_where_play_is_hidden(mount: Mount) -> None:
    stage = mount()
    stage.show(stage.run, hide=["play"])
    stage.page.evaluate("import('/_playground/static/test/web/guide.js').then(({ guide }) => guide.session.play())")
    stage.press("Pause")
    stage.wait("d.state === 'paused'")
    stage.press("Play")
    stage.wait("d.state === 'playing'")


def test_locked_knobs_stay_as_they_are_on_the_stage_and_free_ones_do_not(mount: Mount) -> None:
    stage = mount()
    page = stage.page
    more = page.get_by_role("button", name="Add a hidden layer")
    weights = page.get_by_role("button", name="New weights")
    expect(more).to_be_enabled()
    expect(weights).to_be_enabled()
    stage.show(stage.run, lock=["hidden", "seed", "points", "features"])
    expect(weights).to_be_disabled()
    expect(more).to_be_disabled()
    expect(page.get_by_role("button", name="One neuron more in layer 1")).to_be_disabled()
    expect(page.get_by_test_id("draw-points")).to_be_hidden()
    stage.press("Step")
    stage.wait("d.epoch === '1'")
    stage.show(stage.run, lock=[])
    expect(weights).to_be_enabled()
    expect(more).to_be_enabled()
    expect(page.get_by_test_id("draw-points")).to_be_visible()
