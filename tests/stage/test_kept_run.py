"""A page that comes to a new session of the server asks for the run that it had, before it shows another one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.stage.conftest import Mounted
from tests.stage.fake_peer import FakeRun

Mount = Callable[..., Mounted]

LOST = "The server no longer has this run: it starts again at epoch 0."
OPENED = iter(range(1000))


def opened(stage: Mounted) -> FakeRun:
    """The run that the new session has opened."""
    return stage.peer.add(f"opened-{next(OPENED)}")


def played(mount: Mount) -> tuple[Mounted, FakeRun]:
    """A page in the middle of a run."""
    stage = mount()
    stage.press("Play")
    stage.wait("+d.epoch > 3")
    return stage, stage.run


def claims(stage: Mounted) -> list[Any]:
    return [value for name, value in stage.triggers() if name == "claim"]


def first_claim(stage: Mounted) -> Any:
    """What the page asks for first; it hears of new data a moment after they are shown."""
    stage.page.wait_for_function("harness.triggers.some(([name]) => name === 'claim')")
    return claims(stage)[0]


def test_in_a_new_session_the_page_claims_its_run_and_plays_on_meanwhile(mount: Mount) -> None:
    stage, run = played(mount)
    other = opened(stage)
    stage.show(other, session="second")
    assert first_claim(stage) == {"token": run.token, "here": True}
    stage.frames_more(5)
    stage.show(run, session="second", claimed=run.token)
    stage.frames_more(5)
    assert stage.data["run"] == f"run-{run.token}" and stage.data["state"] == "playing"
    assert (stage.peer.connections[run.token], stage.peer.connections[other.token]) == (1, 0)
    assert run.got("rewind") == []


def test_a_run_that_is_lost_is_said_to_start_again_for_eyes_and_ears(mount: Mount) -> None:
    stage, run = played(mount)
    stage.press("Pause")
    stage.wait("d.state === 'paused'")
    other = opened(stage)
    stage.show(other, session="second")
    stage.show(other, session="second", claimed=run.token, lost=True)
    stage.wait("d.run === a", f"run-{other.token}")
    notice = stage.page.get_by_test_id("stage-notice")
    expect(notice).to_contain_text(LOST)
    expect(stage.page.get_by_test_id("stage-summary")).to_contain_text(LOST)
    stage.press("OK")
    expect(notice).to_be_hidden()
    expect(stage.page.get_by_test_id("stage-summary")).not_to_contain_text(LOST)


def test_a_run_dropped_while_its_page_looks_is_said_to_start_again(mount: Mount) -> None:
    stage, run = played(mount)
    stage.show(opened(stage), lost=True)
    stage.wait("d.state === 'playing' && d.run !== a", f"run-{run.token}")
    expect(stage.page.get_by_test_id("stage-notice")).to_contain_text(LOST)


@pytest.mark.slow
def test_nothing_is_said_of_a_lost_run_that_was_untrained(mount: Mount) -> None:
    stage = mount()
    other = opened(stage)
    stage.show(other, lost=True)
    stage.wait("d.run === a && +d.frames > 1", f"run-{other.token}")
    expect(stage.page.get_by_test_id("stage-notice")).not_to_contain_text(LOST)


def test_a_reloaded_page_claims_the_run_of_its_tab_and_shows_no_other_before(mount: Mount) -> None:
    stage, run = played(mount)
    other = opened(stage)
    stage.page.goto(f"{stage.peer.url}?token={other.token}&session=second")
    assert first_claim(stage) == {"token": run.token, "here": False}
    assert stage.data["state"] == "loading"
    stage.show(run, session="second", claimed=run.token)
    stage.wait("d.state === 'playing' && +d.epoch > 3")
    assert stage.peer.connections[other.token] == 0
    stage.press("Pause")
    stage.wait("d.state === 'paused'")


@pytest.mark.slow
def test_a_page_whose_claim_is_not_answered_shows_the_run_there_is(mount: Mount) -> None:
    stage, run = played(mount)
    other = opened(stage)
    stage.page.clock.install()
    stage.page.goto(f"{stage.peer.url}?token={other.token}&session=second")
    first_claim(stage)
    for _ in range(4):
        stage.page.clock.run_for(2100)
    stage.wait("d.run === a", f"run-{other.token}")
    assert claims(stage) == [{"token": run.token, "here": False}] * 4


@pytest.mark.slow
def test_a_page_whose_run_was_taken_by_another_does_not_claim_it_as_its_own(mount: Mount) -> None:
    stage, run = played(mount)
    stage.peer.tell(run, close_with=4409)
    stage.page.get_by_role("button", name="Use it here").wait_for()
    stage.show(opened(stage), session="second")
    assert first_claim(stage) == {"token": run.token, "here": False}


@pytest.mark.slow
@pytest.mark.parametrize("kept", ["", "null", "7", '{"token": 7}', "{", '{"token": {"toString": 1}}'])
def test_whatever_the_tab_has_kept_the_page_shows_a_run(mount: Mount, kept: str) -> None:
    stage, _run = played(mount)
    stage.page.evaluate("kept => Object.keys(sessionStorage).forEach((key) => sessionStorage.setItem(key, kept))", kept)
    other = opened(stage)
    stage.page.goto(f"{stage.peer.url}?token={other.token}&session=second")
    stage.wait("d.run === a", f"run-{other.token}")


@pytest.mark.slow
def test_a_tab_that_goes_to_another_experiment_claims_nothing(mount: Mount) -> None:
    stage, run = played(mount)
    other = opened(stage)
    stage.show(other, link="?dataset=xor")
    stage.wait("d.run === a", f"run-{other.token}")
    stage.page.goto(f"{stage.peer.url}?token={run.token}&session=second")  # whose link is of circles again
    stage.wait("d.run === a", f"run-{run.token}")
    assert claims(stage) == []
