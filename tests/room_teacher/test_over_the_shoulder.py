"""Over a learner's shoulder: their run as its own page gets it, and what a teacher may do about them."""

from __future__ import annotations

import base64
from collections.abc import Callable

from playwright.sync_api import expect

from tests.room_teacher.conftest import Mounted
from tests.room_teacher.made_room import facts, room, seat, sent, tiles
from tests.stage.fake_peer import FakeRun
from tests.wall.fake_wall_peer import FakeWall

Mount = Callable[..., Mounted]


def _look(mount: Mount, **changes: object) -> Mounted:
    dashboard = mount()
    dashboard.room(room([seat(1), seat(2, **changes), seat(3)], sent=sent()))
    dashboard.packed(tiles(facts(2, accuracy=0.75, best=0.8)))
    dashboard.tile("Calm Heron").focus()
    dashboard.page.keyboard.press("Enter")
    return dashboard


def _hear(dashboard: Mounted, *messages: bytes) -> None:
    for message in messages:
        dashboard.packed(base64.b64encode(message).decode())


def test_a_run_is_seen_live_from_its_own_messages(mount: Mount) -> None:
    dashboard = _look(mount)
    assert dashboard.said == [{"type": "look_at", "seat": 2}]
    run = FakeRun("x", newest=40, shown=40, state="playing")
    dashboard.heard({"type": "shoulder", "seat": 2})
    _hear(dashboard, run.hello(), run.frame())
    seen = dashboard.page.get_by_test_id("shoulder-run")
    expect(seen).to_have_attribute("data-epoch", "40")
    run.newest = run.shown = 55
    _hear(dashboard, run.frame())
    expect(seen).to_have_attribute("data-epoch", "55")
    dashboard.page.wait_for_function(
        "document.querySelector('[data-testid=curves-loss]').getAttribute('aria-label').startsWith('Loss of 56 epochs')"
    )
    box = dashboard.page.get_by_test_id("plane").bounding_box()
    assert box is not None and box["width"] >= 240 and box["height"] >= 240
    shoulder = dashboard.page.get_by_test_id("shoulder")
    expect(shoulder).to_contain_text("75.0\u202f%")
    expect(shoulder.get_by_text("Open a copy on Play")).to_have_attribute(
        "href", f"{_root(dashboard)}?dataset=spiral&seed=2"
    )


def _root(dashboard: Mounted) -> str:
    return dashboard.page.evaluate("new URL('./', document.baseURI).href")


def test_a_wall_of_networks_is_seen_by_its_cells(mount: Mount) -> None:
    dashboard = _look(mount)
    wall = FakeWall("w", newest=3, shown=3)
    dashboard.heard({"type": "shoulder", "seat": 2})
    _hear(dashboard, wall.hello(), wall.frame())
    seen = dashboard.page.get_by_test_id("shoulder-cells")
    expect(seen).to_have_attribute("data-epoch", "3")
    assert seen.locator("canvas").count() == wall.cells


def test_escape_closes_it_and_the_keyboard_is_back_on_the_tile(mount: Mount) -> None:
    dashboard = _look(mount)
    expect(dashboard.page.get_by_test_id("side")).to_be_visible()
    dashboard.page.keyboard.press("Escape")
    expect(dashboard.page.get_by_test_id("side")).to_be_hidden()
    assert dashboard.focused == "Calm Heron"
    assert dashboard.last("look_at") == {"type": "look_at", "seat": None}
    dashboard.page.keyboard.press("ArrowRight")
    dashboard.page.keyboard.press("Enter")
    expect(dashboard.page.get_by_role("heading", name="Zesty Yak")).to_be_visible()
    assert dashboard.last("look_at") == {"type": "look_at", "seat": 3}


def test_frames_of_somebody_who_is_looked_at_no_longer_are_not_shown(mount: Mount) -> None:
    dashboard = _look(mount)
    run = FakeRun("x", newest=40, shown=40)
    dashboard.heard({"type": "shoulder", "seat": 2})
    dashboard.page.keyboard.press("Escape")
    _hear(dashboard, run.hello(), run.frame())
    dashboard.tile("Zesty Yak").click()
    expect(dashboard.page.get_by_test_id("shoulder")).to_contain_text("Waiting for their run…")
    expect(dashboard.page.get_by_test_id("shoulder-run")).to_have_count(0)


def test_answers_and_steps_are_listed(mount: Mount) -> None:
    answers = [
        {"sent": 1, "step": 1, "asked": "predict", "text": "a line"},
        {"sent": 1, "step": 1, "asked": "observe", "text": "a ring"},
    ]
    reached = [
        {"sent": 1, "step": 1, "reached": True, "sentence": "reached"},
        {"sent": 1, "step": 2, "reached": False, "sentence": "not yet, because epoch is 4."},
    ]
    dashboard = _look(mount, answers=answers, reached=reached)
    listed = dashboard.page.get_by_test_id("answers").locator("li")
    assert listed.all_text_contents() == [
        "Step 1, predicted: a line",
        "Step 1, saw: a ring",
        "Step 1: reached",
        "Step 2, when last judged: not yet, because epoch is 4.",
    ]
    dashboard.packed(tiles(facts(2, epoch=7, reached=False, sentence="not yet, because epoch is 7.")))
    expect(listed.nth(2)).to_have_text("Step 1: not yet, because epoch is 7.")
    expect(dashboard.page.get_by_text("because epoch is 7.")).to_have_count(1)


def test_a_learner_is_told_something_and_it_is_taken_back(mount: Mount) -> None:
    dashboard = _look(mount)
    shoulder = dashboard.page.get_by_test_id("shoulder")
    shoulder.get_by_label("A message to them").fill("Look at the rate")
    shoulder.get_by_label("A message to them").press("Enter")
    assert dashboard.last("tell") == {"type": "tell", "seat": 2, "text": "Look at the rate"}
    dashboard.room(room([seat(1), seat(2, note="Look at the rate")]))
    expect(shoulder).to_contain_text("Told: Look at the rate")
    dashboard.press("Take it back")
    assert dashboard.last("tell") == {"type": "tell", "seat": 2, "text": ""}


def test_what_is_typed_stays_while_the_class_goes_on(mount: Mount) -> None:
    dashboard = _look(mount)
    field = dashboard.page.get_by_label("A message to them")
    field.fill("Half a sen")
    for turn in range(20):
        dashboard.room(room([seat(n, step=1 + turn % 2) for n in (1, 2, 3)], sent=sent(), timer_in=9.0))
        dashboard.packed(tiles(facts(1, epoch=turn), facts(2, epoch=turn)))
    assert field.input_value() == "Half a sen"
    field.press("End")
    dashboard.page.keyboard.type("tence")
    assert field.input_value() == "Half a sentence"


def test_a_learner_gets_another_name_or_a_generated_one(mount: Mount) -> None:
    dashboard = _look(mount)
    dashboard.page.get_by_label("Another name").fill("Ada")
    dashboard.press("Rename")
    assert dashboard.last("rename") == {"type": "rename", "seat": 2, "name": "Ada"}
    dashboard.press("Rename")
    assert dashboard.last("rename")["name"] == ""
    dashboard.heard({"type": "not_done", "message": "This name is not used here. Choose another one."})
    expect(dashboard.page.get_by_test_id("shoulder").get_by_role("alert")).to_have_text(
        "This name is not used here. Choose another one."
    )
    dashboard.room(room([seat(1), seat(2, name="Ada")]))
    expect(dashboard.page.get_by_role("heading", name="Ada")).to_be_visible()


def test_removing_asks_once_more_says_what_it_means_and_closes_the_panel(mount: Mount) -> None:
    dashboard = _look(mount)
    dashboard.press("Remove")
    assert [message["type"] for message in dashboard.said] == ["look_at"]
    expect(dashboard.page.get_by_text("Remove Calm Heron?")).to_contain_text("They may ask to join again")
    assert dashboard.focused == "Keep it"
    dashboard.press("Remove")
    assert dashboard.last("remove") == {"type": "remove", "seat": 2}
    dashboard.room(room([seat(1), seat(3)]))
    expect(dashboard.page.get_by_test_id("side")).to_be_hidden()


def test_a_learner_is_pinned_to_the_projector_after_those_who_are(mount: Mount) -> None:
    dashboard = mount()
    pinned = {"what": "wall", "pins": [3], "shown": 0, "code": True}
    dashboard.room(room([seat(1), seat(2), seat(3)], projected=pinned))
    dashboard.tile("Calm Heron").click()
    dashboard.press("Pin to the projector")
    assert dashboard.last("project") == {"type": "project", "pins": [3, 2]}
    dashboard.room(room([seat(1), seat(2), seat(3)], projected={**pinned, "pins": [3, 2]}))
    expect(dashboard.tile("Calm Heron")).to_contain_text("Pin 2")
    dashboard.press("Pin to the projector")
    assert dashboard.last("project") == {"type": "project", "pins": [3]}


def test_after_another_connection_the_learner_is_asked_for_again(mount: Mount) -> None:
    dashboard = _look(mount)
    dashboard.page.evaluate("harness.part.reconnected()")
    assert dashboard.said == [{"type": "look_at", "seat": 2}] * 2
