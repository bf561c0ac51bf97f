"""What one visitor, and one network address, may take of a server that others use too."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import pytest

from playground.core import Experiment
from playground.core.errors import Refused
from playground.runtime import Limits, LiveRuns, Pool
from playground.runtime.server.visitors import Visitor
from tests.runtime.peers import Clock
from tests.runtime.test_pool import Onlooker, StillHost

LIMITS = Limits(workers=1, runs=100, runs_per_visitor=3, runs_per_address=5)


def tell(story: Callable[[LiveRuns, Clock], Awaitable[None]]) -> None:
    async def told() -> None:
        clock = Clock()
        runs = LiveRuns(Pool(StillHost, LIMITS), LIMITS, clock)
        await runs.start()
        try:
            await story(runs, clock)
        finally:
            await runs.stop()

    asyncio.run(told())


def watched(runs: LiveRuns, visitor: Visitor) -> str:
    token = runs.open(Experiment(), visitor)
    run = runs.get(token)
    assert run is not None
    runs.connect(run, Onlooker())
    return token


@contextmanager
def refused(*words: str) -> Iterator[None]:
    with pytest.raises(Refused) as refusal:
        yield
    assert all(word in str(refusal.value) for word in words)


def test_a_visitor_has_so_many_places_and_others_have_theirs() -> None:
    async def story(runs: LiveRuns, clock: Clock) -> None:
        for _ in range(3):
            watched(runs, Visitor("greedy", "8.8.8.8"))
        with refused("at most 3 networks", "one visitor"):
            runs.open(Experiment(), Visitor("greedy", "8.8.8.8"))
        watched(runs, Visitor("another", "8.8.8.8"))

    tell(story)


def test_an_address_has_room_for_its_class_and_other_addresses_have_theirs() -> None:
    async def story(runs: LiveRuns, clock: Clock) -> None:
        for learner in range(5):
            watched(runs, Visitor(f"learner {learner}", "8.8.8.8"))
        with refused("at most 5 networks", "one network address"):
            runs.open(Experiment(), Visitor("one more", "8.8.8.8"))
        watched(runs, Visitor("one more", "9.9.9.9"))

    tell(story)


def test_nobody_takes_all_places_under_many_names() -> None:
    async def story(runs: LiveRuns, clock: Clock) -> None:
        taken = 0
        for name in range(300):
            try:
                watched(runs, Visitor(f"name {name}", "8.8.8.8"))
                taken += 1
            except Refused:
                pass
        assert taken == 5

    tell(story)


def test_a_class_that_reloads_its_pages_at_once_is_let_in() -> None:
    async def story(runs: LiveRuns, clock: Clock) -> None:
        visitors = [Visitor(f"learner {n}", "8.8.8.8") for n in range(5)]
        for visitor in visitors:
            run = runs.get(watched(runs, visitor))
            assert run is not None
            assert run.viewer is not None
            runs.disconnect(run, run.viewer)
        again = [watched(runs, visitor) for visitor in visitors]
        assert all(runs.exists(token) for token in again)

    tell(story)


def test_a_place_whose_page_never_came_is_given_to_the_next_one() -> None:
    async def story(runs: LiveRuns, clock: Clock) -> None:
        tokens = [runs.open(Experiment(), Visitor("quick", "8.8.8.8")) for _ in range(3)]
        with refused("one visitor"):
            runs.open(Experiment(), Visitor("quick", "8.8.8.8"))
        clock.wait(LIMITS.arrival_seconds + 1)
        runs.open(Experiment(), Visitor("quick", "8.8.8.8"))
        assert [runs.exists(token) for token in tokens] == [False, True, True]

    tell(story)


def test_who_is_not_known_is_bound_by_the_server_alone() -> None:
    async def story(runs: LiveRuns, clock: Clock) -> None:
        for _ in range(100):
            runs.open(Experiment())
        with refused("at most 100 networks"):
            runs.open(Experiment())

    tell(story)
