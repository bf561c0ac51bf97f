"""The curves of a network of a wall, as those of one that trains alone are kept."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.core.experiment import Experiment
from playground.core.history import CURVES, FIGURES
from playground.core.schedule import learning_rate_at


def curves_of(experiment: Experiment, figures: NDArray[np.floating]) -> NDArray[np.float64]:
    """Rows of `CURVES`, (epochs, 6).

    Parameters
    ----------
    figures : (epochs, 4) rows of `FIGURES` from epoch 0 on
    """
    curves = np.empty((len(figures), len(CURVES)))
    curves[:, 0] = np.arange(len(figures))
    curves[:, 1 : 1 + len(FIGURES)] = figures
    curves[:, -1] = [_rate_of(experiment, max(epoch - 1, 0)) for epoch in range(len(figures))]
    return curves


def _rate_of(experiment: Experiment, epoch: int) -> float:
    """The rate that trains the epoch after this one; of epoch 0, which nothing trained, the first one is told."""
    return learning_rate_at(experiment.in_force(epoch).train, epoch)
