"""What axe-core finds on the teacher's page and on the projector's, in light and in dark, at the sizes they are for."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from playground.runtime.qr import qr_svg
from tests.axe import faults
from tests.room_teacher.conftest import Mounted
from tests.room_teacher.made_room import bars, projected, room, seat, sent, tiles
from tests.room_teacher.made_room import facts as tile
from tests.room_teacher.test_steering import CONTEST, RESULTS
from tests.stage.fake_peer import FakeRun

Mount = Callable[..., Mounted]
LOOKS = [
    pytest.param(query, size, id=f"{size[0]}{query}") for query in ("", "&dark") for size in ((1280, 720), (1024, 768))
]
ASKED = [bars(("A line", 2, 1), ("A ring", 1, 2))]


@pytest.mark.parametrize(("query", "size"), LOOKS)
def test_nothing_keeps_a_teacher_out(mount: Mount, query: str, size: tuple[int, int]) -> None:
    dashboard = mount(size=size, query=query)
    page = dashboard.page
    answers = [{"sent": 1, "step": 1, "asked": "predict", "text": "a ring"}]
    seats = [
        seat(1, answers=answers, note="Look"),
        seat(2, state="away"),
        seat(3, state="waiting"),
        seat(4, guest=True),
    ]
    pinned = {"what": "pins", "pins": [1, 4], "shown": 1, "code": True}
    dashboard.room(
        room(
            seats,
            sent=sent(),
            open_to=1,
            timer_in=60.0,
            bars=ASKED,
            contests=[CONTEST],
            projected=pinned,
            unsaved="Not saved.",
        )
    )
    dashboard.packed(tiles(tile(1), tile(2), tile(4, stuck="It stands still.")))
    dashboard.page.get_by_test_id("seat").nth(1).click(modifiers=["Control"])
    assert faults(page) == []
    dashboard.tile("Brave Otter").click()
    run = FakeRun("x", newest=9, shown=9)
    dashboard.packed(base64.b64encode(run.hello()).decode())
    dashboard.packed(base64.b64encode(run.frame()).decode())
    page.get_by_test_id("shoulder-run").wait_for()
    dashboard.press("Remove")
    dashboard.heard({"type": "not_done", "message": "The room is closed."})
    assert faults(page) == []
    for name in ("Answers", "Challenges", "On the projector"):
        dashboard.press(name)
        assert faults(page) == []
    dashboard.press("More")
    assert faults(page) == []
    page.get_by_role("button", name="Joining").click()
    assert faults(page) == []
    page.keyboard.press("Escape")
    dashboard.press("Send to all")
    dashboard.press("Chosen")
    dashboard.press("Send to all")
    assert faults(page) == []
    page.keyboard.press("Escape")
    dashboard.press("QR code")
    link = dashboard.last("draw_link")["link"]
    dashboard.heard({"type": "link_drawn", "link": link, "svg": qr_svg(link).decode()})
    expect(page.get_by_role("img", name="QR code of")).to_be_visible()
    assert faults(page) == []
    page.keyboard.press("Escape")
    dashboard.press("Results")
    dashboard.heard(RESULTS)
    assert faults(page) == []


@pytest.mark.parametrize("query", ["", "&dark"])
def test_nothing_keeps_anybody_out_of_what_is_projected(mount: Mount, query: str) -> None:
    projector = mount("projector", size=(1024, 768), query=query)
    for what in ("wall", "pins", "answers"):
        shows = {"what": what, "pins": [1, 2], "shown": 0, "code": True}
        projector.room(projected(2, state="paused", timer_in=9.0, bars=ASKED, projected=shows))
        projector.packed(tiles(tile(1), tile(2)))
        assert faults(projector.page) == []


def test_a_page_that_becomes_dark_is_painted_anew(mount: Mount) -> None:
    dashboard = mount()
    dashboard.room(room([seat(1)]))
    dashboard.packed(tiles(tile(1)))
    corner = (
        "[...document.querySelector('[data-testid=seat] canvas').getContext('2d').getImageData(0, 0, 1, 1).data].join()"
    )
    before = dashboard.page.evaluate(corner)
    dashboard.page.evaluate("harness.dark(true)")
    dashboard.room(room([seat(1)]))
    assert dashboard.page.evaluate(corner) != before
