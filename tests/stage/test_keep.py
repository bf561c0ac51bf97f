"""Keep on the stage: the run on screen goes onto the shelf, and the page says so."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Locator, expect

from tests.axe import faults
from tests.stage.conftest import Mounted
from tests.stage.fake_peer import FakeRun

KEY = "keras-playground.shelf"
LINK = "?dataset=spiral&hidden=8,8&activation=relu&optimizer=adam&learning_rate_from_200=0.3"
NAME = "Spiral · 8, 8 ReLU · Adam 0.03 · rate 0.3 from 200"
FORBID = """() => {
  Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError'); } });
}"""
NO_ROOM = "() => { Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }; }"

Mount = Callable[..., Mounted]


@pytest.fixture
def stage_of(mount: Mount) -> Mount:
    """Mount a stage whose run has this link, in a browser that has kept nothing yet."""

    def mount_empty(link: str = LINK, **settings: Any) -> Mounted:
        stage = mount(course={"link": link, "turns": []}, **settings)
        stage.page.evaluate("localStorage.clear()")
        return stage

    return mount_empty


def shelf(stage: Mounted) -> list[dict[str, Any]]:
    """What is kept, once it is said what became of it."""
    expect(said(stage)).to_be_visible()
    kept = json.loads(stage.page.evaluate("key => localStorage.getItem(key)", KEY))
    assert kept["version"] == 1
    return list(kept["runs"])


def put(stage: Mounted, *runs: dict[str, Any]) -> None:
    text = json.dumps({"version": 1, "runs": runs})
    stage.page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, text])


def run(n: int) -> dict[str, Any]:
    return {"id": f"id{n}", "name": f"Run {n}", "link": f"?seed={n}", "kept": "2026-11-26T20:00:00.000Z"}


def said(stage: Mounted) -> Locator:
    return stage.page.get_by_test_id("kept")


def expect_told(stage: Mounted, words: str) -> None:
    """For eyes and for ears."""
    expect(said(stage)).to_contain_text(words)
    expect(stage.page.get_by_test_id("kept-summary")).to_contain_text(words)


def trained(stage: Mounted, epochs: int = 30) -> None:
    stage.press("Play")
    stage.wait("+d.epoch >= a", epochs)
    stage.press("Pause")
    stage.wait("d.state === 'paused'")
    stage.wait_for_peer(lambda: stage.run.state == "paused")
    newest = stage.run.newest + 1
    stage.press("Step")
    stage.wait("d.epoch === String(a)", newest)


def test_a_kept_run_has_its_link_a_name_in_words_and_the_epoch_and_figures_on_screen(stage_of: Mount) -> None:
    stage = stage_of()
    trained(stage)
    epoch = int(stage.data["epoch"])
    stage.press("Keep")
    expect_told(stage, f"Kept as “{NAME}”. 1 on the shelf.")
    (kept,) = shelf(stage)
    assert (kept["link"], kept["name"], kept["epoch"]) == (LINK, NAME, epoch)
    loss, accuracy = stage.run.curve(np.array([float(epoch)]))[0, 3:5].tolist()
    assert kept["figures"] == {"part": "Test", "loss": pytest.approx(loss), "accuracy": pytest.approx(accuracy)}


def test_its_picture_is_the_plane_in_at_most_4_kilobytes(stage_of: Mount) -> None:
    stage = stage_of(kind="six")
    trained(stage)
    stage.press("Keep")
    address = shelf(stage)[0]["picture"]
    assert 200 < len(address) <= 4096
    kept = np.asarray(Image.open(BytesIO(base64.b64decode(address.partition(",")[2]))).convert("RGB")).astype(int)
    shown = stage.page.get_by_test_id("boundary-map").evaluate("map => map.toDataURL()")
    plane = Image.open(BytesIO(base64.b64decode(shown.partition(",")[2]))).convert("RGB")
    small = np.asarray(plane.resize(kept.shape[1::-1], Image.Resampling.BOX)).astype(int)
    assert np.abs(kept - small).mean() < 8 < np.abs(kept - small[::-1]).mean()


def test_the_way_to_compare_is_there_as_soon_as_there_are_two(stage_of: Mount) -> None:
    stage = stage_of()
    compare = said(stage).get_by_role("link", name="Compare")
    stage.press("Keep")
    expect(said(stage)).to_be_visible()
    expect(compare).to_be_hidden()
    stage.peer.push(stage.run, course={"link": "?dataset=xor", "turns": []})
    stage.page.wait_for_function("harness.triggers.some(([name]) => name === 'link')")
    stage.press("Keep")
    expect_told(stage, "2 on the shelf.")
    assert compare.evaluate("link => link.href") == f"{stage.peer.url}compare"


def test_a_link_kept_again_is_the_same_entry_under_the_name_it_was_given(stage_of: Mount) -> None:
    stage = stage_of()
    put(stage, run(1), {**run(2), "link": LINK, "name": "My spiral"}, run(3))
    trained(stage)
    stage.press("Keep")
    expect_told(stage, "“My spiral” was on the shelf already, and now has what is shown. 3 on the shelf.")
    assert [(each["id"], each["name"]) for each in shelf(stage)] == [
        ("id1", "Run 1"),
        ("id2", "My spiral"),
        ("id3", "Run 3"),
    ]
    assert shelf(stage)[1]["epoch"] == int(stage.data["epoch"])


@pytest.mark.parametrize("link", ["?edited=true", "?dataset=xor&edited=true", "?edited=true&dataset=xor"])
def test_edited_weights_are_not_kept_nor_figures_that_are_theirs_and_it_says_so(stage_of: Mount, link: str) -> None:
    stage = stage_of(link)
    stage.press("Keep")
    expect_told(stage, "Its edited weights are not kept: a link does not hold them.")
    (kept,) = shelf(stage)
    assert kept["link"] == link.replace("edited=true", "").replace("?&", "?").rstrip("&")
    assert (kept["epoch"], kept["figures"], kept["picture"]) == (None, None, "")


def test_figures_of_the_run_before_are_not_kept_with_the_link_of_the_next(stage_of: Mount) -> None:
    stage = stage_of()
    trained(stage)
    stage.show(FakeRun("not-there-yet"), link="?dataset=moons")
    stage.wait("d.state === 'reconnecting'")
    stage.press("Keep")
    (kept,) = shelf(stage)
    assert (kept["link"], kept["epoch"], kept["figures"], kept["picture"]) == ("?dataset=moons", None, None, "")


def test_a_full_shelf_is_said_with_the_rule_and_the_number_and_loses_nothing(stage_of: Mount) -> None:
    stage = stage_of()
    put(stage, *map(run, range(50)))
    stage.press("Keep")
    expect_told(stage, "Not kept. A shelf must hold at most 50 runs. Got 51")
    assert len(shelf(stage)) == 50 and LINK not in [each["link"] for each in shelf(stage)]


@pytest.mark.parametrize(
    ("script", "words"),
    [(FORBID, "does not let the page keep anything"), (NO_ROOM, "has no room left for it")],
    ids=["forbidden", "no room"],
)
def test_a_browser_that_keeps_nothing_is_said_so_and_the_stage_goes_on(
    stage_of: Mount, script: str, words: str
) -> None:
    stage = stage_of()
    stage.page.evaluate(script)
    stage.press("Keep")
    expect_told(stage, "Not kept. This browser " + words)
    trained(stage)


@pytest.mark.parametrize("text", ["{", "null", '{"version": 1}'])
def test_what_is_kept_but_cannot_be_read_is_not_written_over(stage_of: Mount, text: str) -> None:
    stage = stage_of()
    stage.page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, text])
    stage.press("Keep")
    expect_told(stage, "Not kept. What this browser has on the shelf cannot be read.")
    assert stage.page.evaluate("key => localStorage.getItem(key)", KEY) == text


def test_what_was_said_is_closed_by_escape_by_its_button_and_by_a_press_elsewhere(stage_of: Mount) -> None:
    stage = stage_of()
    keep = stage.page.get_by_role("button", name="Keep", exact=True)
    ways: list[Callable[[], object]] = [
        lambda: stage.page.keyboard.press("Escape"),
        lambda: stage.press("Close"),
        lambda: stage.page.get_by_test_id("boundary-chart").click(),
    ]
    for close in ways:
        keep.press("Enter")
        expect(said(stage)).to_be_visible()
        close()
        expect(said(stage)).to_be_hidden()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_serious_in_what_is_said(stage_of: Mount, dark: bool) -> None:
    stage = stage_of(dark=dark)
    put(stage, *map(run, range(49)))
    for link in (LINK, "?dataset=xor"):
        stage.peer.push(stage.run, course={"link": link, "turns": []})
        stage.page.wait_for_function("link => harness.triggers.some(([, value]) => value === link)", arg=link)
        stage.press("Keep")
        expect(said(stage).get_by_role("link", name="Compare")).to_be_visible()
        assert faults(stage.page) == []
    expect(said(stage)).to_contain_text("Not kept.")


def test_what_was_said_goes_by_itself_unless_somebody_is_at_it(stage_of: Mount, clocked: BrowserContext) -> None:
    stage = stage_of(within=clocked, wait=False)
    stage.page.clock.run_for(1000)
    stage.wait("'operable' in d")
    stage.page.get_by_role("button", name="Keep", exact=True).press("Enter")
    expect(said(stage)).to_be_visible()
    stage.page.keyboard.press("Tab")
    expect(said(stage).get_by_role("button", name="Close")).to_be_focused()
    stage.page.clock.run_for(20_000)
    expect(said(stage)).to_be_visible()
    stage.page.evaluate("document.activeElement.blur()")
    stage.page.clock.run_for(8000)
    expect(said(stage)).to_be_hidden()


def test_where_its_file_cannot_be_loaded_it_is_said_and_the_next_press_tries_again(stage_of: Mount) -> None:
    stage = stage_of()
    stage.page.route("**/stage/keep.js", lambda route: route.fulfill(status=404, body="gone"))
    stage.press("Keep")
    expect(stage.page.get_by_test_id("stage-notice")).to_contain_text("Not kept: this could not be loaded.")
    stage.page.unroute("**/stage/keep.js")
    stage.press("Keep")
    assert len(shelf(stage)) == 1
