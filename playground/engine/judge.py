"""How outputs are judged: the loss and the hit of each point, by Keras's own functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import keras
import tensorflow as tf

from playground.core.experiment import Experiment
from playground.engine.build import LOSSES, accuracy_of_points
from playground.engine.compiled import Tensor


class Judge(NamedTuple):
    """`loss` is Keras's own; `accuracy` is 0 or 1 for each point, or None for a regression."""

    loss: keras.losses.Loss
    accuracy: Callable[[Any, Any], Any] | None

    def __call__(self, y: Tensor, outputs: Tensor) -> tuple[Tensor, Tensor]:
        """Loss and hit of each point, (n,) each, of targets and outputs (n, units)."""
        loss = tf.reshape(self.loss.call(y, outputs), [-1])
        if self.accuracy is None:
            return loss, tf.zeros_like(loss)
        return loss, tf.reshape(self.accuracy(y, outputs), [-1])


def make_judge(experiment: Experiment) -> Judge:
    """The judge of an experiment's head."""
    return Judge(LOSSES[experiment.loss](), accuracy_of_points(experiment))
