"""Points are drawn by mouse and by touch; whoever opens the link sees the same points and the same run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from playground.core.drawn_points import unpack_points
from tests.served_app import Learner, ServedApp

SIDE = 5


def draw(page: Page, tap: Callable[[float, float], None]) -> None:
    """Eight rows of five points, of two classes."""
    page.get_by_test_id("draw-points").click()
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(page.get_by_test_id("drawing-hint")).to_contain_text("Draw at least 2 points of each of 2 classes.")
    sheet = page.get_by_test_id("drawing-sheet")
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    assert box is not None
    for row in range(8):
        if row in (0, 4):
            page.get_by_role("button", name=f"Class {row // 4}", exact=True).click()
        for column in range(SIDE):
            tap(box["x"] + (column + 1) * box["width"] / 6, box["y"] + (row + 1) * box["height"] / 9)
    expect(page.get_by_test_id("drawing-count")).to_have_text("40 points")


def drawn_in(page: Page) -> str:
    return parse_qs(urlsplit(page.url).query).get("points", [""])[0]


def figures_at_3(learner: Learner) -> list[str]:
    for _ in range(3):
        epoch = learner.epoch
        learner.press("Step").until("+d.epoch > a", epoch)
    return learner.page.locator(".kp-figures td[data-figure]").all_inner_texts()


@pytest.mark.slow
@pytest.mark.parametrize("finger", [False, True], ids=["mouse", "touch"])
def test_40_points_travel_in_the_link_with_their_run(
    app: ServedApp, learner_at: Callable[..., Learner], finger: bool
) -> None:
    phone: dict[str, Any] = {"size": (390, 844), "has_touch": True, "is_mobile": True} if finger else {}
    artist = learner_at(app, **phone).open({"dataset": "drawn"})
    page = artist.page
    draw(page, page.touchscreen.tap if finger else page.mouse.click)
    artist.wait(lambda: len(drawn_in(page)) == 1 + 4 * 40)
    X, y = unpack_points(drawn_in(page))
    assert (len(X), y.tolist()) == (40, [0] * 20 + [1] * 20)
    artist.until_state("ready").until("+d.epoch === 0")
    page.get_by_role("button", name="Done", exact=True).click()
    viewer = learner_at(app, first_visit=True).open(urlsplit(page.url).query)  # a browser context of its own
    assert drawn_in(viewer.page) == drawn_in(page)
    assert figures_at_3(viewer) == figures_at_3(artist)


@pytest.mark.slow
def test_while_one_draws_their_own_run_restarts_and_anothers_plays_on(
    app: ServedApp, learner_at: Callable[..., Learner]
) -> None:
    other = learner_at(app).open({"dataset": "xor"}).press("Play").until_epoch(3)
    run = other.stage["run"]
    artist = learner_at(app).open({"dataset": "drawn"}).press("Play").until_epoch(3)
    page = artist.page
    first = artist.stage["run"]
    page.get_by_test_id("draw-points").click()
    sheet = page.get_by_test_id("drawing-sheet")
    expect(sheet).to_be_focused()
    for row in ("2", "1", "3"):
        seen = other.epoch
        page.keyboard.press(row)
        for _ in range(6):
            page.keyboard.press("ArrowUp")
            page.keyboard.press("Enter")
        page.keyboard.press("Delete")
        box = sheet.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + box["width"] / 6, box["y"] + box["height"] / 2)  # where a point lies
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] / 5, box["y"] + box["height"] / 3, steps=4)
        page.mouse.up()
        page.keyboard.press("Control+z")
        other.until("+d.epoch > a && d.state === 'playing'", seen)
    drawn = int(page.get_by_test_id("drawing-count").inner_text().split()[0])
    artist.wait(lambda: len(drawn_in(page)) == 1 + 4 * drawn)
    artist.until("d.run !== a && d.state === 'playing' && +d.epoch > 3", first)
    expect(page.get_by_test_id("drawing-count")).to_contain_text(f"{drawn} points")
    assert other.stage["run"] == run
    expect(other.page.get_by_test_id("stage-notice")).to_be_hidden()
    other.until("+d.epoch > a && d.state === 'playing'", other.epoch)
