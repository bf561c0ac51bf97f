"""A link may say how the page is to look; the stage is told so once, and the address stays that of the experiment."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.core.page_view import NAMES

from .conftest import Page


def test_the_stage_is_told_and_the_address_is_the_experiment_s(page: Page) -> None:
    page.visit({"dataset": "xor", "view": "errors", "speed": "5", "at": "120"})
    assert page.stages[-1]["look"] == {"view": "errors", "speed": "5", "at": 120, "number": 1}
    assert page.query == {"dataset": "xor"}
    assert page.notices == ""
    assert page.stages[-1]["link"] == "?dataset=xor"


def test_the_next_link_is_another_wish_and_one_without_a_view_is_none(page: Page) -> None:
    page.visit({"log": "true"}).visit({"noise": "0.5", "log": "true"})
    assert page.stages[-1]["look"] == {"log": True, "number": 2}
    page.visit({"noise": "0.1"})
    assert page.stages[-1]["look"] is None


def test_what_is_refused_is_said_beside_what_is_refused_of_the_experiment(page: Page) -> None:
    page.visit({"view": "nowhere", "noise": "7", "at": "90"})
    assert "noise must be" in page.notices and "view must be one of " in page.notices
    assert page.stages[-1]["look"] == {"at": 90, "number": 1}


@pytest.mark.slow
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([*NAMES, "noise"]), st.text(max_size=60), max_size=6))
def test_no_view_in_a_link_breaks_the_page(page: Page, link: dict[str, str]) -> None:
    page.visit(dict(link))
    assert not NAMES & set(page.query)
