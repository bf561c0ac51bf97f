"""Jobs that need things made on their way, which they did not know of when they began."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

import pytest

from playground.core import Experiment
from playground.runtime.jobs.job import Saved
from playground.runtime.jobs.kinds import KINDS, Beginning, Clock, kind
from playground.runtime.jobs.recipe import Made, Recipe
from playground.runtime.jobs.trainings import Trainings
from playground.runtime.protocol import page
from playground.runtime.protocol.server import Course, Standing
from playground.runtime.subjects import Subject
from playground.runtime.worker.messages import Failed, Open
from tests.runtime.one_loop import OneLoop
from tests.runtime.peers import PATIENCE


class Wisher:
    """Needs one thing after the other made, and no longer what it had before."""

    def __init__(self, made: Sequence[Made], faulty: bool = False) -> None:
        self._made, self._faulty = made, faulty
        self.got: list[int] = []
        self.further = self._wish()

    def _wish(self) -> list[Recipe]:
        number = len(self.got)
        return [Recipe(f"wish {number}", lambda _engine: 1 // (not self._faulty) + number, of="wishes", shared=False)]

    @property
    def wants_turn(self) -> bool:
        return len(self._made) > 0 and self._made[0].done() and len(self.got) < 3

    def turn(self) -> list[bytes]:
        self.got.append(self._made[0].result())
        self.further = self._wish() if len(self.got) < 3 else []
        return []

    at_rest = False
    credits = 0
    settled = True

    @property
    def standing(self) -> Standing:
        return Standing(state="playing", message="", last_epoch=0, course=Course(link="?", turns=[]))

    @property
    def version(self) -> tuple[Hashable, Hashable]:
        return None, None

    def welcome(self, credits: int) -> None:
        pass

    def hear(self, message: page.PageMessage) -> None:
        pass

    def adjust(self, subject: Subject) -> None:
        pass

    def hold(self, held: bool) -> None:
        pass

    def settle(self) -> list[bytes]:
        return []

    def drop(self) -> None:
        pass

    def save(self) -> Saved | None:
        return None

    def leave(self) -> None:
        pass


@pytest.fixture
def wishers() -> Iterator[list[Wisher]]:
    """Those that have begun; a kind of job of which every second one wishes for what cannot be made."""
    begun: list[Wisher] = []

    @kind("wisher", recipes=lambda _job, _beginning: [], at_once=True)
    def begin(trainings: Trainings, made: Sequence[Made], beginning: Beginning, clock: Clock) -> Wisher:
        begun.append(Wisher(made, faulty=len(begun) % 2 == 1))
        return begun[-1]

    yield begun
    del KINDS["wisher"]


def rounds_until_made(loop: OneLoop, count: int) -> None:
    for _ in range(count):
        loop.rounds(3)
        assert loop.compiled.acquire(timeout=PATIENCE)
        loop.rounds(3)


def test_what_a_job_wishes_for_on_its_way_is_made_and_goes_when_it_is_not_needed(wishers: list[Wisher]) -> None:
    loop = OneLoop()
    loop.order(Open("job", "wisher", Beginning(Experiment()), ""))
    rounds_until_made(loop, 3)
    assert wishers[0].got == [1, 2, 3]
    assert loop.loop._programs.wanted() == set() and loop.loop._programs.spent == 3


def test_a_job_whose_wish_cannot_be_made_fails_in_words(wishers: list[Wisher]) -> None:
    loop = OneLoop()
    loop.order(Open("faulty", "wisher", Beginning(Experiment()), ""))
    wishers.append(Wisher([]))
    rounds_until_made(loop, 1)
    assert [(each.job, bool(each.sentence)) for each in loop.said(Failed)] == [("faulty", True)]
