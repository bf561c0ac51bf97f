"""What a run hands out: an epoch's figures and weights, and the state to go on from. Free of TensorFlow."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from playground.core.parts import Data

Ended = Literal["finished", "early_stopping", "diverged"]
Weights = list[NDArray[np.float32]]


@dataclass(frozen=True)
class Epoch:
    """A network after `epoch` epochs; epoch 0 is untrained.

    Losses are in nats for cross-entropies, penalties included, evaluated on the whole part after the epoch: `loss` and
    `accuracy` on the training part, `val_loss` and `val_accuracy` on the validation part, or on the test part without.
    `fit_loss` is the running mean that `keras.Model.fit` reports, nan at epoch 0. Accuracies are shares in [0, 1],
    nan for regression. `learning_rate` is the rate that trained this epoch (at epoch 0: the rate to come).
    `weights` are float32 arrays in the order and shapes of `model.get_weights()`.
    `curves` are those of the run up to this epoch, (epochs, 6) with the columns `CURVES`, where `train` yielded it.
    """

    epoch: int
    loss: float
    accuracy: float
    val_loss: float
    val_accuracy: float
    fit_loss: float
    learning_rate: float
    weights: Weights = field(repr=False)
    curves: NDArray[np.float64] | None = field(default=None, repr=False, compare=False)

    @property
    def is_finite(self) -> bool:
        """Whether both losses are numbers; a run that lost them has diverged."""
        return math.isfinite(self.loss) and math.isfinite(self.val_loss)


def figures_of_sums(sums: Iterable[Any], data: Data) -> dict[str, Any]:
    """The figures of an epoch, by their names in `Epoch`.

    Parameters
    ----------
    sums : fit loss; train loss, train hits, watched loss, watched hits; penalty: a number each, or an array of many
        networks' numbers
    data : of the network, or of each of them as far as its counts go
    """
    fit_loss, loss, hits, val_loss, val_hits, penalty = sums
    a_hit = math.nan if data.task == "regression" else 1.0
    return {
        "loss": loss / data.n_train + penalty,
        "accuracy": a_hit * hits / data.n_train,
        "val_loss": val_loss / data.n_watched + penalty,
        "val_accuracy": a_hit * val_hits / data.n_watched,
        "fit_loss": fit_loss / data.n_train,
    }


@dataclass(frozen=True)
class Patience:
    """How far early stopping has come: the least val_loss, the epoch that had it, and the epochs since."""

    least: float = math.inf
    best: Epoch | None = None
    waited: int = 0


@dataclass(frozen=True)
class Checkpoint:
    """A run at its last finished epoch with finite losses: NumPy and plain values, so it travels anywhere.

    It goes on with the trainer's own `experiment`, which holds the rates.

    `lost` is the epoch after it, when that one diverged: the run stays ended. With `lost=None` it goes on instead.
    `memory` is what Keras keeps besides the weights: optimizer slots and the dropout generators' states.
    `order` is the state of the batch order's bit generator.
    """

    epoch: Epoch
    memory: list[NDArray[Any]] = field(repr=False)
    order: Mapping[str, Any] = field(repr=False)
    patience: Patience = field(repr=False)
    ended: Ended | None = None
    lost: Epoch | None = field(default=None, repr=False)
