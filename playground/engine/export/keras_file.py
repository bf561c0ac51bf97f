"""The whole way from raw points to what the page shows, as one Keras model of Keras's own layers and operations."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from typing import Any

import keras
import numpy as np
from keras import ops

from playground.core.experiment import Experiment
from playground.core.features import Scaler
from playground.engine.build import build_layers
from playground.engine.epoch import Weights
from playground.engine.export.portable import Portable, portable
from playground.engine.export.terms import Term, computed

OPERATIONS: Mapping[str, Callable[..., Any]] = {
    "+": ops.add,
    "-": ops.subtract,
    "*": ops.multiply,
    "/": ops.divide,
    "**": ops.power,
    "square": ops.square,
    "negative": ops.negative,
    "abs": ops.abs,
    "sin": ops.sin,
    "cos": ops.cos,
    "tanh": ops.tanh,
    "exp": ops.exp,
    "log": ops.log,
    "sqrt": ops.sqrt,
}


def keras_model(experiment: Experiment, weights: Weights) -> keras.Model:
    """The network of an experiment with these weights, its features and scaling inside.

    A `.keras` file of it loads in a process that knows nothing of the playground. It is not compiled.

    Parameters
    ----------
    weights : in the order and shapes of `build_model(experiment).get_weights()`

    Returns
    -------
    keras.Model
        From raw points (n, coordinates) float32 to (n, K) float32: the probability of class 1, or of each class; of a
        regression the target, in its own unit.

    Raises
    ------
    ValueError
        When the weights are not those of such a network.
    """
    network = portable(experiment, weights)
    points = keras.Input((network.coordinates,), name="points")
    sequential = build_layers(experiment, None)
    sequential.set_weights(weights)
    with warnings.catch_warnings():  # of a softmax over one unit: here that mistake is an experiment
        warnings.filterwarnings("ignore", "You are using a softmax over axis", UserWarning)
        outputs = _inputs(network, points)
        for layer in sequential.layers:
            outputs = layer(outputs)
        return keras.Model(points, _read(network, outputs), name="playground")


def _inputs(network: Portable, points: Any) -> Any:
    """What the first layer is given. Scales are measured in float64: of large numbers that hardly differ, too."""
    scaler = network.scaler
    found = ops.cast(points, "float64") if scaler else points
    if network.features is not None:
        found = _features(network.features, found)
    return _scaled(scaler, found) if scaler else found


def _features(features: tuple[Term, ...], points: Any) -> Any:
    columns = {"x1": points[:, 0:1], "x2": points[:, 1:2]}
    found = [computed(term, OPERATIONS, columns) for term in features]
    return found[0] if len(found) == 1 else ops.concatenate(found, axis=1)


def _scaled(scaler: Scaler, columns: Any) -> Any:
    mean, deviation = (np.asarray(each, np.float64) for each in (scaler.mean, scaler.deviation))
    return ops.cast(ops.divide(ops.subtract(columns, mean), deviation), "float32")


def _read(network: Portable, outputs: Any) -> Any:
    if network.reading == "number":
        middle, deviation = network.target
        return outputs if network.target == (0.0, 1.0) else ops.add(ops.multiply(outputs, deviation), middle)
    return ops.clip((outputs + 1) / 2 if network.reading == "signed" else outputs, 0.0, 1.0)
