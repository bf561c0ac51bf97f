"""Points are drawn on the stage: by keyboard, by mouse and by finger, on points of their own and on another set's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from playground.core.drawn_points import pack_points, unpack_points
from tests.axe import faults
from tests.stage.conftest import Mounted
from tests.stage.fake_peer import FakeRun

Mount = Callable[..., Mounted]
Points = list[tuple[float, float, int]]
FOUR = pack_points(np.array([[-2, 1], [-1, 1], [1, -1], [2, -1]]), np.array([0, 0, 1, 1]))
SIZES = [(1440, 900), (1280, 720), (1024, 768), (390, 844), (1024, 500), (844, 390)]


class Artist:
    """Someone who draws on a stage; what is asked of Python is answered by a run with these points."""

    def __init__(self, stage: Mounted) -> None:
        self.stage, self.page = stage, stage.page
        self.sheet = self.page.get_by_test_id("drawing-sheet")
        self.button = self.page.get_by_test_id("draw-points")
        self.count = self.page.get_by_test_id("drawing-count")

    def press(self, *keys: str) -> Artist:
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def begin(self) -> Artist:
        """To draw, by keyboard."""
        self.button.press("Enter")
        expect(self.sheet).to_be_focused()
        return self

    @property
    def asked(self) -> list[str]:
        """For which points, so far."""
        changes = [value["change"] for name, value in self.stage.triggers() if name == "network"]
        assert all(change["dataset"] == "drawn" for change in changes)
        return [change["points"] for change in changes]

    def until_asked_for(self, points: Points) -> Artist:
        """Wait until Python was asked for these points, in their order."""
        self.page.wait_for_function(
            "packed => harness.triggers.findLast(([name]) => name === 'network')?.[1].change.points === packed",
            arg=packed(points),
        )
        return self

    def answer(self) -> Artist:
        """As Python does: with a run of the points that were asked for last."""
        link = f"?dataset=drawn&points={self.asked[-1]}"
        run = FakeRun(f"{self.stage.run.token}+", dataset="drawn", course={"link": link, "turns": []})
        self.stage.show(self.stage.peer.put(run), link=link)
        self.stage.wait("d.run === `run-${a}`", run.token)
        return self

    def at(self, x1: float, x2: float) -> tuple[float, float]:
        """In px of the page."""
        box = self.sheet.bounding_box()
        assert box is not None
        return box["x"] + box["width"] * (x1 + 6) / 12, box["y"] + box["height"] * (6 - x2) / 12


@pytest.fixture
def artist_at(mount: Mount) -> Callable[..., Artist]:
    def sit_down(points: str = FOUR, **settings: Any) -> Artist:
        link = f"?dataset=drawn&points={points}"
        return Artist(mount(**{"dataset": "drawn", "course": {"link": link, "turns": []}, **settings}))

    return sit_down


def packed(points: Points) -> str:
    return pack_points(np.array([point[:2] for point in points]), np.array([point[2] for point in points]))


def inside(inner: Locator, outer: Locator) -> bool:
    return bool(
        inner.evaluate(
            """(node, outer) => {
                const [a, b] = [node.getBoundingClientRect(), outer.getBoundingClientRect()];
                return a.left >= b.left && a.top >= b.top && a.right <= b.right + 0.5 && a.bottom <= b.bottom + 0.5;
            }""",
            outer.element_handle(),
        )
    )


def test_by_keyboard_alone_points_are_placed_erased_and_taken_back(
    artist_at: Callable[..., Artist],
) -> None:
    artist = artist_at()
    four: Points = [(-2, 1, 0), (-1, 1, 0), (1, -1, 1), (2, -1, 1)]
    artist.button.focus()
    artist.press("Enter")
    expect(artist.sheet).to_be_focused()
    expect(artist.button).to_be_hidden()
    expect(artist.count).to_have_text("4 points")
    artist.press("ArrowRight", "ArrowRight", "ArrowUp", "Shift+ArrowUp")
    expect(artist.count).to_have_text("4 points · x₁ 0.50, x₂ 0.30")
    artist.press("3", "Enter")
    third = artist.page.get_by_role("button", name="Class 2", exact=True)
    expect(third).to_have_attribute("aria-pressed", "true")
    artist.until_asked_for([*four, (0.5, 0.3, 2)]).answer()
    expect(artist.sheet).to_be_focused()
    artist.press("Enter", "ArrowLeft", "2", "Enter")
    artist.until_asked_for([*four, (0.5, 0.3, 2), (0.5, 0.3, 2), (0.25, 0.3, 1)])
    artist.press("Delete")  # all three lie under the cursor
    artist.until_asked_for(four)
    artist.press("Control+z")
    expect(artist.count).to_contain_text("7 points")
    artist.press("Control+z", "Control+Shift+z", "Control+z", "Control+z")
    artist.until_asked_for([*four, (0.5, 0.3, 2)])
    artist.press("Control+y")
    artist.until_asked_for([*four, (0.5, 0.3, 2), (0.5, 0.3, 2)]).answer()
    asked = artist.asked
    artist.press("Escape")
    expect(artist.sheet).to_be_hidden()
    expect(artist.button).to_be_focused()
    assert artist.stage.data["state"] == "ready" and artist.asked == asked, "no key of these played"


def test_the_cursor_stays_on_the_sheet_and_every_tool_is_reached_by_tab(artist_at: Callable[..., Artist]) -> None:
    artist = artist_at()
    artist.button.focus()
    artist.press("Enter")
    expect(artist.sheet).to_be_focused()
    artist.press(*["ArrowUp"] * 30)
    expect(artist.count).to_contain_text("x₂ 6.00")
    named: list[str] = []
    artist.page.get_by_role("button", name="Class 0", exact=True).focus()
    for _ in range(11):
        named.append(
            str(artist.page.evaluate("document.activeElement.ariaLabel ?? document.activeElement.textContent"))
        )
        artist.press("Tab")
    assert named[:8] == [*(f"Class {k}" for k in range(6)), "Draw", "Erase"] and "Done" in named
    artist.page.get_by_role("button", name="Clear", exact=True).press("Enter")
    expect(artist.page.get_by_test_id("drawing-hint")).to_have_text("Draw at least 2 points of each of 2 classes.")
    assert artist.asked == [], "nothing can be learnt of no points"
    artist.press("Control+z")
    artist.until_asked_for([(-2, 1, 0), (-1, 1, 0), (1, -1, 1), (2, -1, 1)])


def test_a_drag_sprays_around_its_way_moves_a_point_or_erases_and_is_one_step_back(
    artist_at: Callable[..., Artist],
) -> None:
    artist = artist_at()
    mouse = artist.page.mouse
    artist.button.click()

    def drag(start: tuple[float, float], end: tuple[float, float]) -> None:
        mouse.move(*artist.at(*start))
        mouse.down()
        mouse.move(*artist.at(*end), steps=5)
        mouse.up()

    artist.page.get_by_role("button", name="Class 5", exact=True).click()
    drag((-4, 4), (4, 4))
    artist.page.wait_for_function("harness.triggers.some(([name]) => name === 'network')")
    X, y = unpack_points(artist.asked[-1])
    sprayed = X[y == 5]
    assert 20 <= len(sprayed) <= 40 and np.all(np.abs(sprayed[1:, 1] - 4) <= 0.5) and np.ptp(sprayed[:, 0]) > 6
    artist.answer().press("Control+z")
    artist.until_asked_for([(-2, 1, 0), (-1, 1, 0), (1, -1, 1), (2, -1, 1)]).answer()
    drag((-2, 1), (-2, 3))
    artist.page.wait_for_function(
        "four => harness.triggers.findLast(([name]) => name === 'network')[1].change.points !== four", arg=FOUR
    )
    X, y = unpack_points(artist.asked[-1])
    assert np.allclose(X[0], [-2, 3], atol=0.05) and y.tolist() == [0, 0, 1, 1]
    artist.answer()
    artist.page.get_by_role("button", name="Erase", exact=True).click()
    drag((-3, 3), (-1, 3))
    expect(artist.count).to_have_text("3 points")
    expect(artist.page.get_by_test_id("drawing-hint")).to_be_visible()
    expect(artist.sheet).to_be_visible()
    artist.press("Control+z")
    expect(artist.count).to_have_text("4 points")


def test_a_press_beside_a_point_that_does_not_move_it_adds_one(artist_at: Callable[..., Artist]) -> None:
    artist = artist_at()
    artist.button.click()
    artist.page.get_by_role("button", name="Class 1", exact=True).click()
    x, y = artist.at(-2, 1)
    artist.page.mouse.click(x + 5, y)
    expect(artist.count).to_have_text("5 points")
    artist.page.mouse.click(x + 5, y)  # another could not be seen
    artist.press("Control+z")
    expect(artist.count).to_have_text("4 points")


def test_another_sets_points_become_drawn_ones_that_are_edited(artist_at: Callable[..., Artist]) -> None:
    artist = artist_at(dataset="circle", kind="binary", n_points=40, n_test=20)
    expect(artist.button).to_have_accessible_name("Edit these points")
    artist.button.press("Enter")
    expect(artist.count).to_contain_text("points")
    artist.page.wait_for_function("harness.triggers.some(([name]) => name === 'network')")
    X, y = unpack_points(artist.asked[-1])
    parts = artist.stage.run.points()
    assert np.abs(X - np.concatenate([parts["train_x"], parts["test_x"]])).max() <= 0.0051
    assert y.tolist() == [*parts["train_y"].astype(int), *parts["test_y"].astype(int)]
    expect(artist.count).to_have_text(f"{len(y)} points")
    artist.answer().press("Enter")
    artist.until_asked_for([*((float(a), float(b), int(k)) for (a, b), k in zip(X, y, strict=True)), (0, 0, 0)])
    artist.answer().press("Escape")
    expect(artist.button).to_have_accessible_name("Draw points")


FIVE: Points = [(-2, 1, 0), (-1, 1, 0), (1, -1, 1), (2, -1, 1), (0, 0, 0)]


def test_a_run_that_plays_begins_anew_on_its_own_channel_and_python_is_told_of_its_link(
    artist_at: Callable[..., Artist],
) -> None:
    artist = artist_at(redraws=True)
    stage = artist.stage
    stage.press("Play")
    stage.wait("+d.epoch > 30")
    connections = dict(stage.peer.connections)
    artist.begin().press("Enter")
    stage.wait("d.run.endsWith('-no2') && d.state === 'playing' && +d.epoch > 3")
    assert [message["points"] for message in stage.run.got("points")] == [packed(FIVE)]
    assert artist.asked == [] and stage.peer.connections == connections
    artist.page.wait_for_function(
        "link => harness.triggers.some(([name, value]) => name === 'link' && value === link)",
        arg=f"?dataset=drawn&points={packed(FIVE)}",
    )
    stage.press("Pause")
    stage.wait("d.state === 'paused'")
    artist.sheet.focus()
    artist.press("Control+z")
    stage.wait("d.run.endsWith('-no3') && d.state === 'ready' && d.epoch === '0'")
    assert artist.asked == []


@pytest.mark.parametrize("settings", [{"redraws": None}, {"redraws": False}], ids=["silent", "refusing"])
def test_where_the_run_does_not_begin_anew_by_itself_python_is_asked(
    artist_at: Callable[..., Artist], settings: dict[str, Any]
) -> None:
    artist = artist_at(**settings)
    artist.begin().press("Enter")
    artist.until_asked_for(FIVE)
    assert len(artist.stage.run.got("points")) == 1


def test_data_chosen_while_points_were_asked_for_are_not_turned_back(artist_at: Callable[..., Artist]) -> None:
    artist = artist_at()
    artist.page.clock.install()
    artist.begin().press("Enter").until_asked_for(FIVE)
    run = FakeRun(f"{artist.stage.run.token}ring", dataset="circle", course={"link": "?dataset=circle", "turns": []})
    artist.stage.show(artist.stage.peer.put(run), link="?dataset=circle")
    expect(artist.sheet).to_be_hidden()
    artist.page.clock.run_for(10_000)
    assert artist.asked == [packed(FIVE)]


def test_in_a_lesson_python_which_knows_what_may_change_is_asked_for_points(artist_at: Callable[..., Artist]) -> None:
    artist = artist_at(redraws=True)
    guide = "import('/_playground/static/test/web/guide.js')"
    artist.page.evaluate(f"{guide}.then(({{guide}}) => guide.setFree(['dataset']))")
    artist.begin().press("Enter")
    artist.until_asked_for(FIVE)
    assert artist.stage.run.got("points") == []


def test_too_many_points_are_not_made_drawn_ones_and_the_data_stay(artist_at: Callable[..., Artist]) -> None:
    artist = artist_at(dataset="circle", n_points=1500)
    artist.button.click()
    expect(artist.page.get_by_test_id("stage-notice")).to_contain_text("Drawn points must be at most 1,000. Got 1,")
    expect(artist.sheet).to_be_hidden()
    assert artist.asked == []


def test_they_are_not_offered_where_there_is_no_class_no_plane_or_a_lesson_has_fixed_the_data(
    artist_at: Callable[..., Artist],
) -> None:
    artist = artist_at()
    guide = "import('/_playground/static/test/web/guide.js').then(({guide}) => guide.setFree(%s))"
    artist.page.evaluate(guide % "['learning_rate']")
    expect(artist.button).to_be_hidden()
    artist.page.evaluate(guide % "['dataset']")
    expect(artist.button).to_be_visible()
    artist.page.evaluate(guide % "null")
    for token, settings in (("more", {"in_plane": False}), ("number", {"kind": "regression"})):
        artist.stage.show(artist.stage.peer.put(FakeRun(f"{artist.stage.run.token}{token}", **settings)))
        expect(artist.button).to_be_hidden()
        artist.stage.show(artist.stage.peer.put(FakeRun(f"{artist.stage.run.token}{token}-", dataset="xor")))
        expect(artist.button).to_be_visible()


def test_another_dataset_ends_drawing_and_leaves_the_keyboard_where_it_is(artist_at: Callable[..., Artist]) -> None:
    artist = artist_at()
    artist.button.click()
    expect(artist.sheet).to_be_focused()
    elsewhere = artist.page.get_by_label("Log scale")
    elsewhere.focus()
    run = FakeRun(f"{artist.stage.run.token}hills", kind="regression", course={"link": "?dataset=hills", "turns": []})
    artist.stage.show(artist.stage.peer.put(run), link="?dataset=hills")
    expect(artist.sheet).to_be_hidden()
    expect(elsewhere).to_be_focused()
    expect(artist.button).to_be_hidden()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_while_points_are_drawn_all_tools_are_seen_and_nothing_lies_over_the_sheet(
    artist_at: Callable[..., Artist], size: tuple[int, int]
) -> None:
    artist = artist_at(size=size, dark=size[0] == 390)
    page, panel = artist.page, artist.page.get_by_role("region", name="Decision boundary")
    expect(page.get_by_test_id("stage-notice")).to_be_visible()
    artist.button.click()
    expect(page.get_by_test_id("stage-notice")).to_be_hidden()
    page.get_by_role("button", name="Clear", exact=True).click()
    for control in page.get_by_test_id("drawing").get_by_role("button").all():
        assert inside(control, panel)
    assert inside(artist.sheet, panel)
    box = artist.sheet.bounding_box()
    assert box is not None and min(box["width"], box["height"]) >= 100
    covered = """node => { const box = node.getBoundingClientRect();
        const at = (s, t) => document.elementFromPoint(box.x + s * box.width, box.y + t * box.height);
        return [0.05, 0.5, 0.95].some(s => [0.05, 0.5, 0.95].some(t => at(s, t) !== node)); }"""
    artist.sheet.evaluate("node => node.scrollIntoView({block: 'center'})")
    assert not artist.sheet.evaluate(covered)
    assert faults(page) == []


def test_in_a_small_frame_there_is_no_room_to_draw(artist_at: Callable[..., Artist]) -> None:
    expect(artist_at(size=(600, 400)).button).to_be_hidden()
