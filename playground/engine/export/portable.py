"""A network as plain numbers and names: what it takes to compute it anywhere, from raw points to probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import keras
import numpy as np
from numpy.typing import NDArray

from playground.core import heads
from playground.core.datasets import target_scale
from playground.core.experiment import Experiment
from playground.core.features import Scaler
from playground.core.inputs import scaler_of, seen_by
from playground.core.parts import COORDINATES
from playground.engine.build import ACTIVATION_OF_OUTPUT
from playground.engine.epoch import Weights
from playground.engine.export.terms import Term, term_of

Floats32 = NDArray[np.float32]
NORMALISATION_EPSILON: float = keras.layers.BatchNormalization().epsilon
"""What is added to a variance."""


@dataclass(frozen=True, eq=False)
class Layer:
    """Kernel (inputs, units), bias (units,), and what follows.

    Of batch normalisation `scale` and `shift` (units,) are what it does to x: scale · x + shift; else None.
    """

    kernel: Floats32
    bias: Floats32
    activation: str
    scale: Floats32 | None = None
    shift: Floats32 | None = None


@dataclass(frozen=True, eq=False)
class Portable:
    """All of a network.

    Attributes
    ----------
    coordinates : how many numbers a raw point has
    features : what is computed of them; None where the network is given them as they are
    scaler : standardises the inputs; None where they are as they are
    layers : hidden layers, then the output
    reading : what a classification makes of an output o: "signed" for (o + 1) / 2 and "plain" for o, both clipped to
        [0, 1]; "number" for a regression
    target : for a regression, its output times the second number plus the first is the target in its own unit
    """

    coordinates: int
    features: tuple[Term, ...] | None
    scaler: Scaler | None
    layers: tuple[Layer, ...]
    reading: str
    target: tuple[float, float]


def portable(experiment: Experiment, weights: Weights) -> Portable:
    """The network of an experiment with these weights, in the order of `model.get_weights()`.

    Raises
    ------
    ValueError
        When the weights are not those of such a network.
    """
    experiment = experiment.trained
    data = experiment.data
    return Portable(
        coordinates=len(data.inputs),
        features=features_of(experiment),
        scaler=scaler_of(seen_by(experiment)),
        layers=tuple(_layers(experiment, [np.asarray(weight, np.float32) for weight in weights])),
        reading=reading_of(experiment),
        target=target_scale(data),
    )


def features_of(experiment: Experiment) -> tuple[Term, ...] | None:
    """What is computed of a raw point; None where a network is given its coordinates as they are."""
    if not experiment.data.uses_features or experiment.model.features == COORDINATES:
        return None
    return tuple(term_of(name) for name in experiment.model.features)


def reading_of(experiment: Experiment) -> str:
    """How the outputs are read (`Portable.reading`)."""
    if experiment.data.task == "regression":
        return "number"
    return "signed" if heads.has_signed_targets(experiment.data, experiment.model) else "plain"


def _layers(experiment: Experiment, weights: Sequence[Floats32]) -> list[Layer]:
    model = experiment.model
    step = 6 if model.batch_norm else 2
    activations = [*model.activations, ACTIVATION_OF_OUTPUT[experiment.output]]
    _check(experiment, weights, step)
    layers = []
    for index, activation in enumerate(activations):
        kernel, bias, *norm = weights[step * index : step * index + step]
        layers.append(Layer(kernel, bias, activation, *_normalisation(norm)))
    return layers


def _check(experiment: Experiment, weights: Sequence[Floats32], step: int) -> None:
    widths = [len(experiment.inputs), *experiment.model.hidden, heads.output_units(experiment.data, experiment.model)]
    hidden = [(shape, *[shape[1:]] * (step - 1)) for shape in pairwise(widths[:-1])]
    wanted = [*chain(*hidden), tuple(widths[-2:]), tuple(widths[-1:])]
    found = [weight.shape for weight in weights]
    if found != wanted:
        raise ValueError(f"weights must have the shapes {wanted}. Got {found}.")


def _normalisation(norm: Sequence[Floats32]) -> tuple[Floats32 | None, Floats32 | None]:
    if not norm:
        return None, None
    gamma, beta, mean, variance = (each.astype(np.float64) for each in norm)
    scale = gamma / np.sqrt(variance + NORMALISATION_EPSILON)
    return scale.astype(np.float32), (beta - mean * scale).astype(np.float32)
