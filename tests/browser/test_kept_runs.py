"""Runs outlast their pages: a reload, another session, a restart of the server."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.served_app import Learner, ServedApp

pytestmark = pytest.mark.slow

LOST = "The server no longer has this run: it starts again at epoch 0."


def test_a_reload_in_the_middle_of_a_run_plays_on(learner: Learner) -> None:
    learner.open({"dataset": "xor", "seed": "41"}).press("Play").until_epoch(60)
    run = learner.stage["run"]
    learner.page.reload()
    learner.until("d.run === a && d.state === 'playing'", run)
    assert learner.epoch >= 60
    learner.until_epoch(learner.epoch + 20)
    drawn = "document.querySelector('[data-testid=curves-chart]').data[0].x"
    learner.page.wait_for_function(f"{drawn}.length > 60 && {drawn}[0] === 0 && {drawn}[30] === 30")


def test_a_reload_shows_the_epoch_that_was_looked_at(learner: Learner) -> None:
    learner.open({"seed": "42"}).press("Play").until_epoch(40).press("Pause").until_state("paused")
    slider = learner.page.get_by_label("Epoch shown")
    slider.press("Home")
    learner.until("d.epoch === '0'")
    run = learner.stage["run"]
    learner.page.reload()
    learner.until("d.run === a && d.state === 'paused'", run)
    assert learner.epoch == 0
    slider.press("End")
    learner.until_epoch(40)


def test_a_changed_rate_survives_a_reload(learner: Learner) -> None:
    learner.open({"seed": "43"}).press("Play").until_epoch(20)
    choose_rate(learner, "0.1")
    # The address first has the epoch at which the change is to take effect, and then the one at which it did.
    learner.until_epoch(learner.epoch + 40)
    run = learner.stage["run"]
    learner.page.reload()
    learner.until("d.run === a && d.state === 'playing' && +d.epoch >= 60", run)


def choose_rate(learner: Learner, rate: str) -> None:
    learner.page.get_by_role("combobox", name="Learning rate").click()
    learner.page.get_by_role("option", name=rate, exact=True).click()
    learner.page.wait_for_url(re.compile(rf"learning_rate(_from_\d+)?={re.escape(rate)}"))


def test_a_duplicated_tab_gets_a_run_of_its_own_while_the_first_plays_on(learner: Learner) -> None:
    learner.open({"seed": "44"}).press("Play").until_epoch(30)
    run = learner.stage["run"]
    with learner.page.expect_popup() as opened:
        learner.page.evaluate("window.open(location.href)")  # takes a copy of what the tab has kept
    second = Learner(opened.value, learner.app).until_state("ready")
    assert second.page.evaluate("sessionStorage.length") == 1
    assert second.stage["run"] != run and second.epoch == 0
    learner.until_epoch(learner.epoch + 20)
    assert learner.stage["run"] == run
    second.page.close()


def test_a_page_away_from_its_session_for_long_finds_its_run(learner: Learner) -> None:
    """Streamlit's own connection comes back with another session, as after a long sleep; the live one stays.

    The script runs again with the next change of a knob, which the new session does not take for one.
    """
    learner.page.add_init_script(
        """const Native = WebSocket; window.sockets = [];
        window.WebSocket = class extends Native {
          constructor(url, protocols) {
            super(url, window.forget && protocols?.length > 2 ? protocols.slice(0, 2) : protocols);
            window.sockets.push(this);
          }
        };"""
    )
    learner.open({"seed": "45"}).press("Play").until_epoch(20)
    run = learner.stage["run"]
    sessions = learner.page.evaluate("sockets.length")
    learner.page.evaluate("window.forget = true; sockets.find((s) => s.url.includes('/_stcore/')).close()")
    learner.page.wait_for_function("count => sockets.length > count", arg=sessions)
    rates = learner.page.get_by_role("combobox", name="Learning rate")
    rates.click()
    learner.page.get_by_role("option", name="0.1", exact=True).click()
    expect(rates).to_have_value("0.03")
    choose_rate(learner, "0.1")
    rate = learner.page.locator("[data-figure=learning_rate]")
    expect(rate).to_have_text("0.1")
    assert learner.stage["run"] == run
    learner.until_epoch(learner.epoch + 20)


def test_a_run_that_ended_with_its_server_is_said_to_start_again(
    own_app: Callable[..., ServedApp], learner_at: Callable[..., Learner]
) -> None:
    app = own_app({"PLAYGROUND_RUNS_FOLDER": "none"})
    learner = learner_at(app).open({"dataset": "xor"}).press("Play").until_epoch(20)
    run = learner.stage["run"]
    app.stop()
    learner.until_state("reconnecting")
    app.start()
    learner.until("d.run !== a && d.run", run).until_state("playing")
    expect(learner.page.get_by_test_id("stage-notice")).to_contain_text(LOST)
    assert "dataset=xor" in learner.page.url


def test_a_finished_run_with_more_epochs_is_the_run_that_had_them_from_the_start(
    learner: Learner, app: ServedApp, learner_at: Callable[..., Learner]
) -> None:
    def figures(learner: Learner) -> list[str]:
        return learner.page.locator("[data-figure]").all_inner_texts()

    learner.open({"epochs": "40", "seed": "46"}).choose_speed("As fast as it goes").press("Play").until_epoch(40)
    run = learner.stage["run"]
    learner.press("Train 20 more epochs").until("d.state === 'finished' && +d.epoch === 60")
    assert learner.stage["run"] == run
    learner.page.wait_for_url("**epochs=60**")
    other = learner_at(app).open({"epochs": "60", "seed": "46"}).press("Play").until_epoch(60)
    other.until_state("finished")
    assert figures(other) == figures(learner)


def test_a_link_to_what_is_seen_opens_at_its_epoch_and_the_address_is_the_experiment_s(learner: Learner) -> None:
    learner.open({"dataset": "xor", "seed": "47", "view": "errors", "log": "true", "at": "150"}, state=None)
    learner.until("d.state === 'paused' && d.epoch === '150' && d.view === 'errors'")
    expect(learner.page.get_by_label("Log scale")).to_be_checked()
    assert "at=" not in learner.page.url and "dataset=xor" in learner.page.url
