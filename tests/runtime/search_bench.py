"""Searches in the process of the test, with the real engine; what they need made is made when they ask for it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any, cast

import playground.engine as real_engine
from playground.core.search import Search
from playground.runtime import Limits
from playground.runtime.engine import Engine
from playground.runtime.jobs.job import Kept, Saved
from playground.runtime.jobs.kinds import KINDS, Beginning
from playground.runtime.jobs.recipe import Made, Recipe
from playground.runtime.jobs.search import SearchRun
from playground.runtime.jobs.trainings import Trainings
from playground.runtime.protocol import page
from playground.runtime.protocol.packing import unpack
from tests.channel_types import check_message
from tests.runtime.made_once import made_by
from tests.runtime.peers import Clock

Message = tuple[dict[str, Any], dict[str, Any]]
TURN_SECONDS = 0.02
"""What passes on the test's clock with each turn."""


def search_of(query: str) -> Search:
    """The search of a link, of which nothing is refused."""
    search, refused = Search.from_query(dict(part.split("=", 1) for part in query.split("&")))
    assert refused == []
    return search


class SearchBench:
    """A search's job, its worker's compiling thread, and its page.

    Attributes
    ----------
    links : of the trials that the page knows
    frames : that the page was sent
    """

    def __init__(self, query: str, kept: Kept | None = None) -> None:
        self.search = search_of(query)
        self.clock = Clock()
        self.made: list[Made] = []
        self._further: Sequence[Recipe] = ()
        engine = cast(Engine, real_engine)
        beginning = Beginning(self.search, kept)
        trainings = Trainings(engine, Limits())
        self.run = cast(SearchRun, KINDS["search"].begin(trainings, self.made, beginning, self.clock))
        self.run.welcome(2)
        self.links: list[str] = []
        self.frames: list[Message] = []

    def make(self) -> None:
        """Make what the job needs made, all at once."""
        if self.run.further is self._further:
            return
        self._further = self.run.further
        self.made[:] = [self._of(recipe) for recipe in self._further]

    @staticmethod
    def _of(recipe: Recipe) -> Made:
        made: Made = Future()
        made.set_result(made_by(recipe))
        return made

    def turns(self, most: int = 1_000_000) -> None:
        """Let it have turns until it wants none, or so many."""
        for _ in range(most):
            self.make()
            self.run.hear(page.Credit())
            if not self.run.wants_turn:
                return
            for packed in self.run.turn():
                self._hear(packed)
            self.clock.wait(TURN_SECONDS)

    def play(self, **asked: Any) -> Message:
        """Play to the end; the last frame."""
        self.run.hear(page.Play(**asked))
        self.turns()
        return self.frames[-1]

    def _hear(self, packed: bytes) -> None:
        header, arrays = unpack(packed)
        check_message(header, arrays)
        assert header["links_start"] <= len(self.links), "no link is left out"
        self.links[header["links_start"] :] = header["links"]
        self.frames.append((header, arrays))

    def kept(self) -> Kept:
        """What is kept of it."""
        saved = self.run.save()
        assert isinstance(saved, Saved) and saved.whole and saved.state is not None
        return Kept(saved.key, saved.state, ())
