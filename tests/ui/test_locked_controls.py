"""Knobs that a link locks: shown, not to be changed by whatever way, until another link is followed."""

from __future__ import annotations

import json
from typing import Any

from .conftest import Page

LOCK = "learning_rate,dataset,hidden,data_seed"


def change(page: Page, wish: dict[str, Any]) -> None:
    """What the stage asks for."""
    page.put("fake_change", json.dumps(wish))


def test_locked_knobs_are_shown_and_the_address_goes_on_saying_so(page: Page) -> None:
    page.visit({"dataset": "xor", "lock": LOCK})
    assert page.query == {"dataset": "xor", "lock": LOCK}
    assert page.stages[-1]["lock"] == tuple(LOCK.split(","))
    for name in ("knob_learning_rate", "knob_dataset", "knob_layers", "knob_width_0", "new_data"):
        assert page.widget(name).disabled, name
    assert not page.widget("knob_batch_size").disabled
    page.turn("batch_size", "20")
    assert page.query == {"dataset": "xor", "batch_size": "20", "lock": LOCK}


def test_what_the_stage_asks_for_of_them_is_refused_in_words_and_nothing_changes(page: Page) -> None:
    page.visit({"dataset": "xor", "lock": LOCK})
    before = page.query
    change(page, {"change": {"learning_rate": "0.3", "batch_size": "20"}})
    assert page.query == before
    assert page.notices == "This link locks learning_rate: nothing was changed."
    change(page, {"hidden": [4, 2, 2], "features": ["x1", "x2"]})
    assert page.query == before
    change(page, {"hidden": [4, 2], "features": ["x1"]})
    assert page.query == {**before, "features": "x1"}


def test_another_link_frees_them_and_what_is_no_knob_is_refused(page: Page) -> None:
    page.visit({"lock": "learning_rate,play"})
    assert page.notices == "lock must be knobs, or weights. Got 'play'."
    page.visit({"dataset": "xor"})
    assert page.stages[-1]["lock"] == () and page.query == {"dataset": "xor"}
    page.turn("learning_rate", "0.3")
    assert page.query == {"dataset": "xor", "learning_rate": "0.3"}


def test_the_run_itself_is_told_what_is_locked(page: Page) -> None:
    page.visit({"dataset": "xor", "lock": "weights,learning_rate"})
    (token,) = page.runs.held
    assert page.runs.locked == {token: ("weights", "learning_rate")}
    page.visit({"dataset": "xor"})
    assert set(page.runs.held) == {token} and page.runs.locked == {token: ()}


def test_panels_may_be_hidden_the_settings_with_the_way_to_them(page: Page) -> None:
    page.visit({"hide": "curves,figures,views,settings"})
    assert page.notices == ""
    assert page.stages[-1]["hide"] == ("curves", "figures", "views", "settings")
    styles = " ".join(element.proto.body for element in page.app.get("html")[1:])
    assert "stSidebar" in styles and ".kp-settings" in styles and "curves" not in styles
