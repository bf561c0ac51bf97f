"""One run a session: adjusted when only rates change, replaced when anything else does."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest

from .conftest import FakeRuns, Page


def test_a_first_visit_opens_one_run_and_shows_it(page: Page) -> None:
    page.visit()
    assert page.runs.calls == ["open run-1"]
    assert page.token == "run-1"
    assert page.stages[-1]["link"] == "?"
    page.run()
    assert page.runs.calls == ["open run-1"]


@pytest.mark.parametrize(("name", "text"), [("learning_rate", "0.3"), ("l1", "0.01"), ("l2", "0.01")])
def test_rates_change_the_run_there_is(page: Page, name: str, text: str) -> None:
    page.visit().turn(name, text)
    assert page.runs.calls == ["open run-1", "adjust run-1"]
    assert page.runs.held["run-1"].to_query() == {name: text}
    assert page.token == "run-1"


def test_more_epochs_go_to_the_run_there_is_and_into_its_link(page: Page) -> None:
    page.visit({"epochs": "40"}).put("fake_change", '{"change": {"epochs": "60"}}')
    assert page.runs.calls == ["open run-1", "adjust run-1"]
    assert page.runs.held["run-1"].train.epochs == 60
    assert page.query == {"epochs": "60"} and page.stages[-1]["link"] == "?epochs=60"


@pytest.mark.parametrize(("link", "epochs"), [({"epochs": "40"}, "20"), ({"epochs": "40", "schedule": "cosine"}, "60")])
def test_fewer_epochs_and_more_of_a_cosine_schedule_are_another_run(
    page: Page, link: dict[str, str], epochs: str
) -> None:
    page.visit(link).turn("epochs", epochs)
    assert page.runs.calls == ["open run-1", "open run-2", "close run-1"]


def test_another_knob_opens_a_new_run_and_closes_the_old(page: Page) -> None:
    page.visit().turn("noise", 0.5)
    assert page.runs.calls == ["open run-1", "open run-2", "close run-1"]
    assert page.token == "run-2"
    assert page.stages[-1]["link"] == "?noise=0.5"


def test_a_rate_and_another_knob_together_open_a_new_run(page: Page) -> None:
    page.visit().visit({"learning_rate": "0.3", "noise": "0.5"})
    assert page.runs.calls == ["open run-1", "open run-2", "close run-1"]


def test_a_run_the_server_has_lost_is_opened_again(page: Page) -> None:
    page.visit({"noise": "0.5"})
    page.runs.held.clear()
    page.click("fake_gone")
    assert page.token == "run-2"
    assert page.runs.held["run-2"].to_query() == {"noise": "0.5"}
    assert page.query == {"noise": "0.5"}


def test_a_changed_rate_of_a_lost_run_opens_a_new_one(page: Page) -> None:
    page.visit()
    page.runs.held.clear()
    page.turn("learning_rate", "0.3")
    assert page.token == "run-2"


def test_new_weights_are_another_seed_in_the_link(page: Page) -> None:
    page.visit({"noise": "0.5"}).click("fake_new_weights")
    assert set(page.query) == {"noise", "seed"}
    assert 0 < int(page.query["seed"]) < 10_000
    assert page.runs.held[page.token].train.seed == int(page.query["seed"])


def test_a_full_server_says_so_instead_of_the_stage(page: Page) -> None:
    page.runs.places = 0
    page.visit()
    assert [error.value for error in page.app.error] == [r"This server trains at most 0 networks at once\."]
    assert page.stages == []
    page.runs.places = 1
    page.click("try_again")
    assert page.token == "run-1"
    assert not page.app.error


def test_a_session_with_a_place_keeps_it_on_a_full_server(page: Page) -> None:
    page.runs.places = 1
    page.visit().turn("noise", 0.5)
    assert page.runs.calls == ["open run-1", "close run-1", "open run-2"]
    assert page.token == "run-2"


def test_the_real_stage_is_told_its_run_and_where_plotly_is(runs: FakeRuns, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[dict[str, Any]] = []

    def mount(*, data: dict[str, Any], **_rest: Any) -> SimpleNamespace:
        told.extend([data] if "token" in data else [])  # the pipe is told of no run
        return SimpleNamespace(gone=None, new_weights=None, link=None, network=None, claim=None, turn=None)

    monkeypatch.setattr("playground.ui.web.component.component", lambda *_named: mount)
    Page(runs, []).visit({"dataset": "xor"})
    assert told[-1]["token"] == "run-1"
    assert told[-1]["link"] == "?dataset=xor"
    assert re.fullmatch(r"_playground/plotly/[0-9.]+\.min\.js", told[-1]["plotly"])
