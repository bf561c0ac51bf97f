"""The page Compare in a real browser, on the real server: runs side by side, trained live."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect

from playground.core import Experiment
from playground.core.query import link
from playground.lessons.presets import load_presets
from tests.axe import faults
from tests.served_app import SCHEMES, Comparer, Learner, ServedApp

TWO = "samples=60&hidden=3&runs=learning_rate:0.03|learning_rate:0.3&names=slow|fast"
slow = pytest.mark.slow


@pytest.fixture
def comparer(app: ServedApp, learner_at: Callable[..., Learner]) -> Comparer:
    return Comparer(learner_at(app).page, app)


def query_of(comparer: Comparer) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(comparer.page.url).query))


def test_a_link_shows_its_runs_by_name_and_trains_them_in_step(comparer: Comparer) -> None:
    comparer.open(TWO)
    assert comparer.stage["networks"] == "2" and comparer.cells.count() == 2
    comparer.press("Play").until_epoch(20).press("Pause").until_state("paused")
    expect(comparer.page.get_by_test_id("differ")).to_have_text("learning rate 0.03 → 0.3")
    comparer.page.get_by_role("tab", name="Difference").click()
    expect(comparer.page.get_by_test_id("difference-words")).to_contain_text("of the plane")


@slow
def test_another_name_leaves_the_training_as_it_is(comparer: Comparer) -> None:
    comparer.open(TWO)
    comparer.press("Play").until_epoch(10).press("Pause").until_state("paused")
    run, epoch = comparer.stage["run"], comparer.epoch
    name = comparer.page.get_by_label("Name of run 1")
    name.fill("tortoise")
    name.press("Enter")
    expect(comparer.cells.first).to_contain_text("tortoise")
    assert comparer.stage["run"] == run and comparer.epoch >= epoch
    comparer.page.wait_for_url("**names=tortoise*")


@slow
def test_from_nothing_to_a_comparison_by_pasted_links_and_back(comparer: Comparer) -> None:
    comparer.page.goto(comparer.app.url("", comparer.PLACE))
    comparer.page.get_by_text("Nothing to compare yet").wait_for()
    assert faults(comparer.page) == []
    links = comparer.page.get_by_role("textbox", name="Paste links")
    links.fill("?samples=60&hidden=3\nhello\n?samples=60&hidden=none")
    comparer.page.get_by_role("button", name="Add these links").click()
    comparer.until_state("ready")
    assert comparer.cells.count() == 2
    expect(comparer.page.get_by_text("Line 2: it must be a link of this playground")).to_be_visible()
    expect(links).to_have_value("hello")
    comparer.page.get_by_role("button", name="Remove run 1").click()
    comparer.page.get_by_text("One more run, and they can be compared").wait_for()
    expect(comparer.page.get_by_test_id("wall")).to_have_count(0)
    comparer.page.go_back()
    expect(comparer.cells).to_have_count(2)


@slow
def test_the_steps_of_a_preset_open_side_by_side_from_play(app: ServedApp, learner: Learner) -> None:
    preset = load_presets()[0]
    learner.open(link(preset.steps[0].query)[1:])
    learner.page.get_by_role("button", name="Compare", exact=True).click()
    learner.page.get_by_role("link", name="All side by side").click()
    comparer = Comparer(learner.page, app).until_state("ready")
    links = comparer.cells.evaluate_all("cells => cells.map(cell => cell.dataset.link)")
    assert links == [link(step.experiment.to_query()) for step in preset.steps]
    comparer.cells.nth(1).click()
    comparer.page.get_by_role("link", name=f"Open in Play: {preset.steps[1].label}").click()
    Learner(comparer.page, app).until_state("ready")
    assert Experiment.from_query(query_of(comparer))[0] == preset.steps[1].experiment


@slow
def test_a_comparison_is_there_again_after_a_reload(comparer: Comparer) -> None:
    comparer.open(TWO)
    comparer.press("Play").until_epoch(10).press("Pause").until_state("paused")
    run = comparer.stage["run"]
    comparer.page.reload()
    comparer.until("d.state === 'paused'")
    assert comparer.stage["run"] == run and comparer.epoch >= 10


@slow
def test_axe_finds_nothing_serious(comparer: Comparer) -> None:
    comparer.open(TWO).press("Play").until_epoch(5).press("Pause").until_state("paused")
    for scheme in SCHEMES:
        assert faults(comparer.in_scheme(scheme).page) == [], scheme
