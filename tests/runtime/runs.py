"""Runs of the real engine in the process of the test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from playground import engine
from playground.core import Experiment
from playground.core.architecture import program_key
from playground.runtime import Limits
from playground.runtime.engine import Engine, Program
from playground.runtime.jobs.job import Kept
from playground.runtime.jobs.run import Run
from playground.runtime.jobs.trainings import Trainings
from tests.runtime.peers import Clock

OpenRun = Callable[..., Run]
_programs: dict[str, Program] = {}


def open_run(experiment: Experiment, kept: Kept | None = None, epoch: int = 0, **limits: Any) -> Run:
    """A run with a worker of its own; its clock stands still unless the test moves it. Programs are compiled once."""
    key = program_key(experiment)
    if key not in _programs:
        _programs[key] = engine.compile_program(experiment)
    trainings = Trainings(cast(Engine, engine), Limits(**limits))
    return Run(trainings, _programs[key], experiment, kept, epoch, Clock())
