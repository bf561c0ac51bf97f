"""What can be taken away of a wall: the dialog that a run has, with what a wall has of its own."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, expect

from tests.axe import faults
from tests.stage.conftest import Mounted
from tests.wall.conftest import Mount
from tests.wall.seen import play_to

SIZES = [(1440, 900), (1280, 720), (1024, 768), (390, 844)]


def opened(wall: Mounted, epoch: int = 0) -> Locator:
    wall.page.get_by_role("button", name="Take away").press("Enter")
    dialog = wall.page.get_by_role("dialog", name=f"Take away: epoch {epoch}", exact=True)
    expect(dialog).to_be_visible()
    return dialog


def test_the_report_of_the_epoch_shown_is_with_the_downloads(mount: Mount) -> None:
    wall = mount()
    epoch = play_to(wall, 5)
    dialog = opened(wall, epoch)
    with wall.page.expect_download() as download:
        dialog.get_by_role("button", name="Report").press("Enter")
    assert download.value.suggested_filename == f"circle_wall_epoch_{epoch}_report.html"
    assert Path(download.value.path()).read_bytes() == b"<!doctype html>"
    (asked,) = wall.run.got("export")
    assert asked["what"] == "report" and asked["link"].startswith("http")
    expect(dialog.get_by_role("button", name="Report")).to_be_focused()
    wall.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(wall.page.get_by_role("button", name="Take away")).to_be_focused()


def test_everything_has_the_name_that_it_has_on_play_and_what_the_server_makes(mount: Mount) -> None:
    wall = mount()
    dialog = opened(wall)
    names = [button.inner_text() for button in dialog.locator(".kp-taking-items").get_by_role("button").all()]
    drawn = [f"{name} ({kind})" for name in ("Boundaries", "Loss", "Accuracy") for kind in ("SVG", "PNG")]
    tables = [f"{name} ({kind})" for name in ("Figures", "History") for kind in ("CSV", "JSON")]
    assert names == ["Report", *tables, *drawn, "QR code (SVG)", "QR code (PNG)"]


def test_all_boundaries_are_also_a_picture_on_white_large_enough_for_print(mount: Mount) -> None:
    wall = mount()
    dialog = opened(wall)
    with wall.page.expect_download() as download:
        dialog.get_by_role("button", name="Boundaries (PNG)").click()
    assert download.value.suggested_filename == "circle_wall_epoch_0_boundaries.png"
    with Image.open(download.value.path()) as picture:
        assert picture.format == "PNG" and picture.size == (2400, 600)
        assert picture.convert("RGBA").getpixel((0, 0)) == (255, 255, 255, 255)


def test_a_long_one_can_be_cancelled_and_what_is_refused_says_why(mount: Mount) -> None:
    wall = mount()
    dialog = opened(wall)
    dialog.get_by_role("button", name="History (JSON)").press("Enter")
    expect(dialog.get_by_role("progressbar")).to_have_js_property("value", 0.5)
    expect(dialog.get_by_role("button", name="Cancel")).to_be_focused()
    wall.page.keyboard.press("Enter")
    wall.wait_for_peer(lambda: wall.run.got("cancel_export"))
    dialog.get_by_role("button", name="History (CSV)").click()
    expect(dialog.get_by_role("status")).to_have_text("It is too large.")


def test_a_connection_that_is_lost_meanwhile_is_said(mount: Mount) -> None:
    wall = mount()
    dialog = opened(wall)
    dialog.get_by_role("button", name="History (JSON)").click()
    expect(dialog.get_by_role("progressbar")).to_have_js_property("value", 0.5)
    wall.peer.tell(wall.run, close_with=1012)
    expect(dialog.get_by_role("status")).to_have_text("The connection was lost meanwhile. Press it again.")


def test_a_comparison_has_the_same_under_its_own_link(mount: Mount) -> None:
    wall = mount(rows=None, columns=("0.03", "0.3"), runs=("slow", "fast"))
    dialog = opened(wall)
    with wall.page.expect_download():
        dialog.get_by_role("button", name="Report").click()
    assert json.dumps(wall.run.got("export")).count('"report"') == 1


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_it_has_room_in_every_window_and_so_has_its_button(mount: Mount, size: tuple[int, int]) -> None:
    wall = mount(size=size, dark=size[0] in (390, 1280))
    centers = wall.page.locator(".kp-transport > :visible").evaluate_all(
        "nodes => nodes.map(node => node.getBoundingClientRect()).map(box => Math.round((box.top + box.bottom) / 2))"
    )
    assert max(centers) - min(centers) <= 2, "one line"
    dialog = opened(wall)
    box = dialog.bounding_box()
    assert box is not None and box["x"] >= 0 and box["y"] >= 0
    assert box["x"] + box["width"] <= size[0] and box["y"] + box["height"] <= size[1]
    assert wall.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert faults(wall.page) == []
    assert not re.search(r"\bundefined\b", dialog.inner_text())
