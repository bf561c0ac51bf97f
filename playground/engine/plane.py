"""Grids over the plane as a network sees them, made once for all epochs and all runs that see them alike."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from playground.core.experiment import Experiment
from playground.core.grid import Range, grid_points
from playground.core.inputs import Seen, inputs_of, plane_of, seen_by
from playground.core.parts import Data
from playground.engine.blocks import blocks_of
from playground.engine.compiled import Tensors
from playground.engine.looks import LAYER_ROWS, MAP_ROWS, VIEW_ROWS

VIEW_SIZE = 100
"""Cells along each side of a boundary: one view."""
MAP_SIZE = 24
"""Cells along each side of a neuron's map."""


class Plane(NamedTuple):
    """An n×n grid: coordinates (n, n), the network's inputs (n*n, d), and these as blocks of a compiled function."""

    x1: NDArray[np.float64]
    x2: NDArray[np.float64]
    inputs: NDArray[np.float32]
    blocks: Tensors


def plane_for_layers(experiment: Experiment, x1: Range, x2: Range, n: int) -> Plane:
    """The grid for looks into the layers."""
    return _layers_plane(seen_by(experiment), experiment.data, _floats(x1), _floats(x2), n)


def plane_for_views(experiment: Experiment, x1: Range, x2: Range, n: int) -> Plane:
    """The grid for views; a grid of one view has the neurons' maps beside it."""
    return _views_plane(seen_by(experiment), experiment.data, _floats(x1), _floats(x2), n)


def _floats(ends: Range) -> Range:
    return float(ends[0]), float(ends[1])


@lru_cache(maxsize=16)
def _layers_plane(seen: Seen, shown: Data, x1: Range, x2: Range, n: int) -> Plane:
    return _plane(seen, shown, x1, x2, n, LAYER_ROWS, 0)


@lru_cache(maxsize=16)
def _views_plane(seen: Seen, shown: Data, x1: Range, x2: Range, n: int) -> Plane:
    plane = _plane(seen, shown, x1, x2, n, VIEW_ROWS, MAP_ROWS)
    if n != VIEW_SIZE:
        return plane
    maps = _layers_plane(seen, shown, x1, x2, MAP_SIZE)
    return plane._replace(blocks=[tf.constant(np.concatenate([plane.inputs, maps.inputs]))])


def _plane(seen: Seen, shown: Data, x1: Range, x2: Range, n: int, rows: int, beside: int) -> Plane:
    points = grid_points(x1, x2, n)
    inputs = inputs_of(seen, plane_of(shown).points(points))
    x1_of, x2_of = points.T.reshape(2, n, n)
    return Plane(x1_of, x2_of, inputs, blocks_of(inputs, rows, beside))
