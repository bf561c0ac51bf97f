"""The learning signals of each layer: a pure function of the weights of an epoch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from playground.core.experiment import Experiment
from playground.core.signals import Floats, Signals, norms, update_ratios
from playground.engine.build import ACTIVATION_OF_OUTPUT
from playground.engine.inputs import expand, sampled, targets
from playground.engine.layers import LayerOutputs, layer_outputs
from playground.engine.program import Program

MOST_POINTS = 10_000
"""The signals are taken over the first so many training points at most."""
TAILS = {"tanh": (-0.97, 0.97), "sigmoid": (0.015, 0.985)}
"""Beyond these outputs a unit's slope is below 6 % of its steepest (1 − h² of 1, h·(1 − h) of 1/4)."""
MOST_OF_THE_POINTS = 0.9
"""A unit is saturated when its output is in a tail for at least this share of the points."""

Weights = Sequence[NDArray[np.floating]]


def layer_signals(
    program: Program,
    experiment: Experiment,
    weights: Weights,
    before: Weights | None = None,
    epochs: int = 1,
    most_points: int = MOST_POINTS,
) -> Signals:
    """The signals of every Dense layer, over the first `most_points` training points.

    Parameters
    ----------
    weights : in the order of `model.get_weights()`, from any epoch
    before : the weights `epochs` epochs earlier; without them the update ratios are nan
    """
    data = sampled(experiment.data)
    X, y = data.X_train[:most_points], data.y_train[:most_points]
    found = layer_outputs(program, experiment, weights, X)
    penalties = experiment.model.l1, experiment.model.l2
    gradients = program.gradients(weights, expand(experiment, X), targets(experiment, y), *penalties)
    lengths = norms(weights)
    moved = np.full(len(lengths), np.nan) if before is None else update_ratios(weights, before, epochs)
    return Signals(lengths, norms(gradients), moved, *_stuck(experiment, found))


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
