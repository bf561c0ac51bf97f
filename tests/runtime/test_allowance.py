"""How much may be said by one page, by all pages of a visitor, and by all from an address."""

from __future__ import annotations

from playground.core import Experiment
from playground.runtime import Limits
from playground.runtime.server.allowance import PAGES_OF_A_VISITOR, PAGES_OF_AN_ADDRESS, Allowances, Share
from playground.runtime.server.live_run import LiveRun
from playground.runtime.server.visitors import Visitor
from tests.runtime.peers import Clock

RATE, BURST = 10.0, 20
LIMITS = Limits(message_burst=BURST)


def run_of(name: str, address: str = "8.8.8.8") -> LiveRun:
    return LiveRun(Experiment(), visitor=Visitor(name, address))


def said(share: Share, times: int = 1000) -> int:
    return sum(share.take() for _ in range(times))


def test_many_pages_of_one_visitor_say_no_more_than_a_few() -> None:
    clock = Clock()
    allowances = Allowances(RATE, LIMITS, clock)
    pages = [allowances.of(run_of("flooder")) for _ in range(100)]
    assert sum(said(page) for page in pages) == PAGES_OF_A_VISITOR * BURST
    other = allowances.of(run_of("quiet"))
    assert said(other) == BURST
    clock.wait(1.0)
    assert said(other) == RATE


def test_many_visitors_of_one_address_say_no_more_than_a_class() -> None:
    allowances = Allowances(RATE, LIMITS, Clock())
    pages = [allowances.of(run_of(f"visitor {n}")) for n in range(200)]
    assert sum(said(page) for page in pages) == PAGES_OF_AN_ADDRESS * BURST
    assert said(allowances.of(run_of("visitor", "9.9.9.9"))) == BURST


def test_what_is_shared_goes_with_the_last_who_shares_it() -> None:
    clock = Clock()
    allowances = Allowances(RATE, LIMITS, clock)
    said(allowances.of(run_of("flooder")))
    assert len(allowances._shared) == 0
