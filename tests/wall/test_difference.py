"""The map of where two networks of a wall disagree."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from tests.stage.conftest import Mounted
from tests.wall.conftest import Mount
from tests.wall.seen import cells, of, open_tab

MARKED = """() => {
  const canvas = document.querySelector('[data-testid=difference-map] canvas');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let i = 0; i < data.length; i += 4) count += Math.max(data[i], data[i + 1], data[i + 2]) < 160;
  return count / (data.length / 4);
}"""
"""The share of the picture that is dark, as where they disagree: classes are pale."""


def words(wall: Mounted) -> Locator:
    return wall.page.get_by_test_id("difference-words")


def share(wall: Mounted, one: int, other: int) -> float:
    """Of the plane on which two networks call another class."""
    first, second = of(wall).maps(np.array([one, other]))[:, 0] > 127
    return float((first != second).mean())


def percent(part: float) -> re.Pattern[str]:
    """How a share is said."""
    return re.compile(rf"on {int(100 * part + 0.5)}\s%")


def looked_at(mount: Mount, **settings: object) -> Mounted:
    wall = mount(size=(1280, 720), **{"rows": None, "columns": ("0.03", "0.1", "0.3"), **settings})
    for epoch in (1, 2, 3):
        wall.press("Step")
        wall.wait("d.epoch === String(a)", epoch)
    open_tab(wall, "Difference")
    return wall


def test_the_first_two_cells_are_told_apart_by_how_much_of_the_plane_they_call_another_class(mount: Mount) -> None:
    wall = looked_at(mount)
    expected = share(wall, 0, 1)
    assert expected > 0.02
    expect(words(wall)).to_have_text(percent(expected))
    assert wall.page.evaluate(MARKED) == pytest.approx(expected, abs=0.25 * expected)
    name = "Map of where learning rate 0.03 and learning rate 0.1 disagree"
    expect(wall.page.get_by_role("img", name=name)).to_be_visible()


def test_the_two_that_are_picked_or_chosen_in_the_lists_are_compared(mount: Mount) -> None:
    wall = looked_at(mount)
    cells(wall).nth(2).click()
    cells(wall).nth(1).click()
    expect(wall.page.get_by_label("First network")).to_have_value("2")
    expect(words(wall)).to_have_text(percent(share(wall, 2, 1)))
    wall.page.get_by_label("Second network").select_option("0")
    expect(words(wall)).to_have_text(percent(share(wall, 2, 0)))
    wall.page.get_by_label("First network").select_option("0")
    expect(wall.page.get_by_label("Second network")).to_have_value("2")  # a network is not compared with itself


def test_untrained_networks_that_are_alike_agree_everywhere(mount: Mount) -> None:
    wall = mount(size=(1280, 720), rows=None, columns=("0.1", "1"), regression=False, classes_of=3)
    open_tab(wall, "Difference")
    expect(words(wall)).to_have_text("They agree everywhere on this part of the plane.")


def test_regressions_are_told_how_far_apart_they_are(mount: Mount) -> None:
    wall = looked_at(mount, regression=True)
    first, second = (of(wall).maps(np.arange(2))[:, 0] / 255 * 2 - 1).astype(float)
    far = np.abs(first - second)
    expect(words(wall)).to_have_text(re.compile(r"apart on average, and at most"))
    mean, most = (float(each) for each in re.findall(r"\d+\.\d+", words(wall).inner_text()))
    assert mean == pytest.approx(far.mean(), rel=0.02)
    assert most == pytest.approx(far.max(), rel=0.02)


def test_networks_of_other_data_have_no_map_and_it_is_said_why(mount: Mount) -> None:
    wall = looked_at(mount, datasets={1: "moons"})
    why = "They learn different data, circle and moons: there is no plane that both speak of."
    expect(words(wall)).to_have_text(why)
    expect(wall.page.get_by_test_id("difference-map")).to_be_hidden()
    wall.page.get_by_label("Second network").select_option("2")
    expect(wall.page.get_by_test_id("difference-map")).to_be_visible()


def test_a_network_that_has_diverged_says_nothing(mount: Mount) -> None:
    wall = looked_at(mount, diverging={0: 2})
    expect(words(wall)).to_have_text("learning rate 0.03: diverged at epoch 2, so that it says nothing of the plane.")


def test_a_single_cell_has_nothing_to_disagree_with(mount: Mount) -> None:
    wall = mount(size=(1280, 720), rows=None, columns=None, seeds=3)
    open_tab(wall, "Difference")
    expect(words(wall)).to_have_text("There is one cell: nothing that it could disagree with.")
