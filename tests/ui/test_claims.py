"""A page that comes to a new session gets the run back that it had, if it is the run of its address."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.core import Experiment
from playground.runtime.server.visitors import Visitor

from .conftest import FakeRuns, Page

XOR = {"dataset": "xor"}


def had(runs: FakeRuns, link: dict[str, str]) -> str:
    """A run of the server that a page had before its session."""
    return runs.open(Experiment.from_query(link)[0], Visitor())


def claim(page: Page, value: Any) -> Page:
    return page.put("fake_claim", json.dumps(value))


def test_a_reloaded_page_gets_its_run_back_and_the_one_just_opened_is_closed(page: Page) -> None:
    token = had(page.runs, XOR)
    page.visit(XOR)
    assert page.token != token and page.stages[-1]["claimed"] == ""
    claim(page, {"token": token, "here": False})
    assert page.token == page.stages[-1]["claimed"] == token
    assert set(page.runs.held) == {token}
    assert not page.stages[-1]["lost"]


def test_the_run_that_was_taken_over_is_the_session_s_own_from_then_on(page: Page) -> None:
    token = had(page.runs, XOR)
    claim(page.visit(XOR), {"token": token, "here": False}).turn("learning_rate", "0.3")
    assert page.token == token
    assert page.runs.held[token].train.learning_rate == 0.3
    page.turn("noise", 0.5)
    assert token not in page.runs.held


@pytest.mark.parametrize("here", [True, False], ids=["here", "before a reload"])
def test_a_run_of_another_experiment_is_left_and_ended_where_it_was_on_the_stage(page: Page, here: bool) -> None:
    token = had(page.runs, {"dataset": "moons"})
    claim(page.visit(XOR), {"token": token, "here": here})
    assert page.token == "run-2"
    assert set(page.runs.held) == ({"run-2"} if here else {token, "run-2"})
    assert not page.stages[-1]["lost"]


def test_a_rate_changed_after_a_long_absence_changes_the_run_that_is_on_the_stage(page: Page) -> None:
    token = had(page.runs, XOR)
    claim(page.visit({**XOR, "learning_rate": "0.3"}), {"token": token, "here": True})
    assert page.token == token
    assert page.runs.held == {token: Experiment.from_query({**XOR, "learning_rate": "0.3"})[0]}


def test_a_run_with_another_rate_than_the_address_says_is_left_alone(page: Page) -> None:
    token = had(page.runs, XOR)
    claim(page.visit({**XOR, "learning_rate": "0.3"}), {"token": token, "here": False})
    assert page.token == "run-2"


def test_a_run_that_another_page_watches_stays_with_it(page: Page) -> None:
    """A duplicated tab knows the token of the first."""
    token = had(page.runs, XOR)
    page.runs.watched.add(token)
    claim(page.visit(XOR), {"token": token, "here": False})
    assert page.token == page.stages[-1]["token"] == "run-2"
    assert page.stages[-1]["claimed"] == token


def test_a_page_that_has_shown_a_run_all_the_while_gets_it_though_it_is_watched_by_itself(page: Page) -> None:
    """After a restart of the server its live channel is back before its session."""
    token = had(page.runs, XOR)
    page.runs.watched.add(token)
    claim(page.visit(XOR), {"token": token, "here": True})
    assert page.token == token


def test_a_run_that_the_server_no_longer_has_is_said_to_be_lost(page: Page) -> None:
    claim(page.visit(XOR), {"token": "gone", "here": True})
    assert page.token == "run-1"
    assert page.stages[-1]["lost"] and page.stages[-1]["claimed"] == "gone"
    page.turn("noise", 0.5)
    assert not page.stages[-1]["lost"]


def test_a_run_dropped_within_the_session_is_said_to_be_lost_and_one_restarted_is_not(page: Page) -> None:
    page.visit(XOR).click("fake_gone")
    assert page.token == "run-2" and not page.stages[-1]["lost"]
    page.runs.held.clear()
    page.click("fake_gone")
    assert page.token == "run-3" and page.stages[-1]["lost"]


def test_a_run_taken_back_is_not_said_to_have_lost_its_edits(page: Page) -> None:
    token = had(page.runs, XOR)
    page.visit({**XOR, "edited": "true"})
    assert "edited by hand" in page.notices
    page.runs.links[token] = "?dataset=xor&edited=true"
    claim(page, {"token": token, "here": False})
    assert page.notices == ""
    assert page.query == {**XOR, "edited": "true"}


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=100),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["token", "here", "x"]), inner),
)


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANYTHING | st.fixed_dictionaries({"token": ANYTHING, "here": ANYTHING}))
def test_whatever_a_browser_claims_nothing_breaks_and_no_run_of_others_is_closed(page: Page, value: Any) -> None:
    others = had(page.runs, {"dataset": "moons"})
    claim(page.visit(XOR), value)
    assert page.runs.held[page.token].data.dataset == "xor"
    assert others in page.runs.held


def test_each_session_has_a_name_of_its_own(page: Page, runs: FakeRuns) -> None:
    page.visit().run()
    first, again = (stage["session"] for stage in page.stages)
    assert first == again != ""
    assert Page(runs, page.stages).visit().stages[-1]["session"] != first
