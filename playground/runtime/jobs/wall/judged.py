"""The networks of a wall as a lesson judges them: each as if it had trained alone."""

from __future__ import annotations

from collections.abc import Sequence

from playground.core.experiment import Experiment
from playground.core.wall.curves import curves_of
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
        runs.append(Run(curves_of(experiment, rows), weights.get(place, ()), ended or training.ended))
    return runs
