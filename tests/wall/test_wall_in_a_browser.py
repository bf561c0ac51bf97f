"""The wall in Chromium, against a peer whose networks are known by formula."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.axe import faults
from tests.wall.conftest import Mount
from tests.wall.seen import cells, judge_by, name_of, of, open_tab, pictures, play_to, rows

THREE = {6: 5, 13: 30, 20: 12}
"""Networks that diverge, and when."""
TABS = ("Curves", "Heat map", "Parallel", "Difference", "Table")
SIXTEEN = tuple(map(str, range(1, 17)))

# ------------------------------------------------------------------ cells


def test_each_cell_has_the_link_of_its_network_and_the_grid_names_its_axes(mount: Mount) -> None:
    wall = mount()
    assert wall.data["state"] == "ready" and wall.data["networks"] == "35" and wall.data["epoch"] == "0"
    links = cells(wall).evaluate_all("nodes => nodes.map((node) => node.dataset.link)")
    assert links == [of(wall).link_of(i) for i in range(35)]
    grid = wall.page.get_by_role("grid", name="Networks by hidden layers and learning rate")
    expect(grid.get_by_role("columnheader", name="learning rate 0.03")).to_be_visible()
    assert grid.get_by_role("rowheader").count() == 5


def test_of_several_seeds_a_cell_has_the_link_of_the_first(mount: Mount) -> None:
    wall = mount(seeds=3)
    assert wall.data["networks"] == "105"
    assert cells(wall).nth(4).get_attribute("data-link") == of(wall).link_of(12)


def test_every_thumbnail_is_of_the_epoch_on_screen_in_the_colours_of_the_stage(mount: Mount) -> None:
    wall = mount()
    play_to(wall, 40)
    rgb = pictures(wall)
    maps = of(wall).maps(np.arange(35))[:, 0]
    assert np.all((rgb[..., 2] > rgb[..., 0])[maps > 170])  # blue where class 1 is likely
    assert np.all((rgb[..., 0] > rgb[..., 2])[maps < 85])  # orange where class 0 is
    for value in np.unique(maps):
        assert len(np.unique(rgb[maps == value], axis=0)) == 1  # one colour for a value, in whichever cell


def test_three_classes_have_three_colours(mount: Mount) -> None:
    wall = mount(classes_of=3, rows=("1",), columns=("0.1", "1"))
    play_to(wall, 60)
    rgb, won = pictures(wall)[1], of(wall).maps(np.arange(2))[1].argmax(axis=0)
    means = np.array([rgb[won == k].mean(axis=0) for k in range(3)])
    assert means.argmax(axis=1).tolist() == [0, 2, 1]  # orange, blue, green


def test_a_figure_stands_under_each_cell_and_its_name_says_all(mount: Mount) -> None:
    wall = mount(size=(1280, 720))
    epoch = play_to(wall, 20)
    loss, _, val_loss, val_accuracy = of(wall).figures(epoch, epoch + 1)[0, 24].tolist()
    cell = cells(wall).nth(24)
    expect(cell.locator(".kp-cell-figures")).to_contain_text(f"{100 * val_accuracy:.1f}")
    name = name_of(cell)
    assert name.startswith("hidden layers 4, learning rate 0.03: test accuracy ")
    assert f"test loss {val_loss:.4f}" in name
    judge_by(wall, "Training loss")
    assert f"training loss {loss:.4f}" in name_of(cell)


@pytest.mark.parametrize("metric", ["Test accuracy", "Training loss", "Gap: test − training loss"])
def test_a_brighter_frame_is_a_better_cell(mount: Mount, metric: str) -> None:
    wall = mount()
    play_to(wall, 30)
    judge_by(wall, metric)
    read = "nodes => nodes.map((node) => getComputedStyle(node).backgroundColor.match(/[0-9]+/g).map(Number))"
    colors = np.array(cells(wall).locator(".kp-cell-frame").evaluate_all(read))[:, :3]
    light = (colors @ [0.3, 0.59, 0.11]).reshape(5, 7)
    assert np.all(np.diff(light, axis=1) >= 0) and np.all(light[:, -1] > light[:, 0])


def test_a_regression_is_judged_by_its_loss_and_no_accuracy_is_offered(mount: Mount) -> None:
    wall = mount(regression=True)
    offered = wall.page.get_by_role("combobox", name="Judge by").locator("option").all_text_contents()
    assert offered == ["Test loss", "Training loss", "Gap: test − training loss"]
    assert "accuracy" not in name_of(cells(wall).first)


# ------------------------------------------------------------------ training


def test_play_pause_step_rewind_and_scrub_are_those_of_the_stage(mount: Mount) -> None:
    wall = mount()
    newest = play_to(wall, 5)
    wall.page.get_by_role("slider", name="Epoch shown").fill("2")
    wall.wait("d.epoch === '2'")
    assert of(wall).newest == newest
    wall.press("Rewind")
    wall.wait("d.epoch === '0'")
    assert wall.page.get_by_role("button", name="New weights").count() == 0


def test_the_space_bar_plays_and_on_a_cell_it_picks(mount: Mount) -> None:
    wall = mount()
    wall.page.keyboard.press("Space")
    wall.wait("d.state === 'playing'")
    wall.page.keyboard.press("Space")
    wall.wait("d.state === 'paused'")
    cells(wall).first.focus()
    wall.page.keyboard.press("Space")
    expect(cells(wall).first).to_have_attribute("aria-selected", "true")
    assert wall.data["state"] == "paused"


def test_the_speed_is_told_to_the_server(mount: Mount) -> None:
    wall = mount()
    wall.page.get_by_role("combobox", name="Speed").select_option(label="10 epochs a frame")
    wall.wait_for_peer(lambda: wall.run.got("speed"))
    assert wall.run.got("speed")[-1]["epochs_per_frame"] == 10


def test_networks_that_are_still_built_are_counted(mount: Mount) -> None:
    wall = mount(waiting=23)
    notice = wall.page.get_by_test_id("wall-notice")
    expect(notice).to_contain_text("Building the networks: 12 of 35 ready")
    wall.peer.tell(wall.run, waiting=0, pending=True)
    expect(notice).to_contain_text("Untrained networks. Press Play")


def test_a_wall_that_has_trained_to_its_end_starts_again_only_when_asked(mount: Mount) -> None:
    wall = mount(epochs=12)
    wall.press("Play")
    wall.wait("d.state === 'finished'")
    expect(wall.page.get_by_test_id("wall-notice")).to_contain_text("Every network has trained to its end.")
    wall.press("Play")
    expect(wall.page.get_by_role("button", name="Start again")).to_be_focused()
    assert wall.run.got("rewind") == []
    wall.press("Start again")
    wall.wait_for_peer(lambda: wall.run.got("rewind"))


def test_the_summary_for_ears_is_not_written_with_every_frame(mount: Mount) -> None:
    wall = mount()
    wall.page.evaluate("""() => {
      window.said = 0;
      new MutationObserver(() => { said += 1; }).observe(document.querySelector('[data-testid=wall-summary]'),
        { childList: true, characterData: true, subtree: true });
    }""")
    wall.press("Play")
    wall.frames_more(40)
    assert 1 <= wall.page.evaluate("said") <= 10
    wall.press("Pause")
    expect(wall.page.get_by_test_id("wall-summary")).to_contain_text("paused, 35 networks. Best test accuracy: ")


def test_a_frame_makes_no_element_of_the_grid_anew(mount: Mount) -> None:
    wall = mount(size=(1280, 720))
    play_to(wall, 3)
    wall.page.evaluate("""() => {
      window.changes = 0;
      new MutationObserver((found) => { changes += found.length; })
        .observe(document.querySelector('[data-testid=cells]'), { subtree: true, childList: true });
    }""")
    wall.press("Play")
    wall.frames_more(20)
    assert wall.page.evaluate("changes") == 0


# ------------------------------------------------------------------ diverged and hidden


def test_diverged_networks_are_counted_named_and_on_no_scale(mount: Mount) -> None:
    wall = mount(diverging=THREE)
    play_to(wall, 40)
    expect(wall.page.get_by_test_id("diverged")).to_have_text("3 of 35 diverged")
    for network, epoch in THREE.items():
        cell = cells(wall).nth(network)
        expect(cell).to_contain_text(f"diverged at epoch {epoch}")
        expect(cell).to_have_attribute("data-onscale", "false")
        assert f"diverged at epoch {epoch}" in name_of(cell)
    assert wall.page.locator("[data-testid=cell][data-onscale=true]").count() == 32
    for name in set(TABS) - {"Difference"}:  # which is of two cells
        open_tab(wall, name)
        expect(wall.page.locator(".kp-view-head")).to_contain_text("3 of 35 diverged")
    expect(wall.page.get_by_test_id("wall-summary")).to_contain_text("3 of 35 diverged")


@pytest.mark.parametrize("metric", ["Test loss", "Training loss", "Gap: test − training loss", "Test accuracy"])
def test_what_has_diverged_leaves_the_scale_to_the_others(mount: Mount, metric: str) -> None:
    """The losses of those three were 1e20 at last."""
    scales = []
    for diverging in (THREE, {}):
        wall = mount(diverging=diverging)
        play_to(wall, 40)
        wall.page.get_by_role("slider", name="Epoch shown").fill("35")
        wall.wait("d.epoch === '35'")
        judge_by(wall, metric)
        scales.append(wall.page.get_by_test_id("scale").locator("span").all_text_contents())
    numbers = [[float(end.removesuffix("\u202f%")) for end in scale] for scale in scales]
    assert np.allclose(numbers[0], numbers[1], rtol=0.35)


def test_what_is_hidden_is_counted_and_comes_back(mount: Mount) -> None:
    wall = mount(diverging=THREE, size=(1280, 720))
    epoch = play_to(wall, 40)
    open_tab(wall, "Table")
    expect(rows(wall)).to_have_count(35)
    wall.page.get_by_label("Hide diverged").check()
    expect(rows(wall)).to_have_count(32)
    hidden = wall.page.get_by_test_id("hidden")
    expect(hidden).to_contain_text("3 hidden")
    shares = 100 * of(wall).figures(epoch, epoch + 1)[0, :, 3]
    middle = round(float(np.nanmedian(shares)) - 0.05, 1)
    bound = wall.page.get_by_label("Hide test accuracy below %")
    bound.fill(str(middle))
    bound.press("Enter")
    count = 3 + int(np.sum(shares < middle))
    assert 10 < count < 30
    expect(hidden).to_contain_text(f"{count} hidden")
    assert wall.page.locator("[data-testid=cell][data-hidden]").count() == count
    wall.press("Show all")
    expect(hidden).to_be_hidden()
    expect(rows(wall)).to_have_count(35)


# ------------------------------------------------------------------ what is held fixed

HELD = "Held at the median of the training points: sepal length (cm) at 5.8 and sepal width (cm) at 3."
AXES = ("petal length (cm)", "petal width (cm)")
WHOLE = "node => node.scrollWidth <= node.clientWidth && node.scrollHeight <= node.clientHeight"


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (390, 844)], ids=str)
def test_what_all_cells_hold_fixed_is_one_whole_line_under_them(mount: Mount, size: tuple[int, int]) -> None:
    wall = mount(held=(HELD,), axes=AXES, size=size)
    line = wall.page.get_by_test_id("cells-held")
    expect(line).to_have_text(f"Across: {AXES[0]}, up: {AXES[1]}. {HELD}")
    assert line.evaluate(WHOLE)
    assert wall.page.get_by_test_id("cells-box").evaluate("node => node.scrollHeight <= node.clientHeight")
    assert HELD not in name_of(cells(wall).first)


def test_what_cells_hold_fixed_each_by_itself_is_said_of_each(mount: Mount) -> None:
    wall = mount(rows=None, columns=("0.01", "0.1"), held=(HELD, ""), axes=AXES, size=(1280, 720))
    expect(wall.page.get_by_test_id("cells-held")).to_be_hidden()
    assert [HELD in name_of(cells(wall).nth(i)) for i in range(2)] == [True, False]
    cells(wall).first.click()
    figures = wall.page.get_by_test_id("picked").locator(".kp-pick-figures")
    expect(figures).to_contain_text(HELD)
    assert figures.evaluate(WHOLE)


# ------------------------------------------------------------------ room and access


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720), (1024, 768)], ids=str)
def test_64_cells_their_transport_and_a_view_are_on_one_screen(mount: Mount, size: tuple[int, int]) -> None:
    wall = mount(rows=SIXTEEN[:8], columns=SIXTEEN[:8], size=size)
    assert wall.page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    fits = "node => node.scrollHeight <= node.clientHeight && node.scrollWidth <= node.clientWidth"
    assert wall.page.get_by_test_id("cells-box").evaluate(fits)
    box = wall.page.get_by_test_id("view").bounding_box()
    assert box is not None and box["y"] + box["height"] <= size[1] and box["height"] > 300


def test_256_cells_fit_a_laptop(mount: Mount) -> None:
    wall = mount(rows=SIXTEEN, columns=SIXTEEN, size=(1280, 720))
    assert wall.page.get_by_test_id("cells-box").evaluate("node => node.scrollHeight <= node.clientHeight")
    box = cells(wall).first.bounding_box()
    assert box is not None and box["width"] >= 32


def test_a_few_cells_are_large(mount: Mount) -> None:
    wall = mount(rows=("1", "2"), columns=("0.1", "1"), size=(1280, 720))
    box = cells(wall).first.bounding_box()
    assert box is not None and box["width"] > 200


def test_on_a_phone_all_is_one_below_the_other_and_nothing_is_cut_off(mount: Mount) -> None:
    wall = mount(size=(390, 844))
    assert wall.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    grid, view = (wall.page.get_by_test_id(name).bounding_box() for name in ("cells-box", "view"))
    assert grid is not None and view is not None and view["y"] > grid["y"] + grid["height"]
    assert wall.page.get_by_test_id("cells-box").evaluate("node => node.scrollHeight <= node.clientHeight")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_serious(mount: Mount, dark: bool) -> None:
    wall = mount(diverging=THREE, size=(1280, 720), dark=dark)
    assert wall.data["theme"] == ("dark" if dark else "light")
    play_to(wall, 40)
    cells(wall).nth(3).click()
    for name in TABS:
        open_tab(wall, name)
        assert faults(wall.page) == [], name


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_serious_where_there_are_seeds(mount: Mount, dark: bool) -> None:
    wall = mount(rows=None, seeds=3, diverging={3: 2}, size=(390, 844), dark=dark)
    play_to(wall, 10)
    assert faults(wall.page) == []
    cells(wall).first.click()
    wall.page.get_by_role("button", name="Show seeds").click()
    assert faults(wall.page) == []
