"""Which pages may open a socket of this server."""

from __future__ import annotations

from ipaddress import IPv6Address

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from playground.ui.origin import may_connect

HERE = "teach.example:8501"


@pytest.mark.parametrize(
    ("origin", "host", "allowed"),
    [
        (None, HERE, True),
        (None, None, True),
        ("http://teach.example:8501", HERE, True),
        ("https://teach.example:8501", HERE, True),
        ("http://TEACH.example:8501", HERE, True),
        ("http://teach.example:8501", "Teach.Example:8501", True),
        ("http://teach.example", HERE, False),
        ("http://elsewhere.example:8501", HERE, False),
        ("http://teach.example:8501", None, False),
        ("http://teach.example:8501", "", False),
        ("http://teach.example", "teach.example:80", True),
        ("https://teach.example", "teach.example:443", True),
        ("https://teach.example", "teach.example:80", False),
        ("https://teach.example:443", "teach.example", True),
        ("http://[::1]:8501", "[::1]:8501", True),
        ("http://[::1]:8501", "[::2]:8501", False),
        ("http://[::1", "[::1", False),
        ("http://teach.example:99999", "teach.example:99999", False),
        ("http://me@teach.example:8501", HERE, False),
        ("http://teach.example:8501/", HERE, False),
        ("http://teach.example:8501?", HERE, False),
        ("ftp://teach.example:8501", HERE, False),
        ("//teach.example:8501", HERE, False),
        ("teach.example:8501", HERE, False),
        ("null", HERE, False),
        ("null", "null", False),
        ("", HERE, False),
        ("http://", "", False),
    ],
)
def test_pages_of_this_server_may_connect_and_others_not(origin: str | None, host: str | None, allowed: bool) -> None:
    assert may_connect(origin, host) is allowed


ADDRESS = st.one_of(st.text(), st.text().map("http://{}".format), st.from_regex(r"https?://[\[\]:a-z0-9@/?#.]*"))


@given(ADDRESS, st.one_of(st.none(), st.text(), st.from_regex(r"[\[\]:a-z0-9@/?#.]*")))
@example("http://[::1", "[::1")
@example("http://[teach.example]", "[teach.example]")
@example("http://teach.example\n", "teach.example")
def test_whatever_is_sent_as_origin_and_host_is_answered(origin: str, host: str | None) -> None:
    assert may_connect(origin, host) in (True, False)


@given(ADDRESS)
def test_no_other_page_passes_for_one_of_ours(origin: str) -> None:
    assert may_connect(origin, "no-such-host.example") is False


@given(st.ip_addresses(v=6), st.integers(1, 65535), st.sampled_from(["http", "https"]))
def test_an_address_in_numbers_is_a_host_like_any_other(address: IPv6Address, port: int, scheme: str) -> None:
    assert may_connect(f"{scheme}://[{address}]:{port}", f"[{address}]:{port}")
