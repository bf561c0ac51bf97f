"""A comparison on the wall: big cells by their names, what differs in words, and a colour for each run."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.axe import faults
from tests.stage.conftest import Mounted
from tests.wall.conftest import Mount
from tests.wall.fake_wall_peer import SEVEN
from tests.wall.seen import cells, name_of, open_tab, order, play_to, rows

TWO = {"rows": None, "columns": ("0.03", "0.3"), "runs": ("slow", "fast")}
TWELVE_RATES = (*SEVEN, "2", "3", "5", "10", "30")
TWELVE = {"rows": None, "columns": TWELVE_RATES, "runs": tuple(f"learning rate {rate}" for rate in TWELVE_RATES)}
PLACES = """nodes => nodes.map(node => {
  const box = node.getBoundingClientRect();
  return [box.left >= 0, box.top >= 0, box.right <= innerWidth, box.bottom <= innerHeight].every(Boolean);
})"""
SHOW = "(names) => harness.show(new URLSearchParams(location.search).get('token'), { names })"


def call(wall: Mounted, *names: str) -> None:
    """The page calls the runs something else."""
    wall.page.evaluate(SHOW, list(names))


def legend(wall: Mounted) -> Locator:
    return wall.page.get_by_test_id("run-legend").get_by_role("button")


def picked(wall: Mounted) -> list[int]:
    return order(wall.page.locator("[data-testid=cell][aria-selected=true]"))


def test_two_runs_are_called_by_their_names_and_it_is_said_what_becomes_what(mount: Mount) -> None:
    wall = mount(size=(1280, 720), **TWO)
    expect(wall.page.get_by_test_id("differ")).to_have_text("learning rate 0.03 → 0.3")
    assert [name_of(cells(wall).nth(i)).split(":")[0] for i in range(2)] == ["slow", "fast"]
    assert cells(wall).locator(".kp-cell-heading").all_text_contents() == ["slow", "fast"]
    wall.page.get_by_role("grid", name="Networks by learning rate").wait_for()


def test_of_more_runs_it_is_said_in_what_they_differ(mount: Mount) -> None:
    wall = mount(size=(1280, 720), **TWELVE)
    expect(wall.page.get_by_test_id("differ")).to_have_text("They differ in learning rate")
    cells(wall).nth(2).click()
    cells(wall).nth(5).click()
    expect(wall.page.get_by_text("learning rate 0.01 → 0.3", exact=True)).to_be_visible()


def test_another_name_changes_words_alone(mount: Mount) -> None:
    wall = mount(size=(1280, 720), **TWO)
    play_to(wall, 20)
    cells(wall).nth(1).click()
    open_tab(wall, "Table")
    run, epoch = wall.data["run"], wall.data["epoch"]
    call(wall, "slow", "hare <b>")
    expect(cells(wall).nth(1).locator(".kp-cell-heading").first).to_have_text("hare <b>")
    expect(cells(wall).nth(1).locator(".kp-cell-own")).to_have_text("Learning rate 0.3")
    expect(rows(wall).nth(1).get_by_role("button")).to_have_accessible_name("1: hare <b>")
    expect(wall.page.get_by_test_id("picked")).to_contain_text("hare <b>")
    assert (wall.data["run"], wall.data["epoch"], picked(wall)) == (run, epoch, [1])


def test_names_of_other_runs_are_not_taken_for_these(mount: Mount) -> None:
    wall = mount(size=(1280, 720), **TWO)
    call(wall, "one", "two", "three")
    expect(cells(wall).nth(0).locator(".kp-cell-heading")).to_have_text("slow")


def test_each_of_twelve_runs_has_a_line_of_its_own_in_the_legend_that_picks_it(mount: Mount) -> None:
    wall = mount(size=(1280, 720), **TWELVE)
    play_to(wall, 10)
    looks = legend(wall).locator("i").evaluate_all("lines => lines.map(line => getComputedStyle(line).borderTop)")
    assert len(set(looks)) == 12
    of_cells = (
        cells(wall).locator(".kp-swatch").evaluate_all("lines => lines.map(line => getComputedStyle(line).borderTop)")
    )
    assert of_cells == looks
    legend(wall).nth(7).click()
    assert picked(wall) == [7]
    expect(legend(wall).nth(7)).to_have_attribute("aria-pressed", "true")
    legend(wall).nth(7).press("Enter")
    assert picked(wall) == []


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768)], ids=str)
@pytest.mark.parametrize("settings", [TWO, TWELVE], ids=["two", "twelve"])
def test_all_runs_are_on_one_screen(mount: Mount, settings: dict[str, object], size: tuple[int, int]) -> None:
    wall = mount(size=size, **settings)
    assert all(cells(wall).locator("canvas").evaluate_all(PLACES))
    assert all(wall.page.get_by_role("tab").evaluate_all(PLACES))


def test_a_few_runs_are_seen_large(mount: Mount) -> None:
    wall = mount(size=(1024, 768), **TWO)
    box = cells(wall).nth(0).locator("canvas").bounding_box()
    assert box is not None and box["width"] > 200


def test_the_table_has_a_column_for_the_names_and_one_for_each_knob_that_differs(mount: Mount) -> None:
    wall = mount(size=(1280, 720), **TWO)
    open_tab(wall, "Table")
    heads = wall.page.locator("[data-testid=wall-table] thead button").all_text_contents()
    assert heads[:2] == ["Run", "Learning rate"]
    assert rows(wall).nth(1).locator("td").all_text_contents()[1:3] == ["fast", "0.3"]


def test_runs_are_reached_and_picked_by_keyboard(mount: Mount) -> None:
    wall = mount(size=(1280, 720), **TWELVE)
    cells(wall).nth(0).focus()
    wall.page.keyboard.press("ArrowRight")
    wall.page.keyboard.press("Enter")
    assert picked(wall) == [1]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("tab", ["Curves", "Heat map", "Parallel", "Difference", "Table"])
def test_axe_finds_nothing_serious(mount: Mount, tab: str, dark: bool) -> None:
    wall = mount(size=(1024, 768), dark=dark, **TWELVE)
    call(wall, *(f"run {place}" for place in range(12)))
    cells(wall).nth(3).click()
    open_tab(wall, tab)
    assert faults(wall.page) == []
