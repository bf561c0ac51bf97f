"""Who asks: by what stands in the headers of a request, which anybody may write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.runtime.server.visitors import address_of

TEXTS = st.lists(st.text(max_size=60), max_size=4)


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("203.0.113.9", [], "203.0.113.9"),
        ("203.0.113.9", ["198.51.100.7"], "203.0.113.9"),
        ("127.0.0.1", [], "127.0.0.1"),
        ("127.0.0.1", ["8.8.4.4"], "8.8.4.4"),
        ("10.0.0.2", ["8.8.4.4, 10.1.2.3"], "8.8.4.4"),
        ("10.0.0.2", ["1.2.3.4, 8.8.4.4"], "8.8.4.4"),
        ("10.0.0.2", ["1.2.3.4", "8.8.4.4:5566"], "8.8.4.4"),
        ("127.0.0.1", ["192.168.1.23"], "192.168.1.23"),
        ("::ffff:8.8.8.8", [], "8.8.8.8"),
        ("2001:4860:4860::8888", [], "2001:4860:4860::/64"),
        ("::1", ["[2001:4860:4860:0:1::8844]:443"], "2001:4860:4860::/64"),
        (None, [], ""),
    ],
)
def test_an_address_is_that_of_the_nearest_stranger(peer: str | None, forwarded: list[str], address: str) -> None:
    assert address_of(peer, forwarded) == address


@pytest.mark.parametrize(("proxies", "address"), [(1, "8.8.4.4"), (2, "1.2.3.4"), (9, "9.9.9.9")])
def test_a_host_may_say_how_many_proxies_are_its_own(proxies: int, address: str) -> None:
    assert address_of("203.0.113.9", ["9.9.9.9, 1.2.3.4, 8.8.4.4"], proxies) == address


@given(peer=st.none() | st.text(max_size=60), forwarded=TEXTS, proxies=st.none() | st.integers(1, 5))
def test_no_header_whatever_it_holds_breaks_anything(
    peer: str | None, forwarded: list[str], proxies: int | None
) -> None:
    assert isinstance(address_of(peer, forwarded, proxies), str)


@given(forged=TEXTS)
def test_a_visitor_cannot_choose_an_address_by_what_is_sent_along(forged: list[str]) -> None:
    """The proxy appends whom it was asked by; what stands before that does not count."""
    assert address_of("10.0.0.2", [*forged, "8.8.4.4"]) == "8.8.4.4"
    assert address_of("203.0.113.9", forged) == "203.0.113.9"
