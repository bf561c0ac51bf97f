"""The projector's window: the code, the wall, pinned learners' runs and answers in large type, and nobody's name."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from playground.runtime.qr import qr_svg
from playground.ui.web import static_files
from tests.room_teacher.conftest import Mounted
from tests.room_teacher.made_room import bars, facts, projected, tiles

Mount = Callable[..., Mounted]
SIZES = [(1024, 768), (1280, 720), (1440, 900), (1920, 1080)]


def _shows(what: str, pins: tuple[int, ...] = (), shown: int = 0, code: bool = True) -> dict[str, Any]:
    return {"projected": {"what": what, "pins": list(pins), "shown": shown, "code": code}}


def _wall(mount: Mount, learners: int = 30, **how: Any) -> Mounted:
    projector = mount("projector", **how)
    projector.room(projected(learners, **_shows("wall")))
    projector.packed(tiles(*(facts(n) for n in range(1, learners + 1))))
    link = projector.last("draw_link")["link"]
    projector.heard({"type": "link_drawn", "link": link, "svg": qr_svg(link).decode()})
    expect(projector.page.get_by_role("img", name="QR code of the join link")).to_be_visible()
    return projector


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("what", ["wall", "pins", "answers"])
def test_all_type_is_large_and_all_is_on_one_screen(mount: Mount, size: tuple[int, int], what: str) -> None:
    projector = _wall(mount, size=size)
    asked = [bars(("A straight line", 12, 3), ("A ring", 9, 24), ("It cannot be done", 6, 0))]
    projector.room(projected(30, timer_in=61.0, bars=asked, **_shows(what, (3, 4, 10))))
    smallest = projector.page.evaluate("""() => {
        const root = document.querySelector('[data-testid=projector]');
        const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        let least = Infinity;
        while (texts.nextNode()) {
            const {parentElement: node, data} = texts.currentNode;
            if (!data.trim() || !node.checkVisibility() || node.closest('.kp-hidden')) continue;
            least = Math.min(least, parseFloat(getComputedStyle(node).fontSize));
            const box = node.getBoundingClientRect();
            if (box.right > innerWidth + 1 || box.bottom > innerHeight + 1) return `outside: ${data}`;
        }
        return least;
    }""")
    assert isinstance(smallest, int | float) and smallest >= 24
    code = projector.page.get_by_test_id("projected-code")
    assert code.evaluate("node => parseFloat(getComputedStyle(node).fontSize)") >= (96 if size[0] == 1920 else 64)
    projector.page.wait_for_function(
        "[...document.querySelectorAll('[data-testid=projector] canvas')].filter(each => each.checkVisibility()).every("
        "each => (box => box.width > 40 && box.right <= innerWidth && box.bottom <= innerHeight)"
        "(each.getBoundingClientRect()))"
    )


def test_the_wall_has_everyones_picture_and_nobodys_name(mount: Mount) -> None:
    projector = _wall(mount, 30)
    expect(projector.page.get_by_test_id("seat")).to_have_count(30)
    assert projector.names == [None] * 30
    expect(projector.page.get_by_test_id("projected-count")).to_have_text("30 learners")
    projector.packed(tiles(facts(2, cells=0, epoch=0)))  # who has left
    expect(projector.page.get_by_test_id("seat")).to_have_count(29)
    projector.packed(tiles(facts(4, epoch=7), facts(5), whole=True))  # there are no others any more
    expect(projector.page.get_by_test_id("seat")).to_have_count(2)
    projector.packed(tiles(whole=True))
    expect(projector.page.get_by_test_id("seat")).to_have_count(0)


def test_no_module_of_the_projector_reads_a_name() -> None:
    for path in (static_files() / "room" / "projector").glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\.(name|seats|you|note|answers\b(?!\b, what))\b", text.replace("this.answers", "")), path
        assert "teacher/" not in text


def test_what_a_server_says_too_much_is_not_shown(mount: Mount) -> None:
    projector = _wall(mount, 3)
    secret = {"seat": 1, "name": "Ada Lovelace", "state": "connected"}
    projector.room({**projected(3, **_shows("pins", (1, 2))), "seats": [secret], "you": {"name": "Ada Lovelace"}})
    assert "Ada" not in projector.page.locator("body").inner_html()


def test_pinned_runs_are_shown_side_by_side_and_one_by_one_with_their_figures(mount: Mount) -> None:
    projector = _wall(mount, 12)
    projector.packed(tiles(facts(10, epoch=1500, accuracy=0.987), facts(4, task="regression", accuracy=0.0123)))
    projector.room(projected(12, **_shows("pins", (10, 4))))
    runs = projector.page.get_by_test_id("projected-run")
    expect(runs).to_have_count(2)
    for words in ("Run 1", "test accuracy 98.7\u202f%", "epoch 1,500"):
        expect(runs.nth(0)).to_contain_text(words)
    expect(runs.nth(1)).to_contain_text("test loss 0.0123")
    projector.room(projected(12, **_shows("pins", (10, 4), shown=2)))
    expect(runs).to_have_count(1)
    expect(runs).to_contain_text("Run 2")
    projector.packed(tiles(facts(4, epoch=77)))
    expect(runs).to_contain_text("epoch 77")
    projector.room(projected(12, **_shows("wall")))
    painted = "all => all.filter(each => each.isConnected && each.checkVisibility()).length"
    assert projector.page.locator("[data-testid=seat] canvas").evaluate_all(painted) == 12


def test_answers_are_bars_before_and_after(mount: Mount) -> None:
    projector = _wall(mount)
    projector.room(projected(3, **_shows("answers")))
    expect(projector.page.get_by_test_id("projected-answers")).to_contain_text("No question was asked yet.")
    hostile = "<b>A ring</b>"
    projector.room(projected(3, bars=[bars((hostile, 1, 2), ("A line", 2, 1), title="Which?")], **_shows("answers")))
    expect(projector.page.get_by_role("heading", name="Step 1: Which?")).to_be_visible()
    assert projector.page.locator(".kp-bar-text").all_text_contents() == [hostile, "A line"]


def test_eight_answers_and_how_many_gave_them_are_all_on_the_screen(mount: Mount) -> None:
    projector = mount("projector", size=(1024, 768))
    asked = bars(*((f"{50 + 5 * n}", n, 1) for n in range(7)), ("6 other answers", 6, 0), title="What test accuracy?")
    projector.room(projected(30, bars=[asked], **_shows("answers")))
    rows = projector.page.locator(".kp-bars li")
    expect(rows).to_have_count(8)
    for seen in (*rows.all(), projector.page.get_by_text("answered before")):
        box = seen.bounding_box()
        assert box is not None and box["y"] + box["height"] <= 768
    lower, higher = rows.nth(0).bounding_box(), rows.nth(1).bounding_box()
    assert lower is not None and higher is not None and lower["x"] == higher["x"]  # read from top to bottom


def test_the_class_that_is_paused_and_the_countdown_are_seen_from_afar(mount: Mount) -> None:
    projector = mount("projector", clocked=True)
    projector.room(projected(3, state="paused", timer_in=90.0))
    expect(projector.page.get_by_test_id("projected-line")).to_have_text("The class is paused.")
    expect(projector.page.get_by_test_id("countdown")).to_have_text("1:30")
    projector.page.clock.run_for(30_000)
    expect(projector.page.get_by_test_id("countdown")).to_have_text("1:00")
    projector.room(projected(3))
    expect(projector.page.get_by_test_id("projected-line")).to_be_hidden()
    expect(projector.page.get_by_test_id("countdown")).to_be_hidden()
    projector.page.evaluate("harness.part.lost(true)")
    expect(projector.page.get_by_test_id("projected-line")).to_have_text("Connection lost. Reconnecting…")


def test_the_code_makes_room_for_what_is_shown(mount: Mount) -> None:
    projector = _wall(mount)
    width = "document.querySelector('[data-testid=seat] canvas').getBoundingClientRect().width"
    projector.page.wait_for_function(f"{width} > 40")
    before = projector.page.evaluate(width)
    projector.room(projected(30, **_shows("wall", code=False)))
    expect(projector.page.get_by_test_id("projected-code")).to_be_hidden()
    projector.page.wait_for_function(f"{width} > {before}")


def test_it_covers_the_page(mount: Mount) -> None:
    projector = mount("projector", size=(1024, 768))
    projector.room(projected(3))
    box = projector.page.get_by_test_id("projector").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 1024, "height": 768}
