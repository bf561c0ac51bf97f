"""What every neuron makes of points: a pure function of weights and points, for any epoch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.core.experiment import Experiment
from playground.core.grid import Range, grid_points
from playground.engine.blocks import blocks_of
from playground.engine.inputs import expand
from playground.engine.program import LAYER_ROWS, Program

Values = NDArray[np.float32]
MAP_SIZE = 30
"""Cells along each side of a neuron's map."""


class LayerOutputs(NamedTuple):
    """The data after each layer; float32.

    `inputs` is (n, number of features), `hidden` one (n, units) a hidden layer (after batch normalisation and
    activation), `logits` and `outputs` are (n, output units).
    """

    inputs: Values
    hidden: list[Values]
    logits: Values
    outputs: Values


def layer_outputs(program: Program, experiment: Experiment, weights: Sequence[ArrayLike], X: ArrayLike) -> LayerOutputs:
    """What the network with these weights makes of points, layer by layer, as Keras does in inference mode.

    Parameters
    ----------
    weights : in the order of `model.get_weights()`, from any epoch
    X : (n, 2) float
    """
    inputs = expand(experiment, X)
    blocks = [program.layers(weights, block) for block in blocks_of(inputs, LAYER_ROWS)]
    *hidden, logits, outputs = (np.concatenate(parts)[: len(inputs)] for parts in zip(*blocks, strict=True))
    return LayerOutputs(inputs, hidden, logits, outputs)


def neuron_maps(
    program: Program, experiment: Experiment, weights: Sequence[ArrayLike], x1_range: Range, x2_range: Range
) -> list[Values]:
    """What each input, neuron and output says over the plane.

    Returns
    -------
    list of (units, MAP_SIZE, MAP_SIZE) float32
        Inputs, hidden layers, outputs; entry [unit, i, j] is at the i-th x2 and the j-th x1.
    """
    points = grid_points(x1_range, x2_range, MAP_SIZE)
    found = layer_outputs(program, experiment, weights, points)
    layers = [found.inputs, *found.hidden, found.outputs]
    return [layer.T.reshape(-1, MAP_SIZE, MAP_SIZE) for layer in layers]
