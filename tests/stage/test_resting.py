"""A stage whose class is paused: it says so whatever is pressed, and goes on as was wanted."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests.stage.conftest import Mounted

Mount = Callable[..., Mounted]
PAUSED = {"rests": True, "state": "paused", "message": "The class is paused."}


def _note(stage: Mounted) -> Locator:
    """What the eyes are told; what is said to a screen reader holds it, too."""
    return stage.page.get_by_text("The class is paused.", exact=True)


def rest(stage: Mounted) -> None:
    stage.peer.push(stage.run, **PAUSED)
    stage.wait("d.state === 'paused'")
    expect(_note(stage)).to_be_visible()


def go_on(stage: Mounted, state: str) -> None:
    stage.peer.push(stage.run, rests=False, state=state, message="")
    stage.wait("d.state === a", state)
    expect(_note(stage)).to_be_hidden()


def test_a_playing_stage_stands_still_says_why_and_goes_on_by_itself(mount: Mount) -> None:
    stage = mount()
    stage.press("Play")
    stage.frames_more(3)
    rest(stage)
    go_on(stage, "playing")
    stage.frames_more(3)
    stage.press("Pause")
    stage.wait("d.state === 'paused'")


def test_play_while_the_class_is_paused_is_a_wish_and_the_sentence_stays(mount: Mount) -> None:
    stage = mount()
    rest(stage)
    stage.press("Play")
    stage.wait_for_peer(lambda: stage.run.got("play"))
    expect(stage.page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    expect(_note(stage)).to_be_visible()
    assert stage.data["state"] == "paused"
    go_on(stage, "playing")
    stage.frames_more(3)


def test_the_class_may_be_paused_right_after_play_was_pressed(mount: Mount) -> None:
    """For a moment after a click its page holds what the server says for older than the click; not so this."""
    stage = mount()
    stage.press("Play")
    rest(stage)


def test_a_page_that_was_opened_meanwhile_can_pause_what_goes_on(mount: Mount) -> None:
    stage = mount(**PAUSED)
    go_on(stage, "playing")
    stage.frames_more(2)
    stage.press("Pause")
    stage.wait("d.state === 'paused'")
