"""Walls in the process of the test, with the real engine, whose programs are made when the test lets them be."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any, cast

import playground.engine as real_engine
from playground.core.comparison import RUNS_KEY, Comparison
from playground.core.wall import Wall
from playground.lessons.task import Task
from playground.runtime import Limits
from playground.runtime.engine import Engine
from playground.runtime.jobs.job import Kept, Saved
from playground.runtime.jobs.kinds import KINDS, Beginning, Made
from playground.runtime.jobs.trainings import Trainings
from playground.runtime.jobs.wall import WallRun
from playground.runtime.protocol import page
from playground.runtime.protocol.packing import unpack
from playground.runtime.server.keeping import Keeping
from playground.runtime.subjects import Many
from tests.channel_types import check_message
from tests.runtime.made_once import made_by
from tests.runtime.peers import Clock

Message = tuple[dict[str, Any], dict[str, Any]]


def wall_of(query: str) -> Many:
    """The wall, or the comparison, of a link, of which nothing is refused."""
    asked = dict(part.split("=", 1) for part in query.split("&"))
    wall, refused = Comparison.from_query(asked) if RUNS_KEY in asked else Wall.from_query(asked)
    assert wall is not None and refused == []
    return wall


class WallBench:
    """A wall's job, and its page.

    Attributes
    ----------
    figures : of each epoch what the page has, (networks, figures)
    verdicts : what was said by the task of a lesson
    """

    def __init__(
        self, query: str, kept: Kept | None = None, make: bool = True, task: Task | None = None, **limits: Any
    ) -> None:
        self.wall = wall_of(query)
        self.clock = Clock()
        self.keeping = Keeping()
        self._held: list[object] = []
        engine = cast(Engine, real_engine)
        beginning = Beginning(self.wall, kept, task=task)
        self.recipes = KINDS["wall"].recipes("job", beginning)
        self.made: list[Made] = [Future() for _ in self.recipes]
        self.run = cast(
            WallRun, KINDS["wall"].begin(Trainings(engine, Limits(**limits)), self.made, beginning, self.clock)
        )
        self.run.welcome(2)
        self.figures: list[Any] = []
        self.verdicts: list[dict[str, Any]] = []
        if make:
            self.make(range(len(self.recipes)))

    def make(self, places: Sequence[int]) -> None:
        """Let these recipes be made."""
        for place in places:
            self.made[place].set_result(made_by(self.recipes[place]))

    def rest(self, *told: page.PageMessage) -> list[Message]:
        """Say something; all that the job sends until it has nothing more to do."""
        for message in told:
            self.run.hear(message)
        found: list[Message] = []
        for _ in range(100_000):
            self.run.pacing.credits = 2
            if not self.run.wants_turn:
                return found
            found += self.turn()
        raise AssertionError("the wall never rests")

    def turn(self) -> list[Message]:
        """One turn of the job; what it sends."""
        return [self._hear(message) for message in self.run.turn()]

    def _hear(self, packed: bytes) -> Message:
        header, arrays = unpack(packed)
        check_message(header, arrays)
        if header["type"] == "verdict":
            self.verdicts.append(header)
        if header["type"] != "cells":
            return header, arrays
        start = header["figures_start"]
        assert start <= len(self.figures), "no figure is left out"
        del self.figures[start:]
        self.figures += list(arrays["figures"])
        return header, arrays

    def train(self, epochs: int) -> Message:
        """Train so many epochs, one by one; the last frame."""
        return [each for _ in range(epochs) for each in self.rest(page.OneEpoch())][-1]

    def kept(self) -> Kept:
        """What is kept of it."""
        saved = self.run.save()
        assert isinstance(saved, Saved)
        keep = self.keeping.take(saved)
        assert keep is not None
        self._held.append(keep)
        value = keep.value()
        assert value is not None
        return value
