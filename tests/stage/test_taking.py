"""What can be taken away: one dialog, by mouse and by keyboard, one file at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, expect

from tests.axe import faults
from tests.stage.conftest import Mounted

Mount = Callable[..., Mounted]
SIZES = [(1440, 900), (1024, 500), (390, 844)]


def opened(stage: Mounted) -> Locator:
    stage.page.get_by_role("button", name="Take away").press("Enter")
    dialog = stage.page.get_by_role("dialog", name="Take away: epoch 0")
    expect(dialog).to_be_visible()
    return dialog


def test_a_file_is_with_the_downloads_under_its_own_name(mount: Mount) -> None:
    stage = mount()
    dialog = opened(stage)
    with stage.page.expect_download() as download:
        dialog.get_by_role("button", name="Keras script").press("Enter")
    assert download.value.suggested_filename == "circle_epoch_0.py"
    assert Path(download.value.path()).read_text(encoding="utf-8") == "print('learned')\n"
    expect(dialog.get_by_role("status")).to_have_text("circle_epoch_0.py is with your downloads.")
    expect(dialog.get_by_role("button", name="Keras script")).to_be_focused()
    stage.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(stage.page.get_by_role("button", name="Take away")).to_be_focused()


def test_a_chart_is_also_a_picture_on_white_large_enough_for_print(mount: Mount) -> None:
    stage = mount()
    dialog = opened(stage)
    with stage.page.expect_download() as download:
        dialog.get_by_role("button", name="Loss (PNG)").click()
    assert download.value.suggested_filename == "circle_epoch_0_loss.png"
    with Image.open(download.value.path()) as picture:
        assert picture.format == "PNG" and picture.size == (2400, 600)
        assert picture.convert("RGBA").getpixel((0, 0)) == (255, 255, 255, 255)


def test_what_is_refused_says_why_and_another_can_be_taken(mount: Mount) -> None:
    stage = mount()
    dialog = opened(stage)
    dialog.get_by_role("button", name="Notebook").click()
    expect(dialog.get_by_role("status")).to_have_text("Weights were changed by hand.")
    with stage.page.expect_download():
        dialog.get_by_role("button", name="Keras script").click()


def test_a_long_one_says_how_far_it_is_and_can_be_cancelled(mount: Mount) -> None:
    stage = mount()
    dialog = opened(stage)
    dialog.get_by_role("button", name="ONNX").press("Enter")
    bar = dialog.get_by_role("progressbar")
    expect(bar).to_have_js_property("value", 0.5)
    expect(dialog.get_by_role("button", name="Cancel")).to_be_focused()
    expect(dialog.get_by_role("button", name="Notebook")).to_be_disabled()
    stage.page.keyboard.press("Enter")
    stage.wait_for_peer(lambda: stage.run.got("cancel_export"))
    expect(bar).to_be_hidden()
    expect(dialog.get_by_role("button", name="ONNX")).to_be_focused()
    dialog.get_by_role("button", name="ONNX").press("Enter")
    stage.page.keyboard.press("Escape")
    stage.wait_for_peer(lambda: len(stage.run.got("cancel_export")) == 2)


def test_a_connection_that_is_lost_meanwhile_is_said(mount: Mount) -> None:
    stage = mount()
    dialog = opened(stage)
    dialog.get_by_role("button", name="ONNX").click()
    expect(dialog.get_by_role("progressbar")).to_have_js_property("value", 0.5)
    stage.peer.tell(stage.run, close_with=1012)
    expect(dialog.get_by_role("status")).to_have_text("The connection was lost meanwhile. Press it again.")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_it_has_room_in_every_window(mount: Mount, size: tuple[int, int]) -> None:
    stage = mount(size=size, dark=size[0] == 390)
    dialog = opened(stage)
    box = dialog.bounding_box()
    assert box is not None and box["x"] >= 0 and box["y"] >= 0
    assert box["x"] + box["width"] <= size[0] and box["y"] + box["height"] <= size[1]
    assert stage.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert faults(stage.page) == []


def test_the_link_is_passed_on_from_the_same_dialog(mount: Mount) -> None:
    stage = mount()
    for name in ("QR code", "Embed…"):
        opened(stage).get_by_role("group", name="The link").get_by_role("button", name=name).press("Enter")
        dialog = stage.page.get_by_role("dialog")
        expect(dialog).to_have_count(1)
        expect(dialog).not_to_have_accessible_name("Take away: epoch 0")
        stage.page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(stage.page.get_by_role("button", name="Choose what to copy")).to_be_focused()  # it has them too
    opened(stage).get_by_role("button", name="Present").click()
    expect(stage.page.get_by_role("button", name="End", exact=True)).to_be_visible()
    expect(stage.page.get_by_role("dialog")).to_be_hidden()
