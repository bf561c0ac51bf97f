"""The learning signals of each layer: a pure function of the weights of an epoch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from playground.core.experiment import Experiment
from playground.core.inputs import sampled
from playground.core.signals import Floats, Signals, norms, update_ratios
from playground.engine.build import ACTIVATION_OF_OUTPUT
from playground.engine.epoch import Weights
from playground.engine.inputs import targets
from playground.engine.layers import LayerOutputs

if TYPE_CHECKING:
    from playground.engine.network import Network

MOST_POINTS = 10_000
"""The signals are taken over the first so many training points at most."""
TAILS = {"tanh": (-0.97, 0.97), "sigmoid": (0.015, 0.985)}
"""Beyond these outputs a unit's slope is below 6 % of its steepest (1 − h² of 1, h·(1 − h) of 1/4)."""
MOST_OF_THE_POINTS = 0.9
"""A unit is saturated when its output is in a tail for at least this share of the points."""


def signals_of(network: Network, before: Weights | None, epochs: int, most_points: int) -> Signals:
    """The signals of every Dense layer of a network, over its first `most_points` training points."""
    experiment = network.experiment
    data = sampled(experiment.trained.data)
    X, y = data.X_train[:most_points], data.y_train[:most_points]
    gradients = network.gradients(X, targets(experiment, y))
    lengths = norms(network.weights)
    moved = np.full(len(lengths), np.nan) if before is None else update_ratios(network.weights, before, epochs)
    return Signals(lengths, norms(gradients), moved, *_stuck(experiment, network.layers(X)))


def _stuck(experiment: Experiment, found: LayerOutputs) -> tuple[Floats, Floats]:
    """The shares of dead and of saturated units of each layer; nan after weights that are no numbers."""
    activations = [*experiment.model.activations, ACTIVATION_OF_OUTPUT[experiment.output]]
    named = list(zip([*found.hidden, found.outputs], activations, strict=True))
    if not np.isfinite(found.logits).all():  # relu makes 0 of nan
        return np.full(len(named), np.nan), np.full(len(named), np.nan)
    return np.array([_dead(*each) for each in named]), np.array([_saturated(*each) for each in named])


def _dead(outputs: NDArray[np.float32], activation: str) -> float:
    # Equality holds on every processor: relu does not compute its 0, it chooses it.
    return float((outputs == 0).all(axis=0).mean()) if activation == "relu" else np.nan


def _saturated(outputs: NDArray[np.float32], activation: str) -> float:
    if activation not in TAILS:
        return np.nan
    low, high = TAILS[activation]
    in_a_tail = ((outputs < low) | (outputs > high)).mean(axis=0)
    return float((in_a_tail >= MOST_OF_THE_POINTS).mean())
