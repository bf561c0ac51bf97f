"""Which pages may open the live channel."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from playground.ui.origin import may_connect


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        (None, True),
        ("http://teach.example:8501", True),
        ("https://teach.example:8501", True),
        ("http://teach.example", False),
        ("http://elsewhere.example:8501", False),
        ("null", False),
        ("", False),
    ],
)
def test_pages_of_this_server_may_connect_and_others_not(origin: str | None, allowed: bool) -> None:
    assert may_connect(origin, "teach.example:8501") is allowed


@given(st.text())
@example("http://[::1")
@example("http://[teach.example]")
@example("http://teach.example\n")
def test_whatever_is_sent_as_an_origin_is_answered(origin: str) -> None:
    assert may_connect(origin, "no-such-host.example") is False
