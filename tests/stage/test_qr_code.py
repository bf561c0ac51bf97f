"""The link as a QR code: large, dark on white, with the link beneath it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.axe import faults
from tests.stage.conftest import Mounted

Mount = Callable[..., Mounted]
SIZES = [(1440, 900), (1024, 500), (390, 844)]


def opened(stage: Mounted) -> Locator:
    stage.choose_to_share("QR code")
    dialog = stage.page.get_by_role("dialog", name="QR code")
    expect(dialog).to_be_visible()
    return dialog


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_code_fills_the_window_and_can_be_downloaded(mount: Mount, size: tuple[int, int]) -> None:
    stage = mount(size=size, dark=size[0] == 1440)
    page = stage.page
    dialog = opened(stage)
    link = f"{stage.peer.url}?dataset=circle"
    expect(dialog.get_by_text(link)).to_be_visible()
    code = dialog.get_by_role("img", name="QR code of the link below")
    expect(code).to_be_visible()
    assert stage.run.got("export") == [{"type": "export", "what": "qr", "link": link}]
    box, whole = code.bounding_box(), dialog.bounding_box()
    assert box is not None and whole is not None
    assert box["width"] == box["height"] >= 0.7 * min(size)
    assert whole["x"] >= 0 and whole["y"] >= 0
    assert whole["x"] + whole["width"] <= size[0] and whole["y"] + whole["height"] <= size[1]
    assert dialog.evaluate("node => node.scrollHeight - node.clientHeight") <= 0
    assert dialog.evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(255, 255, 255)"
    assert faults(page) == []
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename == "circle_epoch_0_qr.svg"
    assert str(len(link)) in Path(download.value.path()).read_text(encoding="utf-8")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="Choose what to copy")).to_be_focused()


def test_what_the_server_refuses_is_said_and_a_link_that_is_too_long_is_not_sent(mount: Mount) -> None:
    stage = mount(course={"link": "?table=no", "turns": []})
    dialog = opened(stage)
    expect(dialog.get_by_role("status")).to_have_text("It must be a link.")
    stage = mount(course={"link": "?points=" + "a" * 2000, "turns": []})
    dialog = opened(stage)
    expect(dialog.get_by_role("status")).to_contain_text("A QR code holds a link of at most 2,000 characters. Got 2,0")
    expect(dialog.get_by_role("button", name="Download")).to_be_hidden()
    assert stage.run.got("export") == []
