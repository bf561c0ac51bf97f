"""What a network makes of the plane: a pure function of weights and view, for any epoch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.core.grid import Range
from playground.engine.blocks import blocks_of, joined
from playground.engine.compiled import Tensors
from playground.engine.contours import NO_LINES, border_lines
from playground.engine.inputs import expand
from playground.engine.looks import LAYER_ROWS, MAP_ROWS, VIEW_ROWS
from playground.engine.plane import MAP_SIZE, VIEW_SIZE, Plane, plane_for_views
from playground.engine.program import View

if TYPE_CHECKING:
    from playground.engine.network import Network

Values = NDArray[np.float32]


@dataclass(frozen=True)
class Boundary:
    """A network's answer on a grid.

    `values` is (K, n, n): value[k, i, j] at x2 = axis2[i], x1 = axis1[j], as `predict` gives it. `lines` is (m, 2):
    where p = 0.5, or the borders between classes, as polylines separated by a row of NaN; empty for regression.
    """

    values: Values
    lines: Values


@dataclass(frozen=True)
class Picture:
    """What a frame shows of a network: its boundary, and of each hidden layer what its neurons say, (units, 24, 24).

    `hidden` is empty when no maps were asked for.
    """

    boundary: Boundary
    hidden: list[Values]


def boundary_of(network: Network, x1: Range, x2: Range, n: int) -> Boundary:
    """The values and borders of a network on an n×n grid."""
    plane = plane_for_views(network.experiment, x1, x2, n)
    return _boundary(network, plane, *_through(network, plane.blocks, n * n))


def picture_of(network: Network, x1: Range, x2: Range, maps: bool) -> Picture:
    """The same on a grid of one view, with what the hidden neurons say."""
    plane = plane_for_views(network.experiment, x1, x2, VIEW_SIZE)
    view = network.program.view(network.weights, plane.blocks[0])
    return Picture(_boundary(network, plane, view.values, view.scores), _maps(network, view) if maps else [])


def values_at(network: Network, X: ArrayLike) -> Values:
    """The values at points, (n, K)."""
    return _at(network, X)[0].T


def scores_at(network: Network, X: ArrayLike) -> Values:
    """What decides between the classes at points, unsaturated.

    Returns
    -------
    (K, n) float32
        The logits, K > 1; or one row that is positive where class 1 is decided for: the logit, or the output minus its
        threshold where these two do not change sign together.
    """
    X = np.asarray(X)
    if len(X) > LAYER_ROWS:
        return _at(network, X)[1]
    # A few points: the smaller of the two compiled functions, a tenth of the work.
    found = network.layers(X)
    return network.program.scores(found.logits, found.outputs).T


def _boundary(network: Network, plane: Plane, values: Values, scores: Values) -> Boundary:
    values, scores = values.reshape(-1, *plane.x1.shape), scores.reshape(-1, *plane.x1.shape)
    if network.experiment.data.task == "regression":
        return Boundary(values, NO_LINES)
    return Boundary(values, border_lines(plane.x1, plane.x2, scores))


def _maps(network: Network, view: View) -> list[Values]:
    """The maps of each hidden layer, out of those of all."""
    ends = np.cumsum(network.experiment.model.hidden, dtype=int)
    maps = view.maps.reshape(-1, MAP_SIZE, MAP_SIZE)
    return np.split(maps, ends[:-1]) if len(ends) else []


def _at(network: Network, X: ArrayLike) -> tuple[Values, Values]:
    """Values and scores at points, each (K, n)."""
    inputs = expand(network.experiment, X)
    return _through(network, blocks_of(inputs, VIEW_ROWS, MAP_ROWS), len(inputs))


def _through(network: Network, blocks: Tensors, n: int) -> tuple[Values, Values]:
    """Values and scores of n points in blocks."""
    views = [network.program.view(network.weights, block) for block in blocks]
    return joined([view.values for view in views], n, axis=1), joined([view.scores for view in views], n, axis=1)
