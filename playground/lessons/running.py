"""Running a lesson as a learner would, from other seeds: whether its checks say what it promises."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from playground.core.experiment import Experiment
from playground.core.wall import Wall
from playground.lessons.check import REACHED, Check
from playground.lessons.lesson import Failing, Lesson, Step
from playground.lessons.run import Run

Train: TypeAlias = Callable[[Experiment], Iterator[Any]]
"""Yields an item for each epoch, from the untrained network on, which carries the curves so far."""
TrainWall: TypeAlias = Callable[[Sequence[Experiment]], Iterator[Sequence[Any]]]
"""The same for several networks in step: a list with an item for each."""

LARGEST_SEED = 1_000_000_000


@dataclass(frozen=True)
class Outcome:
    """What a check said of one run.

    Attributes
    ----------
    step : from 1
    title : of the step
    what : which of the step's settings was run: ``experiment``, ``solution`` or ``fails[1]``
    seeds : of the data, and of the network
    sentence : what the check said at the end
    fault : why that is not what the lesson promises; empty where it is
    """

    step: int
    title: str
    what: str
    seeds: tuple[int, int]
    sentence: str
    fault: str

    def __str__(self) -> str:
        state = f"NOT AS PROMISED ({self.fault})" if self.fault else "as promised"
        data_seed, seed = self.seeds
        return (
            f"step {self.step}, {self.title}, {self.what}, data_seed={data_seed}, seed={seed}: {self.sentence}: {state}"
        )


def seeds_for(count: int, first: int = 0) -> list[tuple[int, int]]:
    """So many pairs of seeds, of the data and of the network, which no lesson names."""
    pairs = np.random.default_rng([first, 2026]).integers(1_000, LARGEST_SEED, (count, 2))
    return [(int(data_seed), int(seed)) for data_seed, seed in pairs]


def own_seeds(subject: Experiment | Wall) -> tuple[int, int]:
    """The seeds that a link names, of the data and of the network."""
    base = subject.base if isinstance(subject, Wall) else subject
    return base.data.data_seed, base.train.seed


def outcomes(
    lesson: Lesson, train: Train, train_wall: TrainWall, seeds: Sequence[tuple[int, int]]
) -> Iterator[Outcome]:
    """What the checks say of all the lesson's settings, from their own seeds and from each of these pairs.

    Where a step has a solution, that must be reached and the step's own settings must not; else those must be. What
    must not be reached must not be so at any epoch.
    """
    for number, step in enumerate(lesson.steps, start=1):
        if step.check is None:
            continue
        for what, tried, reaches in _settings(step):
            for pair in (own_seeds(tried.subject), *seeds):
                sentence, fault = _tried(step.check, tried, reaches, pair, train, train_wall)
                yield Outcome(number, step.title, what, pair, sentence, fault)


def seeded(subject: Experiment | Wall, seeds: tuple[int, int]) -> Experiment | Wall:
    """The same with other seeds, of the data and of the network."""
    if isinstance(subject, Wall):
        base = seeded(subject.base, seeds)
        assert isinstance(base, Experiment)
        return Wall(base, subject.rows, subject.columns, subject.seeds)
    data = subject.data.model_copy(update={"data_seed": seeds[0]})
    train = subject.train.model_copy(update={"seed": seeds[1]})
    return subject.model_copy(update={"data": data, "train": train})


def _settings(step: Step) -> Iterator[tuple[str, Failing, bool]]:
    """What is run of a step, and whether it must reach the check."""
    own = "experiment" if step.experiment else "wall"
    yield own, Failing(step.subject), step.solution is None
    if step.solution is not None:
        yield "solution", Failing(step.solution), True
    for place, failing in enumerate(step.fails, start=1):
        yield f"fails[{place}]", failing, False


def _tried(
    check: Check, tried: Failing, reaches: bool, seeds: tuple[int, int], train: Train, train_wall: TrainWall
) -> tuple[str, str]:
    """What the check says in the end, and what is wrong with that."""
    subject = seeded(tried.subject, seeds)
    runs: Iterator[list[Run]]
    runs = _of_wall(subject, train_wall) if isinstance(subject, Wall) else _of_one(subject, train)
    reached, ever, sentence = False, -1, ""
    for run in runs:
        reached, sentence = check.of(run)
        if reached and ever < 0:
            ever = max(each.epoch for each in run)
    if reaches:
        if ever >= 0 and check.has_a_time_limit:  # it was reached in time, and the time is over
            return REACHED, ""
        return sentence, "" if reached else "it must be reached"
    if ever >= 0:
        return sentence, f"it must not be reached, and was so at epoch {ever}"
    if tried.because not in sentence:
        return sentence, f"it must be because of {tried.because}"
    return sentence, ""


def _of_one(experiment: Experiment, train: Train) -> Iterator[list[Run]]:
    last: list[Run] = []
    for item in train(experiment):
        last = [Run.of(item)]
        yield last
    yield _ended(last)


def _of_wall(wall: Wall, train_wall: TrainWall) -> Iterator[list[Run]]:
    last: list[Run] = []
    for items in train_wall(wall.experiments):
        last = [Run.of(item) for item in items]
        yield last
    yield _ended(last)


def _ended(runs: Sequence[Run]) -> list[Run]:
    return [Run(run.curves, run.weights, ended=True) for run in runs]
