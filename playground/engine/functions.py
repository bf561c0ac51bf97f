"""What can be asked of a network, as functions of a program, an experiment and weights.

Scripts and tests outside the playground call the engine by these names. Inside, a `Network` is passed on.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.core.experiment import Experiment
from playground.core.grid import Range
from playground.core.signals import Signals
from playground.engine.boundary import Boundary
from playground.engine.layers import LOGIT_MAP_SIZE, Dense, LayerOutputs, dense_of
from playground.engine.network import Network
from playground.engine.plane import MAP_SIZE, VIEW_SIZE
from playground.engine.program import Program
from playground.engine.signals import MOST_POINTS
from playground.engine.ties import Ties

Floats32 = NDArray[np.float32]


def predict(program: Program, experiment: Experiment, weights: Sequence[ArrayLike], X: ArrayLike) -> Floats32:
    """`Network.predict`."""
    return _network(program, experiment, weights).predict(X)


def view_boundary(
    program: Program,
    experiment: Experiment,
    weights: Sequence[ArrayLike],
    x1_range: Range,
    x2_range: Range,
    n: int = VIEW_SIZE,
) -> Boundary:
    """`Network.boundary`."""
    return _network(program, experiment, weights).boundary(x1_range, x2_range, n)


def boundary_ties(
    program: Program,
    experiment: Experiment,
    weights: Sequence[ArrayLike],
    x1_range: Range,
    x2_range: Range,
    n: int = VIEW_SIZE,
) -> Ties:
    """`Network.ties`."""
    return _network(program, experiment, weights).ties(x1_range, x2_range, n)


def layer_outputs(program: Program, experiment: Experiment, weights: Sequence[ArrayLike], X: ArrayLike) -> LayerOutputs:
    """`Network.layers`."""
    return _network(program, experiment, weights).layers(X)


def neuron_maps(
    program: Program,
    experiment: Experiment,
    weights: Sequence[ArrayLike],
    x1_range: Range,
    x2_range: Range,
    n: int = MAP_SIZE,
) -> list[Floats32]:
    """`Network.neuron_maps`."""
    return _network(program, experiment, weights).neuron_maps(x1_range, x2_range, n)


def logit_maps(
    program: Program,
    experiment: Experiment,
    weights: Sequence[ArrayLike],
    x1_range: Range,
    x2_range: Range,
    n: int = LOGIT_MAP_SIZE,
) -> Floats32:
    """`Network.logit_maps`."""
    return _network(program, experiment, weights).logit_maps(x1_range, x2_range, n)


def layer_signals(
    program: Program,
    experiment: Experiment,
    weights: Sequence[ArrayLike],
    before: Sequence[ArrayLike] | None = None,
    epochs: int = 1,
    most_points: int = MOST_POINTS,
) -> Signals:
    """`Network.signals`."""
    earlier = None if before is None else _arrays(before)
    return _network(program, experiment, weights).signals(earlier, epochs, most_points)


def dense_weights(experiment: Experiment, weights: Sequence[Floats32]) -> list[Dense]:
    """`Network.dense`, without a program: of each layer the place of its kernel in `weights`, kernel and bias."""
    return dense_of(experiment, weights)


def _network(program: Program, experiment: Experiment, weights: Sequence[ArrayLike]) -> Network:
    return Network(program, experiment, _arrays(weights))


def _arrays(weights: Sequence[ArrayLike]) -> list[Floats32]:
    return [np.asarray(weight, np.float32) for weight in weights]
