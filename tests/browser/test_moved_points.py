"""A point that is moved while a run plays: another run plays at once, and the whole page follows."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.served_app import Learner, ServedApp


def points_of(link: str | None) -> str:
    return parse_qs(urlsplit(link or "").query).get("points", [""])[0]


@pytest.mark.slow
def test_a_point_moved_while_it_plays_begins_another_run_which_the_whole_page_follows(
    app: ServedApp, learner_at: Callable[..., Learner]
) -> None:
    learner = learner_at(app).open({"dataset": "drawn"})
    page = learner.page
    page.get_by_test_id("draw-points").click()
    box = page.get_by_test_id("drawing-sheet").bounding_box()
    assert box is not None
    place = box["x"] + 50, box["y"] + 60
    page.mouse.click(*place)
    luck = page.get_by_role("link", name="Was it luck?")
    learner.wait(lambda: "points=" in page.url and points_of(luck.get_attribute("href")) == points_of(page.url))
    before = page.url
    learner.until_state("ready").press("Play").until_epoch(5)
    run = learner.stage["run"]
    page.mouse.move(*place)
    page.mouse.down()
    page.mouse.move(place[0] + 30, place[1] + 10, steps=3)
    page.mouse.up()
    learner.until("d.run !== a", run).until("d.state === 'playing'").until_epoch(2)
    learner.wait(lambda: page.url != before)
    assert len(points_of(page.url)) == len(points_of(before))  # a point was moved, and none added
    learner.wait(lambda: points_of(luck.get_attribute("href")) == points_of(page.url))
    newest = learner.stage["run"]
    learner.press("Pause").until_state("paused")
    assert learner.stage["run"] == newest
