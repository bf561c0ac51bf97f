"""What a stack of networks costs beside one of them, and beside `keras.Model.fit` for each, in one run.

Run from the repository: `python -m benchmarks.stack_speed`. Timings move with the machine; read the ratios.
"""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import psutil

from benchmarks.engine_speed import fit_epochs
from playground.core import Experiment
from playground.core.stacks import stacks_of
from playground.engine import compile_program, configure_process, make_trainer
from playground.engine.stacked.program import StackProgram
from playground.engine.stacked.trainer import StackTrainer

COMMON = {"samples": "500", "batch_size": "10", "epochs": "10000"}
ACTIVATIONS = ("relu", "tanh", "sigmoid", "elu")
ROUNDS = 12
EPOCHS_A_ROUND = 10


def member(place: int, **knobs: str) -> Experiment:
    """The default network on 250 training points, but for these knobs."""
    return Experiment.from_query({**COMMON, "seed": str(place), **knobs})[0]


def alike(count: int) -> list[Experiment]:
    """Default networks of different seeds."""
    return [member(place) for place in range(count)]


def mixed(count: int) -> list[Experiment]:
    """Networks of 2 to 16 units a layer and four activations."""
    widths = itertools.cycle(itertools.product((2, 5, 8, 16), repeat=2))
    return [
        member(place, hidden=f"{first},{second}", activation=ACTIVATIONS[place % 4], learning_rate="0.01")
        for place, (first, second) in zip(range(count), widths, strict=False)
    ]


class Wall(NamedTuple):
    """A stack, and at most how many times the epoch of one network its epoch may take."""

    name: str
    most: float
    members: Sequence[Experiment]


WALLS = (
    Wall("64 of [4,2] tanh", 3, alike(64)),
    Wall("64 of 2 to 16 units and four activations", 8, mixed(64)),
    Wall("256 of [4,2] tanh", 12, alike(256)),
)


def epochs_of(slices: Iterator[object]) -> Callable[[], float]:
    """A function that trains some epochs and returns the seconds of one."""

    def some() -> float:
        began = time.perf_counter()
        for _ in itertools.islice((epoch for epoch in slices if epoch is not None), EPOCHS_A_ROUND):
            pass
        return (time.perf_counter() - began) / EPOCHS_A_ROUND

    return some


def stack_epochs(members: Sequence[Experiment]) -> Callable[[], float]:
    """The same of a stack; says what it takes to begin one."""
    before, began = psutil.Process().memory_info().rss, time.perf_counter()
    (places,), _alone = stacks_of(members)
    members = [members[place] for place in places]
    program = StackProgram(members)
    compiled = time.perf_counter()
    trainer = StackTrainer(members, program)
    seconds = compiled - began, time.perf_counter() - compiled
    grown = (psutil.Process().memory_info().rss - before) / 1e6
    print(f"    {seconds[0]:.1f} s to compile, {seconds[1]:.2f} s to begin, {grown:.0f} MB more")
    return epochs_of(trainer.slices(1.0))


def main() -> None:
    """Measure all walls; each time beside one network and beside `fit`."""
    configure_process()
    one = member(0)
    single, fit = epochs_of(make_trainer(one, compile_program(one)).slices(1.0)), fit_epochs(one)
    for call in (single, fit):
        call()
    for wall in WALLS:
        print(wall.name)
        stack = stack_epochs(wall.members)
        stack()
        times = [(stack(), single()) for _ in range(ROUNDS)]
        ratio = statistics.median(stacked / alone for stacked, alone in times)
        seconds = statistics.median(stacked for stacked, _ in times)
        against_fit = len(wall.members) * statistics.median(fit() for _ in range(3)) / seconds
        print(f"    {1000 * seconds:.1f} ms an epoch: {ratio:.1f} of one network's (at most {wall.most})", end="; ")
        print(f"{against_fit:.0f} times faster than `fit` of each")


if __name__ == "__main__":
    main()
