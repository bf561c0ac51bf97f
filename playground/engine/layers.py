"""What every neuron makes of points: a pure function of weights and points, for any epoch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.core.experiment import Experiment
from playground.core.grid import Range
from playground.engine.blocks import blocks_of, joined
from playground.engine.compiled import Tensors
from playground.engine.inputs import expand
from playground.engine.looks import LAYER_ROWS
from playground.engine.plane import plane_for_layers

if TYPE_CHECKING:
    from playground.engine.network import Network

Values = NDArray[np.float32]
LOGIT_MAP_SIZE = 64
"""Cells along each side of a map of logits: four blocks."""


class LayerOutputs(NamedTuple):
    """The data after each layer; float32.

    `inputs` is (n, number of features), `hidden` one (n, units) a hidden layer (after batch normalisation and
    activation), `logits` and `outputs` are (n, output units).
    """

    inputs: Values
    hidden: list[Values]
    logits: Values
    outputs: Values


class Dense(NamedTuple):
    """A Dense layer: the place of its kernel among the weights, kernel (inputs, units), bias (units,)."""

    place: int
    kernel: Values
    bias: Values


def layer_outputs_of(network: Network, X: ArrayLike) -> LayerOutputs:
    """What a network makes of points (n, 2), layer by layer."""
    inputs = expand(network.experiment, X)
    return _through(network, inputs, blocks_of(inputs, LAYER_ROWS))


def neuron_maps_of(network: Network, x1: Range, x2: Range, n: int) -> list[Values]:
    """What each input, neuron and output says over the plane, (units, n, n) a layer."""
    found = _over_plane(network, x1, x2, n)
    return [layer.T.reshape(-1, n, n) for layer in (found.inputs, *found.hidden, found.outputs)]


def logit_maps_of(network: Network, x1: Range, x2: Range, n: int) -> Values:
    """What goes into the output activation over the plane, (output units, n, n)."""
    return _over_plane(network, x1, x2, n).logits.T.reshape(-1, n, n)


def dense_of(experiment: Experiment, weights: Sequence[Values]) -> list[Dense]:
    """The hidden layers and the output.

    The bias follows its kernel; batch normalisation puts four arrays of its own between two layers.
    """
    step = 6 if experiment.model.batch_norm else 2
    places = [step * index for index in range(len(experiment.model.hidden) + 1)]
    return [Dense(place, weights[place], weights[place + 1]) for place in places]


def _over_plane(network: Network, x1: Range, x2: Range, n: int) -> LayerOutputs:
    plane = plane_for_layers(network.experiment, x1, x2, n)
    return _through(network, plane.inputs, plane.blocks)


def _through(network: Network, inputs: Values, blocks: Tensors) -> LayerOutputs:
    parts = [network.program.layers(network.weights, block) for block in blocks]
    *hidden, logits, outputs = (joined(each, len(inputs)) for each in zip(*parts, strict=True))
    return LayerOutputs(inputs, hidden, logits, outputs)
