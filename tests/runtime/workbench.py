"""Runs in the process of the test, with the arithmetic engine, a clock that the test moves, and a page that draws."""

from __future__ import annotations

from typing import Any, cast

from playground.core import Experiment
from playground.runtime import Limits
from playground.runtime.engine import Engine, Program
from playground.runtime.jobs.job import Kept
from playground.runtime.jobs.run import Run
from playground.runtime.jobs.trainings import Trainings
from playground.runtime.protocol.packing import unpack
from playground.runtime.protocol.page import Viewed
from tests.channel_types import check_message
from tests.runtime import arithmetic_engine
from tests.runtime.peers import Clock

Message = tuple[dict[str, Any], dict[str, Any]]


class Workbench:
    """Trainings and runs, as a worker holds them."""

    def __init__(self, **limits: Any) -> None:
        self.clock = Clock()
        self.limits = Limits(**limits)
        self.trainings = Trainings(cast(Engine, arithmetic_engine), self.limits)

    def run(self, experiment: Experiment | None = None, kept: Kept | None = None, epoch: int = 0) -> Run:
        program = cast(Program, arithmetic_engine.compile_program(experiment or Experiment()))
        return Run(self.trainings, program, experiment or Experiment(), kept, epoch, self.clock)


def messages_of(run: Run) -> list[Message]:
    """All that the run sends until it has nothing more to do, to a page that draws at once."""
    found: list[Message] = []
    for _ in range(10_000):
        run.pacing.credits = 2
        if not run.wants_turn:
            return found
        for message in run.turn():
            found.append(unpack(message))
            check_message(*found[-1])
            if found[-1][0]["type"] == "view":
                run.hear(Viewed())
    raise AssertionError("the run never rests")


def frame_of(run: Run) -> Message:
    """The newest frame."""
    return [each for each in messages_of(run) if each[0]["type"] == "frame"][-1]


def train(run: Run, epochs: int) -> list[Message]:
    """Train so many epochs, one by one; what was sent."""
    sent = []
    for _ in range(epochs):
        run.step()
        sent += messages_of(run)
    return sent


def curve(messages: list[Message]) -> list[list[float]]:
    """The rows of a page's curves after these messages."""
    rows: list[list[float]] = []
    for header, arrays in messages:
        if header["type"] == "frame":
            del rows[header["curves_start"] :]
            rows += arrays["curves"].tolist()
    return rows
