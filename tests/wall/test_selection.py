"""One selection in all views of a wall, by mouse and by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.stage.conftest import Mounted
from tests.wall.conftest import Mount
from tests.wall.seen import cells, of, open_tab, order, play_to, rows

PICTURES = {"Curves": "wall-curves", "Heat map": "wall-heat", "Parallel": "wall-parallel"}
INK = """color => {
  const canvas = document.querySelector('[data-testid=wall-curves]');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const wanted = [0, 2, 4].map((i) => parseInt(color.slice(i, i + 2), 16));
  let found = 0;
  for (let i = 0; i < data.length; i += 4) found += wanted.every((value, k) => data[i + k] === value);
  return found;
}"""


def trained(mount: Mount, **settings: object) -> Mounted:
    wall = mount(size=(1280, 720), **settings)
    play_to(wall, 30)
    return wall


def picked(wall: Mounted) -> list[int]:
    return order(wall.page.locator("[data-testid=cell][aria-selected=true]"))


def test_a_cell_that_is_picked_is_marked_in_the_table_and_told_with_its_address_in_play(mount: Mount) -> None:
    wall = trained(mount)
    open_tab(wall, "Table")
    cells(wall).nth(10).click()
    assert picked(wall) == [10]
    expect(rows(wall).nth(10).get_by_role("button")).to_have_attribute("aria-pressed", "true")
    bar = wall.page.get_by_test_id("picked")
    expect(bar).to_contain_text("hidden layers 2, learning rate 0.03")
    address = bar.get_by_role("link", name="Open in Play").evaluate("node => node.href")
    assert address == wall.peer.url + of(wall).link_of(10)
    cells(wall).nth(10).click()
    assert picked(wall) == []
    expect(bar).to_be_hidden()


def test_of_several_picks_it_is_told_what_differs_and_what_does_not(mount: Mount) -> None:
    wall = trained(mount)
    cells(wall).nth(8).click()
    cells(wall).nth(12).click()
    names = wall.page.get_by_test_id("picked").locator("strong").all_text_contents()
    assert names == ["Learning rate 0.003", "Learning rate 0.3"]
    expect(wall.page.get_by_text("All: Hidden layers 2")).to_be_visible()
    wall.page.get_by_role("button", name="Clear").click()
    assert picked(wall) == []


def test_a_row_of_the_table_picks_its_cell(mount: Mount) -> None:
    wall = trained(mount)
    open_tab(wall, "Table")
    rows(wall).nth(5).get_by_role("button").click()
    assert picked(wall) == [5]
    rows(wall).nth(5).hover()
    expect(cells(wall).nth(5)).to_have_attribute("data-pointed", "")
    expect(wall.page.get_by_test_id("pointed")).to_contain_text("hidden layers 1, learning rate 0.3: test accuracy")


def test_hovering_a_cell_marks_it_in_the_table(mount: Mount) -> None:
    wall = trained(mount)
    open_tab(wall, "Table")
    cells(wall).nth(2).hover()
    expect(rows(wall).nth(2)).to_have_attribute("data-pointed", "")
    wall.page.mouse.move(1, 1)
    expect(wall.page.locator("[data-pointed]")).to_have_count(0)


@pytest.mark.parametrize("tab", list(PICTURES))
def test_a_click_in_a_picture_picks_the_cell_that_it_marks(mount: Mount, tab: str) -> None:
    wall = trained(mount)
    open_tab(wall, tab)
    box = wall.page.get_by_test_id(PICTURES[tab]).bounding_box()
    assert box is not None
    pointed = wall.page.locator("[data-testid=cell][data-pointed]")
    for share in range(20, 80, 2):  # from top to bottom, until something is met
        wall.page.mouse.move(box["x"] + 0.52 * box["width"], box["y"] + share / 100 * box["height"])
        if pointed.count():
            break
    marked = order(pointed)
    assert len(marked) == 1
    wall.page.mouse.down()
    wall.page.mouse.up()
    assert picked(wall) == marked


def test_a_heat_map_is_laid_out_as_the_grid_is(mount: Mount) -> None:
    wall = trained(mount)
    open_tab(wall, "Heat map")
    box = wall.page.get_by_test_id("wall-heat").bounding_box()
    assert box is not None
    wall.page.mouse.move(box["x"] + box["width"] - 30, box["y"] + 30)
    expect(cells(wall).nth(6)).to_have_attribute("data-pointed", "")


def test_the_curves_of_what_is_picked_are_drawn_in_its_colour(mount: Mount) -> None:
    wall = trained(mount)
    color = "c14a00"
    assert wall.page.evaluate(INK, color) == 0
    cells(wall).nth(10).click()
    wall.page.mouse.move(1, 1)
    wall.page.wait_for_function(f"color => ({INK})(color) > 200", arg=color)


def test_arrow_keys_reach_every_cell_and_tab_leaves_the_grid(mount: Mount) -> None:
    wall = mount()
    cells(wall).first.focus()
    for cell in range(1, 35):
        wall.page.keyboard.press("ArrowRight")
        expect(cells(wall).nth(cell)).to_be_focused()
    assert wall.page.locator("[data-testid=cell][tabindex='0']").count() == 1
    wall.page.keyboard.press("Tab")
    assert wall.page.evaluate("document.activeElement.closest('[data-testid=cells]')") is None


def test_home_and_end_go_along_the_row_and_with_control_through_the_grid(mount: Mount) -> None:
    wall = mount()
    cells(wall).nth(9).focus()
    steps = {
        "Home": 7,
        "End": 13,
        "Control+Home": 0,
        "Control+End": 34,
        "ArrowUp": 27,
        "ArrowLeft": 26,
        "ArrowDown": 33,
    }
    for key, cell in steps.items():
        wall.page.keyboard.press(key)
        expect(cells(wall).nth(cell)).to_be_focused()
    wall.page.keyboard.press("Enter")
    assert picked(wall) == [33]


def test_best_first_puts_cells_of_one_axis_in_order(mount: Mount) -> None:
    wall = trained(mount, rows=None, diverging={6: 3})
    assert order(cells(wall)) == [0, 1, 2, 3, 4, 5, 6]
    wall.page.get_by_label("Best first").check()
    assert order(cells(wall)) == [5, 4, 3, 2, 1, 0, 6]
    cells(wall).first.focus()
    wall.page.keyboard.press("ArrowRight")
    expect(wall.page.locator("[data-testid=cell][data-cell='4']")).to_be_focused()


def test_the_table_is_sorted_by_any_column_both_ways_with_diverged_last(mount: Mount) -> None:
    wall = trained(mount, rows=None, diverging={2: 3})
    open_tab(wall, "Table")
    by_loss = wall.page.get_by_role("button", name="Test loss")
    by_loss.click()
    assert order(rows(wall)) == [6, 5, 4, 3, 1, 0, 2]
    by_loss.click()
    assert order(rows(wall)) == [0, 1, 3, 4, 5, 6, 2]
    expect(wall.page.get_by_role("columnheader", name="Test loss")).to_have_attribute("aria-sort", "descending")
    wall.page.get_by_role("button", name="Learning rate", exact=True).click()
    assert order(rows(wall)) == [0, 1, 2, 3, 4, 5, 6]
