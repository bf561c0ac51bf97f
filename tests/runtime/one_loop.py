"""A worker's loop in the process of the test, round by round, with a faulty engine if wanted."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, TypeVar, cast

from playground.core import Experiment, Train
from playground.runtime import Limits
from playground.runtime.engine import Engine
from playground.runtime.jobs.kinds import Beginning
from playground.runtime.protocol.packing import unpack
from playground.runtime.worker.loop import Loop
from playground.runtime.worker.messages import Answer, ForPage, MoreCredit, Open, Order, Welcome
from tests.runtime import arithmetic_engine
from tests.runtime.peers import PATIENCE, Clock

A = TypeVar("A")


class OneLoop:
    """A loop, and this test at the other end of its line.

    Attributes
    ----------
    paints : whether pages ask for another frame after each
    engine : the arithmetic engine, of which a test may replace what it likes
    answers : all that was said, but for what goes to pages
    pages : of each job what its page was sent, headers
    working : of each job how often something was done for it; in the end of nobody
    """

    def __init__(self, paints: bool = True, **replaced: Any) -> None:
        names = vars(arithmetic_engine) | replaced
        self.engine = SimpleNamespace(**{name: each for name, each in names.items() if not name.startswith("_")})
        self.clock = Clock()
        self.answers: list[Answer] = []
        self.pages: dict[str, list[dict[str, Any]]] = {}
        self.now_working_on = ""
        self.paints = paints
        self.compiled = threading.Semaphore(0)
        self._orders: list[Order] = []
        self.loop = Loop(self, cast(Engine, self.engine), Limits(), self, self.clock)

    def open(self, job: str, experiment: Experiment | None = None, visitor: str = "", credits: int = 2) -> None:
        self.order(Open(job, "run", Beginning(experiment or Experiment()), visitor), Welcome(job, credits))

    def order(self, *orders: Order) -> None:
        self._orders += orders

    def rounds(self, count: int = 1) -> None:
        for _ in range(count):
            self.loop.take_round()

    def opened(self, *jobs: str) -> None:
        """Open jobs of the same program, each with a training of its own, and wait until they are there."""
        for seed, job in enumerate(jobs):
            self.open(job, Experiment(train=Train(seed=seed)))
        self.rounds()
        assert self.compiled.acquire(timeout=PATIENCE)
        self.rounds(10)

    def said(self, kind: type[A]) -> list[A]:
        return [each for each in self.answers if isinstance(each, kind)]

    def frames(self, job: str) -> list[dict[str, Any]]:
        return [header for header in self.pages.get(job, []) if header["type"] == "frame"]

    # The line and the diary.

    def listen(self, seconds: float) -> Sequence[Order]:
        orders, self._orders = self._orders, []
        return orders

    def say(self, answers: Sequence[Answer]) -> None:
        for answer in answers:
            if isinstance(answer, ForPage):
                for message in answer.messages:
                    self._show(answer.job, unpack(message)[0])
            else:
                self.answers.append(answer)

    def _show(self, job: str, header: dict[str, Any]) -> None:
        self.pages.setdefault(job, []).append(header)
        if self.paints and header["type"] == "frame":
            self.order(MoreCredit(job))

    def working_on(self, job: str) -> None:
        assert not (job and self.now_working_on), "pieces of work are not nested: the outer one would lose its name"
        self.now_working_on = job

    def compiling(self, key: str) -> None:
        if not key:
            self.compiled.release()
