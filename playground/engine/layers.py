"""What every neuron makes of points: a pure function of weights and points, for any epoch."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.core.experiment import Experiment
from playground.core.grid import Range, grid_points
from playground.core.parts import Data, FeatureName, Model
from playground.engine.blocks import blocks_of
from playground.engine.inputs import expand
from playground.engine.program import LAYER_ROWS, Program

Values = NDArray[np.float32]
MAP_SIZE = 24
"""Cells along each side of a neuron's map."""
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


def layer_outputs(program: Program, experiment: Experiment, weights: Sequence[ArrayLike], X: ArrayLike) -> LayerOutputs:
    """What the network with these weights makes of points, layer by layer, as Keras does in inference mode.

    Parameters
    ----------
    weights : in the order of `model.get_weights()`, from any epoch
    X : (n, 2) float
    """
    inputs = expand(experiment, X)
    return _through(program, weights, inputs, blocks_of(inputs, LAYER_ROWS))


def neuron_maps(
    program: Program,
    experiment: Experiment,
    weights: Sequence[ArrayLike],
    x1_range: Range,
    x2_range: Range,
    n: int = MAP_SIZE,
) -> list[Values]:
    """What each input, neuron and output says over the plane.

    Returns
    -------
    list of (units, n, n) float32
        Inputs, hidden layers, outputs; entry [unit, i, j] is at the i-th x2 and the j-th x1.
    """
    x1_range, x2_range = (float(x1_range[0]), float(x1_range[1])), (float(x2_range[0]), float(x2_range[1]))
    model = experiment.model
    inputs, blocks = _grid(experiment.data, model.features, model.standardize, x1_range, x2_range, n)
    found = _through(program, weights, inputs, blocks)
    layers = [found.inputs, *found.hidden, found.outputs]
    return [layer.T.reshape(-1, n, n) for layer in layers]


def logit_maps(
    program: Program,
    experiment: Experiment,
    weights: Sequence[ArrayLike],
    x1_range: Range,
    x2_range: Range,
    n: int = LOGIT_MAP_SIZE,
) -> Values:
    """What goes into the output activation over the plane.

    Returns
    -------
    (output units, n, n) float32
        Entry [unit, i, j] is at the i-th x2 and the j-th x1.
    """
    x1_range, x2_range = (float(x1_range[0]), float(x1_range[1])), (float(x2_range[0]), float(x2_range[1]))
    model = experiment.model
    inputs, blocks = _grid(experiment.data, model.features, model.standardize, x1_range, x2_range, n)
    return _through(program, weights, inputs, blocks).logits.T.reshape(-1, n, n)


def dense_weights(experiment: Experiment, weights: Sequence[Values]) -> list[tuple[int, Values, Values]]:
    """Of each hidden layer and the output: the place of its kernel in `weights`, kernel (inputs, units), bias (units,).

    The bias follows its kernel; batch normalisation puts four arrays of its own between two layers.
    """
    step = 6 if experiment.model.batch_norm else 2
    places = [step * index for index in range(len(experiment.model.hidden) + 1)]
    return [(place, weights[place], weights[place + 1]) for place in places]


def _through(program: Program, weights: Sequence[ArrayLike], inputs: Values, blocks: list[Any]) -> LayerOutputs:
    parts = [program.layers(weights, block) for block in blocks]
    if len(parts) == 1:
        *hidden, logits, outputs = (layer[: len(inputs)] for layer in parts[0])
    else:
        *hidden, logits, outputs = (np.concatenate(each)[: len(inputs)] for each in zip(*parts, strict=True))
    return LayerOutputs(inputs, hidden, logits, outputs)


@lru_cache(maxsize=16)
def _grid(
    data: Data, features: tuple[FeatureName, ...], standardize: bool, x1_range: Range, x2_range: Range, n: int
) -> tuple[Values, list[Any]]:
    """The grid as a network sees it, made once for all epochs and all runs that see it alike."""
    seen_by = Experiment(data=data, model=Model(features=features, standardize=standardize))
    inputs = expand(seen_by, grid_points(x1_range, x2_range, n))
    return inputs, blocks_of(inputs, LAYER_ROWS)
