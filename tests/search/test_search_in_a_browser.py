"""The search in Chromium, against a peer whose trials are known by formula."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from playground.core.search import ENOUGH
from tests.axe import faults
from tests.search.conftest import Mount
from tests.search.fake_search_peer import L2, RATE, UNDER_WAY, FakeSearch
from tests.stage.conftest import Mounted

SIZE = (1280, 720)
LOST = "The server no longer has this search: it starts again with its first trial."


def of(search: Mounted) -> FakeSearch:
    """The trials behind a search."""
    return cast(FakeSearch, search.run)


def play_to(search: Mounted, trials: int) -> int:
    """Search until so many trials have ended, and pause; how many have ended by then."""
    search.press("Play")
    search.wait("+d.trials >= a", trials)
    search.press("Pause")
    search.wait("d.state === 'paused'")
    search.wait_for_peer(lambda: search.run.state == "paused")
    search.peer.tell(search.run, pending=True)
    search.wait("+d.trials === a", of(search).ended)
    return of(search).ended


def play_to_the_end(search: Mounted) -> None:
    search.press("Play")
    search.wait("['finished', 'diverged'].includes(d.state)")
    search.wait_for_peer(lambda: search.data["trials"] == str(of(search).ended))


def play_without_end(search: Mounted) -> None:
    """From now on no further trial ends and no time passes, so that a page that looks late still sees it play."""
    search.peer.tell(search.run, held_at=min(of(search).ended, of(search).trials - 1), seconds_a_frame=0.0)


def rows(search: Mounted) -> Locator:
    return search.page.locator("[data-testid=search-table] tbody tr")


def open_table(search: Mounted) -> None:
    search.page.get_by_role("tab", name="Table").click()
    search.page.locator("[data-testid=view][data-view=table][data-epoch]").wait_for()


def order(found: Locator) -> list[int]:
    numbers: list[int] = found.evaluate_all("nodes => nodes.map((node) => Number(node.dataset.cell))")
    return numbers


# ------------------------------------------------------------------ searching


def test_nothing_is_tried_before_play_and_what_is_asked_is_told(mount: Mount) -> None:
    search = mount(size=SIZE)
    assert (search.data["state"], search.data["trials"], search.data["best"]) == ("ready", "0", "")
    expect(search.page.get_by_test_id("search-notice")).to_contain_text("Nothing is tried yet. Press Play")
    expect(search.page.get_by_test_id("search-legend")).to_contain_text(f"{UNDER_WAY} under way")
    assert of(search).got("play") == []


def test_the_best_so_far_is_told_with_its_settings_figures_and_address_in_play(mount: Mount) -> None:
    search = mount(size=SIZE)
    ended = play_to(search, 40)
    best = of(search).bests()[-1]
    panel = search.page.get_by_test_id("best")
    expect(panel).to_have_attribute("data-trial", str(best))
    expect(panel).to_contain_text(f"Trial {best + 1} of {ended + UNDER_WAY}")
    names = panel.locator("dt").all_text_contents()
    assert names == ["Learning rate", "Units of each layer", "Number of hidden layers", "Activation"]
    rate, width, depth, activation = of(search).tried()[best]
    texts = [f"{rate:g}", f"{width:g}", f"{depth:g}", ["relu", "tanh", "sigmoid"][int(activation)]]
    assert panel.locator("dd").all_text_contents() == texts
    accuracy = float(of(search).figures()[best, 0, 3])  # rounded as a browser does, in 64 bits
    expect(search.page.get_by_test_id("best-figures")).to_contain_text(f"Test accuracy {100 * accuracy:.1f}")
    assert float(search.data["best"]) == pytest.approx(accuracy)
    address = search.page.get_by_test_id("open-best").evaluate("node => node.href")
    assert address == search.peer.url + of(search).link_of(best)


def test_time_and_trials_used_are_told_with_those_pruned_and_diverged(mount: Mount) -> None:
    search = mount(diverging=(1, 2), size=SIZE)
    ended = play_to(search, 20)
    used = int(of(search).used)
    pruned = of(search).states().tolist().count(1)
    words = f"{used} of 60 s, {ended} trials, {pruned} pruned, 2 diverged"
    expect(search.page.get_by_test_id("search-progress")).to_have_text(words)
    expect(search.page.get_by_role("progressbar", name="Time used")).to_have_attribute("aria-valuenow", str(used))


def test_a_search_whose_time_is_over_goes_on_for_another_minute(mount: Mount) -> None:
    search = mount(seconds=5, size=SIZE)
    play_to_the_end(search)
    expect(search.page.get_by_test_id("search-notice")).to_contain_text("Its 5 seconds are over after")
    before = of(search).ended
    search.press("Search 60 s longer")
    search.wait("+d.trials > a", before)
    assert of(search).played == [5, 65]
    assert of(search).got("rewind") == []


def test_play_goes_on_with_a_search_whose_time_is_over_too(mount: Mount) -> None:
    search = mount(seconds=3, size=SIZE)
    play_to_the_end(search)
    play_without_end(search)
    search.press("Play")
    search.wait_for_peer(lambda: of(search).played == [3, 63])
    search.wait("d.state === 'playing'")


def test_time_it_got_besides_is_asked_for_again_after_a_lost_connection(mount: Mount) -> None:
    search = mount(seconds=3, size=SIZE)
    play_to_the_end(search)
    play_without_end(search)
    search.press("Search 60 s longer")
    search.wait("d.state === 'playing'")
    search.peer.tell(search.run, close_with=1012, state="finished", until=None)
    search.wait_for_peer(lambda: of(search).played == [3, 63, 63])
    search.wait("d.state === 'playing'")


def test_one_that_has_tried_all_starts_again_only_when_asked(mount: Mount) -> None:
    search = mount(trials=12, size=SIZE)
    play_to_the_end(search)
    expect(search.page.get_by_test_id("search-notice")).to_contain_text("All trials have been tried.")
    search.press("Play")
    expect(search.page.get_by_role("button", name="Start again")).to_be_focused()
    assert of(search).got("rewind") == []
    play_without_end(search)
    search.press("Start again")
    search.wait_for_peer(lambda: of(search).got("rewind"))
    search.wait("d.state === 'playing'")


def test_rewind_forgets_all_trials(mount: Mount) -> None:
    search = mount(size=SIZE)
    play_to(search, 20)
    open_table(search)
    rows(search).nth(3).click()
    search.press("Rewind")
    search.wait("d.state === 'ready' && d.trials === '0' && d.best === ''")
    expect(rows(search)).to_have_count(UNDER_WAY)
    expect(search.page.get_by_test_id("picked")).to_be_hidden()
    expect(search.page.get_by_test_id("open-best")).to_be_hidden()


def test_a_search_in_which_all_diverge_names_the_rule_and_shows_no_best(mount: Mount) -> None:
    search = mount(diverging="all", trials=12, size=SIZE)
    play_to_the_end(search)
    assert search.data["state"] == "diverged" and search.data["best"] == ""
    notice = search.page.get_by_test_id("search-notice")
    expect(notice).to_contain_text("A search needs trials whose loss stays a number. Got 12 that have all diverged")
    expect(search.page.get_by_test_id("open-best")).to_be_hidden()
    expect(search.page.get_by_test_id("search-legend")).to_contain_text("12 diverged")
    open_table(search)
    expect(rows(search).locator("xpath=self::*[@data-diverged]")).to_have_count(12)


def test_what_matters_is_told_when_there_are_enough_trials(mount: Mount) -> None:
    search = mount(size=SIZE)
    panel = search.page.get_by_test_id("importance")
    expect(panel).to_contain_text(f"What matters can be told after {ENOUGH} trials: 0 so far.")
    play_to(search, ENOUGH)
    texts = panel.locator("li").all_inner_texts()
    assert [text.split("\n")[0] for text in texts] == [
        "Learning rate",
        "Units of each layer",
        "Number of hidden layers",
        "Activation",
    ]
    assert "40" in texts[0] and "10" in texts[3]


def test_of_a_search_with_few_trials_it_is_said_that_it_never_will(mount: Mount) -> None:
    search = mount(trials=20, size=SIZE)
    expect(search.page.get_by_test_id("importance")).to_contain_text("This search has 20.")


# ------------------------------------------------------------------ trials


def test_what_is_picked_in_the_table_is_marked_and_told_with_its_address(mount: Mount) -> None:
    search = mount(size=SIZE)
    play_to(search, 12)
    open_table(search)
    rows(search).nth(4).get_by_role("button").click()
    bar = search.page.get_by_test_id("picked")
    expect(bar).to_contain_text("Trial 5")
    address = bar.get_by_role("link", name="Open in Play").evaluate("node => node.href")
    assert address == search.peer.url + of(search).link_of(4)
    rows(search).nth(7).hover()
    expect(search.page.get_by_test_id("pointed")).to_contain_text("Trial 8, learning rate")
    search.page.get_by_role("button", name="Clear").click()
    expect(bar).to_be_hidden()


@pytest.mark.parametrize("picture", ["search-history", "search-parallel"])
def test_a_click_in_a_picture_picks_the_trial_that_it_marks(mount: Mount, picture: str) -> None:
    search = mount(size=SIZE)
    play_to(search, 30)
    box = search.page.get_by_test_id(picture).bounding_box()
    assert box is not None
    pointed = search.page.get_by_test_id("pointed")
    for share in range(4, 90, 2):  # from top to bottom, until something is met
        search.page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + share / 100 * box["height"])
        if (pointed.text_content() or "").startswith("Trial "):
            break
    told = (pointed.text_content() or "").split(",")[0]
    assert told.startswith("Trial ")
    search.page.mouse.down()
    search.page.mouse.up()
    expect(search.page.get_by_test_id("picked").locator("strong")).to_have_text(told)


def test_each_row_leads_to_its_trial_in_play_and_is_not_picked_by_that(mount: Mount) -> None:
    search = mount(size=SIZE)
    play_to(search, 8)
    open_table(search)
    link = rows(search).nth(2).get_by_role("link")
    assert link.evaluate("node => node.href") == search.peer.url + of(search).link_of(2)
    link.evaluate("node => { node.addEventListener('click', event => event.preventDefault()); node.click(); }")
    expect(search.page.get_by_test_id("picked")).to_be_hidden()


def test_the_table_is_sorted_by_any_column_with_diverged_last(mount: Mount) -> None:
    search = mount(trials=10, diverging=(4,), size=SIZE)
    play_to_the_end(search)
    open_table(search)
    by = search.page.get_by_role("columnheader").get_by_role("button", name="Test accuracy")
    by.click()
    merits = of(search).figures()[:, 0, 3]
    rising = sorted((k for k in range(10) if k != 4), key=lambda k: merits[k])
    assert order(rows(search)) == [*rising, 4]
    by.click()
    assert order(rows(search)) == [*rising[::-1], 4]


def test_every_seed_of_every_trial_is_in_the_csv(mount: Mount) -> None:
    search = mount(seeds=3, trials=9, diverging=(2,), knobs=(RATE, L2), size=SIZE)
    play_to_the_end(search)
    open_table(search)
    with search.page.expect_download() as waiting:
        search.page.get_by_role("button", name="CSV", exact=True).click()
    with Path(waiting.value.path()).open(newline="", encoding="utf-8") as file:
        got = list(csv.DictReader(file))
    assert [(row["trial"], row["seed_of_trial"]) for row in got] == [(str(t + 1), s) for t in range(9) for s in "123"]
    figures = of(search).figures().reshape(27, 4)
    names = ("loss", "accuracy", "val_loss", "val_accuracy")
    assert np.allclose([float(got[10][name]) for name in names], figures[10], rtol=1e-5)
    assert {row["state"] for row in got[6:9]} == {"diverged"} and got[6]["loss"] == ""
    assert [row["link"] for row in got[::3]] == [of(search).link_of(trial) for trial in range(9)]
    assert [float(row["l2"]) for row in got[::3]] == of(search).tried()[:, 1].tolist()


def test_of_several_seeds_the_mean_and_the_range_are_told(mount: Mount) -> None:
    search = mount(seeds=3, size=SIZE)
    play_to(search, 20)
    best = of(search).bests()[-1]
    shares = of(search).figures()[best, :, 3]
    words = search.page.get_by_test_id("best-figures").text_content() or ""
    told = [float(text) for text in re.findall(r"([0-9.]+)\u202f%", words)]
    assert np.allclose(told, 100 * np.array([shares.mean(), shares.min(), shares.max()]), atol=0.06)


def test_a_regression_is_judged_by_its_loss(mount: Mount) -> None:
    search = mount(regression=True, watched="validation", size=SIZE)
    play_to(search, 12)
    offered = search.page.get_by_role("combobox", name="Figure shown").locator("option").all_text_contents()
    assert offered == ["Validation loss", "Training loss", "Gap: validation − training loss"]
    best = of(search).bests()[-1]
    assert float(search.data["best"]) == pytest.approx(of(search).figures()[best, 0, 2])


def test_diverged_trials_flatten_no_axis(mount: Mount) -> None:
    ticks = """() => {
      const pen = CanvasRenderingContext2D.prototype, fill = pen.fillText;
      window.texts = [];
      pen.fillText = function (text, ...more) { texts.push(text); return fill.call(this, text, ...more); };
    }"""
    search = mount(diverging=(3, 5), seeds=2, size=SIZE)
    search.page.evaluate(ticks)
    search.page.get_by_role("combobox", name="Figure shown").select_option(label="Test loss")
    play_to(search, 20)
    texts = search.page.evaluate("texts")
    assert "diverged" in texts
    assert not [text for text in texts if "e" in text and text.replace("e", "").isdigit()]


# ------------------------------------------------------------------ the connection


def test_a_search_that_is_gone_is_asked_for_anew(mount: Mount) -> None:
    search = mount()
    search.page.evaluate("harness.show('nothing')")
    search.page.wait_for_function("harness.triggers.some(([name, value]) => name === 'gone' && value === 'nothing')")


def test_a_search_that_failed_says_so_and_can_be_restarted(mount: Mount) -> None:
    search = mount()
    search.peer.push(search.run, state="failed", message="The worker stopped.")
    expect(search.page.get_by_test_id("search-notice")).to_contain_text("The worker stopped.")
    search.press("Restart")
    assert ["gone", search.run.token] in search.triggers()


def test_a_search_that_is_open_elsewhere_can_be_used_here(mount: Mount) -> None:
    search = mount()
    search.peer.tell(search.run, close_with=4409)
    expect(search.page.get_by_test_id("search-notice")).to_contain_text("This search is open on another page.")
    search.press("Use it here")
    search.wait("d.state === 'ready'")


def test_a_search_that_the_server_has_lost_is_said_to_start_again(mount: Mount) -> None:
    search = mount()
    play_to(search, 5)
    mine = search.run
    other = search.peer.put(FakeSearch(f"{mine.token}-other"))
    search.show(other, session="second")
    search.show(other, session="second", claimed=mine.token, lost=True)
    search.wait("d.run === a", f"run-{other.token}")
    expect(search.page.get_by_test_id("search-notice")).to_contain_text(LOST)


def test_another_search_takes_the_place_of_the_one_before_and_nothing_of_it_is_left(mount: Mount) -> None:
    search = mount(size=SIZE)
    play_to(search, 12)
    other = search.peer.put(FakeSearch(f"{search.run.token}-other", knobs=(RATE,)))
    search.show(other, link="?search=learning_rate")
    search.wait("d.run === a && d.trials === '0' && d.best === '' && d.state === 'ready'", f"run-{other.token}")
    expect(search.page.get_by_test_id("best-knobs").locator("dt")).to_have_count(0)


def test_after_a_reload_it_is_looked_at_as_before(mount: Mount) -> None:
    search = mount()
    search.page.get_by_role("combobox", name="Figure shown").select_option(label="Training loss")
    search.page.get_by_role("tab", name="Table").click()
    expect(search.page.get_by_test_id("view")).to_have_attribute("data-view", "table")
    play_to(search, 4)
    search.page.goto(f"{search.peer.url}?component=search&token={search.run.token}&session=second")
    search.wait("+d.frames > 0")
    expect(search.page.get_by_role("tab", name="Table")).to_have_attribute("aria-selected", "true")
    expect(search.page.get_by_role("combobox", name="Figure shown")).to_have_value("loss")


# ------------------------------------------------------------------ for everybody


def test_the_space_bar_plays_and_pauses(mount: Mount) -> None:
    search = mount()
    play_without_end(search)
    search.page.keyboard.press("Space")
    search.wait("d.state === 'playing'")
    search.page.keyboard.press("Space")
    search.wait("d.state === 'paused'")


def test_the_summary_for_ears_says_how_far_it_is_and_what_is_best(mount: Mount) -> None:
    search = mount(diverging=(1,), size=SIZE)
    ended = play_to(search, 12)
    best = of(search).bests()[-1]
    summary = search.page.get_by_test_id("search-summary")
    expect(summary).to_contain_text(f"{ended} trials of 200 ended. Best so far: trial {best + 1}, learning rate")
    expect(summary).to_contain_text(f"1 of {ended} diverged.")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_keeps_anybody_out(mount: Mount, dark: bool) -> None:
    search = mount(dark=dark, diverging=(3,), seconds=20, size=SIZE)
    assert faults(search.page) == []
    play_to_the_end(search)
    open_table(search)
    rows(search).nth(2).click()
    rows(search).nth(5).click()
    assert faults(search.page) == []
    search.page.get_by_role("tab", name="Parallel").click()
    expect(search.page.get_by_test_id("view")).to_have_attribute("data-view", "parallel")
    assert faults(search.page) == []


@pytest.mark.parametrize("size", [(1060, 640), (900, 640), (740, 690)])
def test_all_is_on_one_screen_and_each_part_has_room(mount: Mount, size: tuple[int, int]) -> None:
    search = mount(seconds=20, size=size)
    play_to_the_end(search)
    parts: dict[str, tuple[str, float]] = {
        "play": (".kp-primary", 30),
        "best": ("[data-testid=best]", 80),
        "history": ("[data-testid=search-history]", 100),
        "importance": ("[data-testid=importance]", 60),
        "view": ("[data-testid=view]", 120),
    }
    for name, (selector, least) in parts.items():
        box: Any = search.page.locator(selector).first.bounding_box()
        assert box["height"] >= least, name
        assert box["x"] >= 0 and box["x"] + box["width"] <= size[0], name
        assert box["y"] + box["height"] <= size[1], name
