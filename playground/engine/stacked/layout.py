"""Where the weights of a stack's members lie: all of a member in one row, narrower members padded with zeros."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from playground.core import heads
from playground.core.experiment import Experiment
from playground.core.stacks import StackShape, chosen_from, stack_shape

Floats32 = NDArray[np.float32]


class Layout:
    """The rows of a stack, (members, P): kernel and bias of each layer, flat, padded to the widest member.

    Parameters
    ----------
    experiments : the members
    shape : with room for them; by default with no more than they need

    Raises
    ------
    ValueError
        When the shape has no room for them.
    """

    def __init__(self, experiments: Sequence[Experiment], shape: StackShape | None = None) -> None:
        self.experiments = list(experiments)
        self.shape: StackShape = shape or stack_shape(experiments)
        if not self.shape.has_room_for(experiments):
            raise ValueError(f"A stack must have a shape with room for its members. Got {self.shape}.")
        self.shapes = _shapes(self.shape.features, *self.shape.hidden, self.units)
        """Of the padded weights, in the order of `get_weights`."""

    @property
    def units(self) -> int:
        """Units of the output layer, which all members share."""
        return heads.output_units(self.experiments[0].data, self.experiments[0].model)

    def real_shapes(self, member: int) -> list[tuple[int, ...]]:
        """The shapes of a member's own weights."""
        experiment = self.experiments[member]
        return _shapes(len(experiment.inputs), *experiment.model.hidden, self.units)

    @cached_property
    def _real_shapes(self) -> list[list[tuple[slice, ...]]]:
        """Of each member's weights, where they lie in the padded ones."""
        members = range(self.shape.members)
        return [[tuple(map(slice, shape)) for shape in self.real_shapes(member)] for member in members]

    def pack(self, weights: Sequence[Sequence[NDArray[np.float32]]]) -> Floats32:
        """The rows of these weights, (members, P); each member's as `get_weights` gives them."""
        rows = np.zeros((self.shape.members, self.size), np.float32)
        for views, own in zip(self.unpack(rows), weights, strict=True):
            for view, weight in zip(views, own, strict=True):
                view[...] = weight
        return rows

    def unpack(self, rows: Floats32) -> list[list[Floats32]]:
        """Each member's own weights from the rows (members, P), without padding; views of the rows."""
        padded = self._split(rows)
        pairs = enumerate(self._real_shapes)
        return [[table[member][own] for table, own in zip(padded, shapes, strict=True)] for member, shapes in pairs]

    def masks(self) -> list[Floats32]:
        """For each hidden layer (members, choices, units).

        1 for a unit that the member has, by the activation that it has of those its group may choose from; else 0.
        """
        return [self._mask(layer, units) for layer, units in enumerate(self.shape.hidden)]

    def _mask(self, layer: int, units: int) -> Floats32:
        mask = np.zeros((self.shape.members, self.shape.choices(layer), units), np.float32)
        choices = [chosen_from(own[layer]) for count, own in self.shape.groups for _ in range(count)]
        for own, names, experiment in zip(mask, choices, self.experiments, strict=True):
            own[names.index(experiment.model.activations[layer]), : experiment.model.hidden[layer]] = 1
        return mask

    def kernels(self) -> Floats32:
        """(P,): 1 where a row holds a weight of a kernel, 0 where a bias."""
        return np.concatenate([np.full(math.prod(shape), len(shape) - 1, np.float32) for shape in self.shapes])

    @cached_property
    def size(self) -> int:
        """P, the numbers in a row."""
        return sum(math.prod(shape) for shape in self.shapes)

    def _split(self, rows: Floats32) -> list[Floats32]:
        """The padded weights of all members, (members, d, units) and (members, units) in turn; views of the rows."""
        ends = np.cumsum([math.prod(shape) for shape in self.shapes])[:-1]
        pieces = np.split(rows, ends, axis=1)
        return [piece.reshape(-1, *shape) for piece, shape in zip(pieces, self.shapes, strict=True)]


def _shapes(*widths: int) -> list[tuple[int, ...]]:
    """Of the kernel and the bias of each layer between inputs and outputs of these widths."""
    return [shape for d, units in pairwise(widths) for shape in ((d, units), (units,))]
