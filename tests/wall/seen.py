"""What a mounted wall shows, and what a learner does with it."""

from __future__ import annotations

import base64
from typing import cast

import numpy as np
from playwright.sync_api import Locator

from tests.stage.conftest import Mounted
from tests.wall.fake_wall_peer import FakeWall

_PICTURES = """async () => {
  const canvases = [...document.querySelectorAll('[data-testid=cell] canvas')];
  const read = (canvas) => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  const blob = new Blob(canvases.map(read));
  const text = await new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.split(',')[1]);
    reader.readAsDataURL(blob);
  });
  return { count: canvases.length, side: canvases[0].width, text };
}"""


def of(wall: Mounted) -> FakeWall:
    """The networks behind a wall."""
    return cast(FakeWall, wall.run)


def cells(wall: Mounted) -> Locator:
    return wall.page.get_by_test_id("cell")


def name_of(cell: Locator) -> str:
    """What is read out of a cell."""
    return cell.get_by_test_id("cell-name").text_content() or ""


def pictures(wall: Mounted) -> np.ndarray:
    """(cells, side, side, RGB) of all thumbnails at one moment, row 0 at the lowest x2."""
    got = wall.page.evaluate(_PICTURES)
    rgba = np.frombuffer(base64.b64decode(got["text"]), np.uint8)
    return rgba.reshape(got["count"], got["side"], got["side"], 4)[:, ::-1, :, :3].astype(int)


def play_to(wall: Mounted, epoch: int) -> int:
    """Train until an epoch is seen, pause, and step once: the newest epoch is on screen, and nothing is on its way."""
    wall.press("Play")
    wall.wait("+d.epoch >= a", epoch)
    wall.press("Pause")
    wall.wait("d.state === 'paused'")
    wall.wait_for_peer(lambda: wall.run.state == "paused")
    newest = wall.run.newest + 1
    wall.press("Step")
    wall.wait("d.epoch === String(a)", newest)
    return newest


def open_tab(wall: Mounted, name: str) -> None:
    wall.page.get_by_role("tab", name=name).click()
    wall.page.locator(f"[data-testid=view][data-view={name.split()[0].lower()}][data-epoch]").wait_for()


def judge_by(wall: Mounted, metric: str) -> None:
    wall.page.get_by_role("combobox", name="Judge by").select_option(label=metric)


def rows(wall: Mounted) -> Locator:
    """Of the table."""
    return wall.page.locator("[data-testid=wall-table] tbody tr")


def order(rows_or_cells: Locator) -> list[int]:
    """Which cells stand one after the other."""
    found: list[int] = rows_or_cells.evaluate_all("nodes => nodes.map((node) => Number(node.dataset.cell))")
    return found
