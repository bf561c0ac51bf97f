"""What the members of a stack say over the plane: a pure function of their weights, for any epoch."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from playground.core.experiment import Experiment
from playground.core.grid import Range, grid_points
from playground.core.stacks import points_key
from playground.engine.compiled import Tensor
from playground.engine.inputs import expand_plane
from playground.engine.readings import make_readings
from playground.engine.stacked.initial import initial_rows
from playground.engine.stacked.layout import Layout
from playground.engine.stacked.network import StackedNetwork

Floats32 = NDArray[np.float32]
Plane = tuple[Range, Range]

MOST_AT_ONCE = 1 << 19
"""Most numbers that a layer puts out at once,"""
MOST_PRODUCTS = 1 << 26
"""and most products that are summed up for it: either takes some milliseconds."""
FEWEST_ROWS = 8
"""Of fewer points the weights would be read more often than used."""


class _Grid(NamedTuple):
    """What the members are fed: (sets, n·n, features), and the set of each member."""

    inputs: Tensor
    of: Tensor


class StackLook:
    """Looks at a stack's members over n×n grids.

    Nothing is traced: a look is a few dozen operations, and those on the first look are there before any program is.

    Parameters
    ----------
    experiments : the members
    planes : of each member the x1 and x2 range to look at
    n : cells along each side

    Attributes
    ----------
    initial : (members, P) float32, the weights that the members begin with
    """

    def __init__(self, experiments: Sequence[Experiment], planes: Sequence[Plane], n: int) -> None:
        self.n = n
        self._layout = Layout(experiments)
        shape = self._layout.shape
        self._network = StackedNetwork(self._layout.shapes, shape.groups, experiments[0].output)
        self._values = make_readings(experiments[0]).values
        self._masks = [tf.constant(mask) for mask in self._layout.masks()]
        self._grid = _grid_of(experiments, planes, n, shape.features)
        self.initial = initial_rows(experiments, self._layout)
        widest = max(shape.features, *shape.hidden, self._layout.units)
        room = min(MOST_AT_ONCE // (widest * shape.members), MOST_PRODUCTS // (self._layout.size * shape.members))
        self._rows = max(room, FEWEST_ROWS)

    def maps(self, rows: Floats32, seconds: float = 0.02) -> Iterator[Floats32 | None]:
        """What the members with these weights say, in slices of time: None until the last one gives it.

        Parameters
        ----------
        rows : (members, P) float32, as the stack's `Layout` has them

        Yields
        ------
        (members, K, n, n) float32 or None
            value[m, k, i, j] at x2 = axis2[i], x1 = axis1[j], as `predict` gives it.
        """
        weights = tf.constant(rows)
        pieces: list[Floats32] = []
        until = time.perf_counter() + seconds
        for first in range(0, self.n * self.n, self._rows):
            if pieces and time.perf_counter() > until:
                yield None
                until = time.perf_counter() + seconds
            pieces.append(self._values_of(weights, first))
        values = np.concatenate(pieces, axis=1)
        yield np.moveaxis(values.reshape(len(rows), self.n, self.n, -1), 3, 1)

    def _values_of(self, weights: Tensor, first: int) -> Floats32:
        """The values (members, rows, K) at some of the points."""
        x = tf.gather(self._grid.inputs[:, first : first + self._rows], self._grid.of)
        outputs = self._network.outputs(self._network.logits(weights, x, self._masks))
        found: Floats32 = self._values(outputs).numpy()
        return found.reshape(len(weights), -1, found.shape[1])


def _grid_of(experiments: Sequence[Experiment], planes: Sequence[Plane], n: int, features: int) -> _Grid:
    """The grids of all members, of those that see the same only one."""
    pairs = list(zip(experiments, planes, strict=True))
    keys = [(points_key(experiment), experiment.data, plane) for experiment, plane in pairs]
    places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    firsts = [keys.index(key) for key in places]
    inputs = [expand_plane(experiments[first], grid_points(*planes[first], n)) for first in firsts]
    padded = [np.pad(own, ((0, 0), (0, features - own.shape[1]))) for own in inputs]
    return _Grid(tf.constant(np.array(padded)), tf.constant([places[key] for key in keys], tf.int32))
