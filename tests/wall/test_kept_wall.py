"""A wall and its connection: lost, gone, taken, claimed by a page that comes back, and another wall in its place."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.stage.conftest import Mounted
from tests.wall.conftest import Mount
from tests.wall.fake_wall_peer import FakeWall
from tests.wall.seen import cells, judge_by, of, play_to

LOST = "The server no longer has this run: it starts again at epoch 0."


def opened(wall: Mounted, **settings: Any) -> FakeWall:
    """Another wall of the server."""
    return wall.peer.put(FakeWall(f"{wall.run.token}-other", **settings))


def first_claim(wall: Mounted) -> Any:
    """What the page asks for first; it hears of new data a moment after they are shown."""
    wall.page.wait_for_function("harness.triggers.some(([name]) => name === 'claim')")
    return next(value for name, value in wall.triggers() if name == "claim")


def test_a_lost_connection_is_told_and_the_wall_plays_on_when_it_is_back(mount: Mount) -> None:
    wall = mount()
    wall.press("Play")
    wall.wait("+d.epoch > 3")
    wall.peer.away = True
    wall.peer.tell(wall.run, close_with=1012)
    wall.wait("d.state === 'reconnecting'")
    expect(wall.page.get_by_test_id("wall-notice")).to_contain_text("Connection lost. Reconnecting…")
    wall.peer.away = False
    wall.wait("d.state === 'playing'")
    wall.frames_more(5)


def test_a_wall_that_is_gone_is_asked_for_anew(mount: Mount) -> None:
    wall = mount()
    wall.page.evaluate("harness.show('nothing')")
    wall.page.wait_for_function("harness.triggers.some(([name, value]) => name === 'gone' && value === 'nothing')")


def test_a_wall_that_failed_says_so_and_can_be_restarted(mount: Mount) -> None:
    wall = mount()
    wall.peer.push(wall.run, state="failed", message="The worker stopped.")
    wall.wait("d.state === 'failed'")
    expect(wall.page.get_by_test_id("wall-notice")).to_contain_text("The worker stopped.")
    wall.press("Restart")
    assert ["gone", wall.run.token] in wall.triggers()


def test_a_wall_that_is_open_elsewhere_can_be_used_here(mount: Mount) -> None:
    wall = mount()
    wall.peer.tell(wall.run, close_with=4409)
    expect(wall.page.get_by_test_id("wall-notice")).to_contain_text("This wall is open on another page.")
    wall.press("Use it here")
    wall.wait("d.state === 'ready'")


def test_in_a_new_session_the_page_claims_its_wall(mount: Mount) -> None:
    wall = mount()
    play_to(wall, 5)
    mine, other = wall.run, opened(wall)
    wall.show(other, session="second")
    assert first_claim(wall) == {"token": mine.token, "here": True}
    wall.show(mine, session="second", claimed=mine.token)
    wall.press("Step")
    wall.wait("d.run === a && d.epoch !== '0'", f"run-{mine.token}")
    assert wall.peer.connections[other.token] == 0


def test_a_wall_that_the_server_has_lost_is_said_to_start_again(mount: Mount) -> None:
    wall = mount()
    play_to(wall, 5)
    mine, other = wall.run, opened(wall)
    wall.show(other, session="second")
    wall.show(other, session="second", claimed=mine.token, lost=True)
    wall.wait("d.run === a", f"run-{other.token}")
    notice = wall.page.get_by_test_id("wall-notice")
    expect(notice).to_contain_text(LOST)
    wall.press("OK")
    expect(notice).to_be_hidden()


def test_another_wall_takes_the_place_of_the_one_before_and_nothing_of_it_is_left(mount: Mount) -> None:
    wall = mount(diverging={0: 2})
    play_to(wall, 5)
    cells(wall).nth(3).click()
    wall.show(opened(wall, rows=None, columns=("0.1", "1")), link="?columns=learning_rate:0.1|1")
    wall.wait("d.networks === '2' && d.epoch === '0' && +d.frames > 0")
    expect(cells(wall)).to_have_count(2)
    expect(wall.page.get_by_test_id("picked")).to_be_hidden()
    expect(wall.page.get_by_test_id("diverged")).to_be_hidden()
    assert cells(wall).first.get_attribute("data-link") == of(wall).link_of(0)


def test_the_link_that_is_copied_is_that_of_the_wall(mount: Mount) -> None:
    wall = mount()
    wall.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    wall.press("Copy link")
    expect(wall.page.get_by_role("button", name="Copied")).to_be_visible()
    assert wall.page.evaluate("navigator.clipboard.readText()") == wall.peer.url + "?rows=learning_rate:0.01|0.1"


def test_after_a_reload_it_is_looked_at_as_before(mount: Mount) -> None:
    wall = mount()
    judge_by(wall, "Training loss")
    wall.page.get_by_role("tab", name="Table").click()
    expect(wall.page.get_by_test_id("view")).to_have_attribute("data-view", "table")
    wall.press("Step")
    wall.wait("d.epoch === '1'")
    wall.page.goto(f"{wall.peer.url}?component=wall&token={wall.run.token}&session=second")
    wall.wait("+d.frames > 0")
    expect(wall.page.get_by_role("tab", name="Table")).to_have_attribute("aria-selected", "true")
    expect(wall.page.get_by_role("combobox", name="Judge by")).to_have_value("loss")
