"""A wall: experiments trained in step, as stacks where they can be, else each by its own program in turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from numpy.typing import ArrayLike

from playground.core.experiment import Experiment
from playground.core.stacks import StackShape, stack_shape, stacks_of
from playground.engine.epoch import Epoch
from playground.engine.kept_programs import KeptPrograms
from playground.engine.so_far import SoFar
from playground.engine.stacked.epoch import StackCheckpoint
from playground.engine.stacked.look import Plane, StackLook
from playground.engine.stacked.program import StackProgram
from playground.engine.stacked.range_test import RangeTest
from playground.engine.stacked.trainer import StackTrainer
from playground.engine.trainer import train

PROGRAMS_KEPT = 8
"""Stack programs that are kept for the next walls."""


def train_wall(experiments: Sequence[Experiment]) -> Iterator[list[Epoch]]:
    """Train experiments in step: the untrained networks first, then one list an epoch, until all have ended.

    A member is what `train` makes of its experiment alone, but for rounding where it is a member of a stack. One that
    has ended stays in the list as its last epoch left it; with one that has diverged that is an epoch whose loss is
    not finite.

    Parameters
    ----------
    experiments : at least one

    Yields
    ------
    list of Epoch
        One for each experiment, in the order given.

    Raises
    ------
    ValueError
        When there is none.
    """
    if not experiments:
        raise ValueError("experiments must be at least one. Got none.")
    stacks, alone = stacks_of(experiments)
    members = [*(_stack(experiments, places) for places in stacks), *(_alone(experiments, place) for place in alone)]
    latest = dict(found for each in members for found in next(each))
    yield [latest[place] for place in range(len(experiments))]
    while members := [each for each in members if _goes_on(each, latest)]:
        yield [latest[place] for place in range(len(experiments))]


Items = list[tuple[int, Epoch]]


def _goes_on(members: Iterator[Items], latest: dict[int, Epoch]) -> bool:
    """Let these members have one epoch more, if any of them has one."""
    found = next(members, None)
    latest.update(found or [])
    return found is not None


def _stack(experiments: Sequence[Experiment], places: Sequence[int]) -> Iterator[Items]:
    """The epochs of the members of one stack, by their places on the wall."""
    members = [experiments[place] for place in places]
    trainer, curves = StackTrainer(members, program_of(members)), [SoFar() for _ in members]

    def items() -> Items:
        now = (so_far.carried_by(epoch) for so_far, epoch in zip(curves, trainer.members(), strict=True))
        return list(zip(places, now, strict=True))

    yield items()
    for epoch in trainer.slices(seconds=1.0):
        if epoch is not None:
            yield items()


def _alone(experiments: Sequence[Experiment], place: int) -> Iterator[Items]:
    for epoch in train(experiments[place]):
        yield [(place, epoch)]


def compile_stack(experiments: Sequence[Experiment], shape: StackShape | None = None) -> StackProgram:
    """The program of a stack of these members, for `make_stack` to find."""
    return program_of(experiments, shape)


def look_at_stack(experiments: Sequence[Experiment], planes: Sequence[Plane], n: int) -> StackLook:
    """Looks at the members of a stack, each over its own part of the plane, on n×n grids."""
    return StackLook(experiments, planes, n)


def make_range_test(experiments: Sequence[Experiment], rates: ArrayLike) -> RangeTest:
    """A learning-rate range test of these members of a stack; compiles like `make_stack`."""
    return RangeTest(experiments, program_of(experiments), rates)


def make_stack(
    experiments: Sequence[Experiment], checkpoint: StackCheckpoint | None = None, shape: StackShape | None = None
) -> StackTrainer:
    """A stack of these members, from their untrained networks or from a checkpoint; may be called in a second thread.

    Compiles their program, which takes a second or two, unless one of the last few fits. With a `shape` that has more
    room than they need, others share it.
    """
    return StackTrainer(experiments, program_of(experiments, shape), checkpoint)


_programs: KeptPrograms[StackShape, StackProgram] = KeptPrograms(PROGRAMS_KEPT)


def program_of(members: Sequence[Experiment], shape: StackShape | None = None) -> StackProgram:
    """The program of a stack, compiled unless one of the last few fits."""
    return _programs.get(shape or stack_shape(members), lambda: StackProgram(members, shape))
