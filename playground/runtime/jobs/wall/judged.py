"""The networks of a wall as a lesson judges them: each as if it had trained alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from playground.core.experiment import Experiment
from playground.core.history import CURVES, FIGURES
from playground.core.schedule import learning_rate_at
from playground.lessons.run import Run
from playground.runtime.jobs.wall.training import WallTraining


def runs_of(training: WallTraining, experiments: Sequence[Experiment]) -> list[Run]:
    """The run of each network up to the newest epoch, or to its own end."""
    figures = training.figures(0, training.newest + 1)
    weights = training.network_weights()
    runs = []
    for place, experiment in enumerate(experiments):
        ended = bool(training.ends[place])
        rows = figures[: training.epochs[place] + 1, place] if ended else figures[:, place]
        curves = np.empty((len(rows), len(CURVES)))
        curves[:, 0] = np.arange(len(rows))
        curves[:, 1 : 1 + len(FIGURES)] = rows
        curves[:, -1] = _rates(experiment, len(rows))
        runs.append(Run(curves, weights.get(place, ()), ended or training.ended))
    return runs


def _rates(experiment: Experiment, epochs: int) -> list[float]:
    """The rate that trained each epoch; of epoch 0, which nothing trained, the first one."""
    return [
        learning_rate_at(experiment.in_force(max(epoch - 1, 0)).train, max(epoch - 1, 0)) for epoch in range(epochs)
    ]
