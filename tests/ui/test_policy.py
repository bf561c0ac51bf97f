"""What browsers are told to allow a page."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.ui.policy import frame_ancestors, page_headers


def rules(environment: dict[str, str]) -> dict[str, str]:
    """The content security policy, by directive."""
    policy = page_headers(environment)["Content-Security-Policy"]
    return dict(rule.split(" ", 1) for rule in policy.split("; "))


def test_nothing_foreign_is_allowed_and_no_script_stands_in_the_page() -> None:
    sources = {source for name, rule in rules({}).items() if name != "frame-ancestors" for source in rule.split()}
    assert not any("." in source or "*" in source for source in sources)
    assert not {"http:", "https:", "ws:", "wss:"} & sources
    scripts = rules({})["script-src"].split()
    assert not {"'unsafe-inline'", "data:", "*"} & set(scripts)
    assert rules({})["default-src"] == "'self'"


def test_every_page_may_embed_it_unless_the_host_says_who() -> None:
    assert rules({})["frame-ancestors"] == "*"
    who = "'self' https://school.example"
    assert rules({"PLAYGROUND_FRAME_ANCESTORS": f" {who} "})["frame-ancestors"] == who


@pytest.mark.parametrize(
    "places",
    [
        "*",
        "'none'",
        "'self'",
        "https:",
        "https://school.example",
        "http://localhost:8080",
        "https://*.school.example:* 'self'",
        "https://SCHOOL.example",
    ],
)
def test_places_are_taken_as_they_are_written(places: str) -> None:
    assert frame_ancestors({"PLAYGROUND_FRAME_ANCESTORS": places}) == places


@pytest.mark.parametrize(
    "places",
    [
        "school.example",
        "self",
        "none",
        "'none' https://school.example",
        "https://school.example/lessons",
        "https://school.example; script-src *",
        "https://school.example, https://other.example",
        "https://",
        "'unsafe-inline'",
        "https://*",
    ],
)
def test_what_is_no_place_is_refused_with_the_rule_and_the_value(places: str) -> None:
    with pytest.raises(ValueError, match="PLAYGROUND_FRAME_ANCESTORS must be") as refusal:
        page_headers({"PLAYGROUND_FRAME_ANCESTORS": places})
    assert repr(places) in str(refusal.value)


@given(st.one_of(st.text(), st.from_regex(r"[*'a-z:/.;, \n]*")))
def test_no_value_can_add_a_rule_of_another_kind(text: str) -> None:
    try:
        ancestors = frame_ancestors({"PLAYGROUND_FRAME_ANCESTORS": text})
    except ValueError:
        return
    assert re.fullmatch(r"[!-~ ]+", ancestors)
    assert ";" not in ancestors and "," not in ancestors
