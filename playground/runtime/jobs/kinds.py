"""The kinds of jobs there are, by name: a module of this package declares its own with `kind`."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from playground.core.experiment import Experiment
from playground.runtime.engine import Program
from playground.runtime.jobs.job import Job, Kept
from playground.runtime.jobs.trainings import Trainings


class Beginning(NamedTuple):
    """What a job begins from: its experiment, and what was kept of it and the epoch it had come to, if any."""

    experiment: Experiment
    kept: Kept | None = None
    epoch: int = 0


Clock: TypeAlias = Callable[[], float]
Begin: TypeAlias = Callable[[Trainings, Program, Beginning, Clock], Job]

KINDS: dict[str, Begin] = {}


def kind(name: str) -> Callable[[Begin], Begin]:
    """Make a function the way in which jobs of this kind begin."""

    def known(begin: Begin) -> Begin:
        KINDS[name] = begin
        return begin

    return known
