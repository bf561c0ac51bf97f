"""Which experiments train as one stack: many networks in one program, each a member with numbers of its own."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import chain, groupby, repeat
from typing import NamedTuple

from playground.core.architecture import batch_and_counts, head_and_steps
from playground.core.experiment import Experiment
from playground.core.inputs import seen_by

EITHER = "|"


class StackShape(NamedTuple):
    """What the trace of a stack depends on: stacks of one shape share a program.

    A shape may have more room than its members need: then they share a program with others that need more.

    Attributes
    ----------
    members : how many networks
    sets : room for so many sets of points, which members may share
    features, hidden : inputs and units of each hidden layer, of the widest member each
    groups : of the members in a row, how many have which activations, one a hidden layer; ``relu|tanh`` stands for
        either, as each member has it
    common : what all members share, in `stack_key`'s words
    """

    members: int
    sets: int
    features: int
    hidden: tuple[int, ...]
    groups: tuple[tuple[int, tuple[str, ...]], ...]
    common: str

    def choices(self, layer: int) -> int:
        """How many activations a member may choose from in this hidden layer, where it may choose from most."""
        return max(len(chosen_from(own[layer])) for _count, own in self.groups)

    def has_room_for(self, members: Sequence[Experiment]) -> bool:
        """Whether these members, in this order, may be trained by a program of this shape."""
        own = stack_shape(members)
        if (own.members, own.common) != (self.members, self.common):
            return False
        sizes = zip((own.sets, own.features, *own.hidden), (self.sets, self.features, *self.hidden), strict=True)
        offered = chain.from_iterable(repeat(each, count) for count, each in self.groups)
        return all(needed <= there for needed, there in sizes) and all(
            name in chosen_from(names)
            for member, layers in zip(members, offered, strict=True)
            for name, names in zip(member.model.activations, layers, strict=True)
        )


def chosen_from(names: str) -> list[str]:
    """The activations that a group's entry for a layer stands for."""
    return names.split(EITHER)


def stack_key(experiment: Experiment) -> str | None:
    """Equal for two experiments exactly when they may be members of one stack; None when it cannot be one of any.

    Dropout draws one mask after the other from a generator of its own, and batch normalisation keeps statistics of its
    own: such networks train alone.
    """
    model = experiment.model
    if model.dropout > 0 or model.batch_norm:
        return None
    return repr((len(model.hidden), *head_and_steps(experiment), *batch_and_counts(experiment)))


def stacks_of(experiments: Sequence[Experiment]) -> tuple[list[list[int]], list[int]]:
    """The places of experiments by the stacks they form, and the places of those that train alone.

    Both in the order in which they are first met; in a stack, members with the same activations follow one another,
    since each activation is computed for its own members alone.
    """
    stacks: dict[str, list[int]] = {}
    alone: list[int] = []
    for place, experiment in enumerate(experiments):
        key = stack_key(experiment)
        (alone if key is None else stacks.setdefault(key, [])).append(place)
    return [sorted(places, key=lambda place: experiments[place].model.activations) for places in stacks.values()], alone


def points_key(experiment: Experiment) -> Hashable:
    """Equal for two members of a stack exactly when they are trained on the same inputs and targets."""
    return seen_by(experiment)


def _room_for(sets: int) -> int:
    """A power of two: else each number of sets would be another shape."""
    return 1 << (sets - 1).bit_length()


def stack_shape(members: Sequence[Experiment]) -> StackShape:
    """The shape of a stack.

    Raises
    ------
    ValueError
        When these experiments cannot be members of one stack.
    """
    keys = {stack_key(experiment) for experiment in members}
    if len(keys) != 1 or None in keys:
        raise ValueError(f"members must have one stack_key. Got {len(keys)} in {len(members)} members.")
    models = [experiment.model for experiment in members]
    layers = range(len(models[0].hidden))
    return StackShape(
        members=len(members),
        sets=_room_for(len({points_key(experiment) for experiment in members})),
        features=max(len(experiment.inputs) for experiment in members),
        hidden=tuple(max(model.hidden[layer] for model in models) for layer in layers),
        groups=tuple((len(list(group)), own) for own, group in groupby(model.activations for model in models)),
        common=str(keys.pop()),
    )
