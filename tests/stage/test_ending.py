"""A run that has ended says how, and Play offers more of it before it starts again."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from tests.stage.conftest import Mounted

Mount = Callable[..., Mounted]


def finished(mount: Mount, epochs: int = 20, more: int = 10) -> tuple[Mounted, Locator]:
    stage = mount(epochs=epochs, more=more)
    stage.press("Play")
    stage.wait("d.state === 'finished' && +d.epoch === a", epochs)
    return stage, stage.page.get_by_test_id("ending")


def test_a_finished_run_says_its_result_its_best_epoch_and_what_to_try_for_eyes_and_ears(mount: Mount) -> None:
    stage, card = finished(mount)
    loss, accuracy = stage.run.curve(np.array([20.0]))[0, 3:5]
    result = f"Test loss {loss:.4f}, accuracy {100 * accuracy:.1f}\u202f%. The best was epoch 17, with 0.0625."
    expect(card).to_contain_text("Finished at epoch 20.")
    expect(card).to_contain_text(f"{result} The test loss still falls.")
    expect(stage.page.get_by_test_id("stage-summary")).to_contain_text("finished. Training loss")
    expect(stage.page.get_by_test_id("stage-summary")).to_contain_text(f"{result} The test loss still falls.")
    expect(stage.page.locator("body")).to_be_focused()  # it does not take the focus away by itself


def test_play_on_a_finished_run_offers_more_epochs_by_keyboard_and_throws_nothing_away(mount: Mount) -> None:
    stage, card = finished(mount)
    stage.page.keyboard.press("Space")
    more = card.get_by_role("button", name="Train 10 more epochs")
    expect(more).to_be_focused()
    stage.page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    play = stage.page.get_by_role("button", name="Play", exact=True)
    expect(play).to_be_focused()
    play.press("Enter")
    expect(more).to_be_focused()
    more.press("Tab")
    expect(card.get_by_role("button", name="Start again at epoch 0")).to_be_focused()
    assert stage.run.got("rewind") == []


def test_more_epochs_are_asked_of_python_and_played_once_the_run_has_them(mount: Mount) -> None:
    stage, card = finished(mount)
    stage.press("Train 10 more epochs")
    assert stage.triggers() == [["network", {"change": {"epochs": "30"}}]]
    assert len(stage.run.got("play")) == 1
    stage.peer.push(stage.run, state="paused", epochs=30)
    stage.wait("d.state === 'finished' && +d.epoch === 30")
    expect(card).to_contain_text("Finished at epoch 30.")
    assert stage.run.got("rewind") == []


def test_where_it_cannot_go_on_the_reason_is_said_and_only_the_start_is_offered(mount: Mount) -> None:
    stage, card = finished(mount, more=0)
    expect(card).to_contain_text("It cannot go on.")
    expect(card.get_by_role("button", name="more epochs")).to_have_count(0)
    stage.press("Play")
    expect(card.get_by_role("button", name="Start again at epoch 0")).to_be_focused()


@pytest.mark.slow
def test_who_looks_back_has_the_chart_to_see_and_a_closed_card_stays_closed(mount: Mount) -> None:
    stage, card = finished(mount)
    stage.page.get_by_label("Epoch shown").press("Home")
    expect(card).to_be_hidden()
    stage.wait("d.epoch === '0'")
    stage.press("Step")
    expect(card).to_be_visible()
    stage.press("Close")
    stage.peer.push(stage.run, message="Early stopping.")
    expect(stage.page.get_by_test_id("stage-notice")).to_contain_text("Early stopping.")
    expect(card).to_be_hidden()
    stage.press("Rewind")
    stage.wait("d.state === 'paused'")
    expect(card).to_be_hidden()


@pytest.mark.slow
def test_one_epoch_more_is_not_called_epochs(mount: Mount) -> None:
    _stage, card = finished(mount, epochs=1, more=1)
    expect(card.get_by_role("button", name="Train 1 more epoch", exact=True)).to_be_visible()


@pytest.mark.slow
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [(900, 644), (390, 844)])
def test_the_card_lies_within_the_chart(mount: Mount, size: tuple[int, int], dark: bool) -> None:
    stage = mount(epochs=5, more=5, size=size, dark=dark)
    stage.press("Play")
    card = stage.page.get_by_test_id("ending")
    expect(card).to_be_visible()
    inner, outer = card.bounding_box(), stage.page.locator(".kp-boundary .kp-plot-area").bounding_box()
    assert inner is not None and outer is not None
    assert inner["x"] >= outer["x"] and inner["x"] + inner["width"] <= outer["x"] + outer["width"]
    assert inner["y"] >= outer["y"] and inner["y"] + inner["height"] <= outer["y"] + outer["height"]
