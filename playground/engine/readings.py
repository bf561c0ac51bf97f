"""How a network's outputs are read: as values for people, and as scores that decide between the classes."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import tensorflow as tf

from playground.core import heads
from playground.core.experiment import Experiment
from playground.engine.compiled import Tensor

ACTIVATION_MIDDLE = {"sigmoid": 0.5, "tanh": 0.0}
"""The output of these activations where their logit is 0."""


class Readings(NamedTuple):
    """Functions of tensors or arrays, each (n, K).

    `values` takes outputs: probabilities, or a regression's outputs. `scores` takes logits and outputs: they cross
    zero (K = 1), or one another, where the decision changes, and do not saturate.
    """

    values: Callable[[Tensor], Tensor]
    scores: Callable[[Tensor, Tensor], Tensor]


def make_readings(experiment: Experiment) -> Readings:
    """The readings of an experiment's head."""
    data, model, output = experiment.data, experiment.model, experiment.output
    if data.task == "regression":
        return Readings(lambda outputs: outputs, lambda logits, outputs: outputs)
    signed = heads.has_signed_targets(data, model)
    threshold, values = (0.0, _of_signed) if signed else (0.5, _within_0_and_1)
    if heads.has_unit_per_class(data, model) or ACTIVATION_MIDDLE.get(output) == threshold:
        return Readings(values, lambda logits, outputs: logits)
    return Readings(values, lambda logits, outputs: outputs - threshold)


def _within_0_and_1(outputs: Tensor) -> Tensor:
    return tf.clip_by_value(outputs, 0.0, 1.0)


def _of_signed(outputs: Tensor) -> Tensor:
    return _within_0_and_1((outputs + 1) / 2)
