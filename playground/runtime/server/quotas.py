"""How many runs there may be: of a visitor, from a network address, and in all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from playground.runtime.limits import Limits
from playground.runtime.server.live_run import LiveRun
from playground.runtime.server.tally import Reason
from playground.runtime.server.visitors import Visitor

OF_A_VISITOR = (
    "This server trains at most {most} networks at once for one visitor, and that many are open in your browser. "
    "Close a tab in which one is."
)
OF_AN_ADDRESS = (
    "This server trains at most {most} networks at once for one network address, and that many are open from yours. "
    "Try again in a minute."
)
OF_ALL = "This server trains at most {most} networks at once. All {held} places are taken: try again in a minute."
MEMORY_FULL = (
    "This server's memory is full: it holds {networks}. Those who train go on. Try again in a minute, or ask whoever "
    "runs it for more memory."
)


class Quota(NamedTuple):
    """Runs that are counted together, how many there may be, and the sentence for whoever asks for one more.

    Of runs whose page has just left so many do not count: when a class reloads its pages, each has two for a moment.
    """

    reason: Reason
    counts: Callable[[LiveRun], bool]
    most: int
    refusal: str
    spare: int = 0


def memory_full(limits: Limits) -> str:
    """The sentence for whoever asks for a network where there is no memory for it."""
    networks = f"about {limits.holds} different networks at once" if limits.holds else "no network beside what trains"
    return MEMORY_FULL.format(networks=networks)


def quotas_of(visitor: Visitor, limits: Limits) -> Iterator[Quota]:
    """What holds for a new run of this visitor, the narrowest first."""
    if visitor.name:
        most = limits.runs_per_visitor
        yield Quota("visitor", lambda run: run.visitor.name == visitor.name, most, OF_A_VISITOR, spare=most)
    if visitor.address:
        most = limits.runs_per_address
        yield Quota("address", lambda run: run.visitor.address == visitor.address, most, OF_AN_ADDRESS, spare=most)
    yield Quota("runs", lambda run: True, limits.runs, OF_ALL)
