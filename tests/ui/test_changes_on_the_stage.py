"""What is changed on the stage itself: layers, neurons and features in the diagram, an advice taken, edited weights."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.ui.conftest import Page

BOTH = ["x1", "x2"]


@pytest.mark.parametrize(
    "change, query",
    [
        ({"hidden": [4, 2, None], "features": BOTH}, {"hidden": "4,2,2"}),
        ({"hidden": [], "features": BOTH}, {"hidden": "none"}),
        ({"hidden": [5, 2], "features": BOTH}, {"hidden": "5,2"}),
        ({"hidden": [4, 128], "features": BOTH}, {"hidden": "4,128"}),
        ({"hidden": [4, 2], "features": ["x1", "x2", "x1sq"]}, {"features": "x1,x2,x1sq"}),
        ({"hidden": [4, 2], "features": ["x2"]}, {"features": "x2"}),
        ({"change": {"l2": "0.01", "activation": "relu"}}, {"l2": "0.01", "activation": "relu"}),
    ],
    ids=str,
)
def test_a_change_on_the_stage_changes_the_experiment(
    page: Page, change: dict[str, Any], query: dict[str, str]
) -> None:
    page.visit().put("fake_change", json.dumps(change))
    assert page.query == query
    assert page.notices == ""


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"hidden": [2] * 9, "features": BOTH},
        {"hidden": -1, "features": BOTH},
        {"hidden": "4,2", "features": BOTH},
        {"hidden": [True, 2], "features": BOTH},
        {"hidden": [4.5, 2], "features": BOTH},
        {"hidden": [0, 2], "features": BOTH},
        {"hidden": [4, 129], "features": BOTH},
        {"hidden": [5, 2]},
        {"hidden": [4, 2], "features": ["x1", "x2", "x3"]},
        {"hidden": [4, 2], "features": [["x1"], "x2"]},
        {"features": ["x1"]},
        {"change": "l2"},
        {"change": {"nonsense": "1", "l2": 5}},
    ],
    ids=str,
)
def test_nonsense_from_a_browser_changes_nothing(page: Page, change: dict[str, Any]) -> None:
    page.visit({"noise": "0.1"}).put("fake_change", json.dumps(change))
    assert page.query == {"noise": "0.1"}


def test_the_last_feature_stays_and_the_rule_is_said(page: Page) -> None:
    page.visit({"features": "x1"}).put("fake_change", json.dumps({"hidden": [4, 2], "features": []}))
    assert page.query == {"features": "x1"}
    assert "features must be" in page.notices


def test_an_advice_out_of_range_is_refused_with_the_rule(page: Page) -> None:
    page.visit().put("fake_change", json.dumps({"change": {"l2": "11"}}))
    assert page.query == {}
    assert page.notices == "l2 must be in [0, 10]. Got 11."


@pytest.mark.parametrize("key, stale", [("knob_width_0", 4), ("knob_width_2", 7), ("knob_layers", 3)])
def test_what_was_clicked_on_the_stage_outweighs_widgets_that_are_behind(page: Page, key: str, stale: int) -> None:
    page.visit({"hidden": "3,2,3"})
    page.widget(key).set_value(stale)  # a quick second click carries what widgets held before the first one
    page.put("fake_change", json.dumps({"hidden": [3, 2], "features": BOTH}))
    assert page.query == {"hidden": "3,2"}


def test_a_widget_that_is_behind_does_not_take_back_what_was_clicked_on_the_stage(page: Page) -> None:
    page.visit({"noise": "0.1"}).put("fake_change", json.dumps({"change": {"noise": "0.2"}}))
    page.widget("knob_noise").set_value(0.1)
    page.click("fake_link")
    assert page.query == {"noise": "0.2"}
    assert page.runs.calls == ["open run-1", "open run-2", "close run-1"]


def test_a_widget_that_was_told_may_be_set_back(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    page.visit({"noise": "0.1"}).put("fake_change", json.dumps({"change": {"noise": "0.2"}}))
    monkeypatch.setattr("playground.ui.controls.echoes.ON_THE_WAY", -1)
    assert page.turn("noise", 0.1).query == {"noise": "0.1"}


def test_a_choice_made_before_a_widget_was_told_counts(page: Page) -> None:
    page.visit({"noise": "0.1"}).put("fake_change", json.dumps({"change": {"noise": "0.2"}}))
    assert page.turn("noise", 0.3).query == {"noise": "0.3"}
    assert page.turn("noise", 0.1).query == {"noise": "0.1"}


def test_a_widget_of_a_layer_that_is_gone_changes_nothing(page: Page) -> None:
    page.visit({"hidden": "3,2,3", "activation": "relu,tanh,relu"})
    page.widget("knob_layers").set_value(2)
    page.widget("knob_activation_2").set_value("elu")
    page.put("knob_width_2", 7)
    assert page.query == {"hidden": "3,2", "activation": "relu,tanh"}


def test_an_advice_is_read_with_all_that_is_chosen(page: Page) -> None:
    page.visit({"hidden": "6,6,2", "activation": "relu,relu,linear"})
    page.put("fake_change", json.dumps({"change": {"activation": "leaky_relu,leaky_relu,linear"}}))
    assert page.query == {"hidden": "6,6,2", "activation": "leaky_relu,leaky_relu,linear"}
    assert page.notices == ""


def test_the_link_of_an_edited_run_says_so_until_another_run_begins(page: Page) -> None:
    page.visit({"noise": "0.1"})
    page.runs.links["run-1"] = "?noise=0.1&edited=true"
    page.runs.epoch = 5
    page.told()
    assert page.query == {"noise": "0.1", "edited": "true"}
    assert page.stages[-1]["link"] == "?noise=0.1&edited=true"
    page.turn("learning_rate", "0.3")
    assert page.query["edited"] == "true"
    page.turn("noise", 0.2)
    assert "edited" not in page.query


def test_a_link_of_an_edited_run_opens_without_the_edits_and_says_so(page: Page) -> None:
    page.visit({"noise": "0.1", "edited": "true"})
    assert page.query == {"noise": "0.1"}
    assert "edited by hand" in page.notices
