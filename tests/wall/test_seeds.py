"""Cells of several seeds: their mean, how far they disagree, and each by itself."""

from __future__ import annotations

import numpy as np
from playwright.sync_api import expect

from tests.wall.conftest import Mount
from tests.wall.seen import cells, name_of, of, open_tab, pictures, play_to


def test_a_cell_says_its_mean_its_range_and_how_far_its_seeds_disagree(mount: Mount) -> None:
    wall = mount(seeds=3)
    epoch = play_to(wall, 30)
    val_loss = of(wall).figures(epoch, epoch + 1)[0, 6:9, 2].astype(float)
    name = name_of(cells(wall).nth(2))
    assert f"test loss {val_loss.mean():.4f} ({val_loss.min():.4f} to {val_loss.max():.4f})" in name
    assert "seeds disagree on 14\u202f%" in name


def test_a_seed_that_diverged_does_not_count_in_the_mean_and_is_told(mount: Mount) -> None:
    wall = mount(seeds=3, diverging={6: 4})
    epoch = play_to(wall, 30)
    val_loss = of(wall).figures(epoch, epoch + 1)[0, 7:9, 2].astype(float)
    cell = cells(wall).nth(2)
    expect(cell).to_contain_text("1 of 3 seeds diverged at epoch 4")
    assert f"test loss {val_loss.mean():.4f}" in name_of(cell)
    expect(cell).to_have_attribute("data-onscale", "true")
    expect(wall.page.get_by_test_id("diverged")).to_have_text("1 of 105 diverged")


def test_where_seeds_disagree_the_boundary_is_hatched(mount: Mount) -> None:
    wall = mount(seeds=3)
    play_to(wall, 30)
    rgb = pictures(wall)[0]
    fine = np.ones((rgb.shape[0] // of(wall).n,) * 2, np.uint8)
    spread = np.kron(of(wall).disagreement()[0][0], fine) > 0
    maps = np.kron(np.round(of(wall).maps(np.arange(3)).mean(axis=0))[0], fine)
    darker = np.zeros(spread.shape, bool)
    for value in np.unique(maps):
        here = maps == value
        darker |= here & (rgb.sum(axis=-1) < rgb[here].sum(axis=-1).max())
    assert not darker[~spread].any()
    assert 0.08 < darker[spread].mean() < 0.3


def test_disagreement_can_be_shown_instead_of_boundaries(mount: Mount) -> None:
    wall = mount(seeds=3)
    wall.page.get_by_role("button", name="Disagreement").click()
    rgb, spread = pictures(wall)[0], of(wall).disagreement()[0][0]
    calm, torn = (np.unique(rgb[where], axis=0) for where in (spread == 0, spread > 0))
    assert len(calm) == len(torn) == 1 and np.any(calm != torn)
    wall.page.get_by_role("button", name="Boundary").click()
    assert len(np.unique(pictures(wall)[0].reshape(-1, 3), axis=0)) > 3


def test_an_open_cell_shows_each_seed_and_asks_for_them_again_after_a_new_connection(mount: Mount) -> None:
    wall = mount(seeds=3)
    cells(wall).nth(4).click()
    wall.page.get_by_role("button", name="Show seeds of hidden layers 1, learning rate 0.1").click()
    wall.wait_for_peer(lambda: wall.run.got("open"))
    assert wall.run.got("open")[-1]["cell"] == 4
    seeds = wall.page.get_by_test_id("seed")
    links = seeds.evaluate_all("nodes => nodes.map((node) => node.dataset.link)")
    assert links == [of(wall).link_of(i) for i in (12, 13, 14)]
    expect(wall.page.get_by_test_id("seeds")).to_have_attribute("data-epoch", "0")
    addresses = seeds.get_by_role("link").evaluate_all("nodes => nodes.map((node) => node.href)")
    assert addresses == [wall.peer.url + link for link in links]
    wall.peer.tell(wall.run, close_with=1012)
    wall.wait_for_peer(lambda: len(wall.run.got("open")) == 2)
    wall.page.keyboard.press("Escape")
    wall.wait_for_peer(lambda: wall.run.got("open")[-1]["cell"] is None)
    expect(wall.page.get_by_test_id("seeds")).to_be_hidden()
    expect(cells(wall).nth(4)).to_be_focused()


def test_seeds_alone_are_open_at_once(mount: Mount) -> None:
    wall = mount(rows=None, columns=None, seeds=20, diverging={3: 5})
    seeds = wall.page.get_by_test_id("seed")
    expect(seeds).to_have_count(20)
    play_to(wall, 10)
    expect(seeds.nth(3)).to_contain_text("diverged at epoch 5")
    for name in ("Heat map", "Parallel", "Table", "Curves"):
        open_tab(wall, name)
        expect(wall.page.locator(".kp-view-head")).to_contain_text("1 of 20 diverged")
