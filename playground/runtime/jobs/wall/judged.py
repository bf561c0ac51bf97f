"""The networks of a wall as a lesson judges them: each as if it had trained alone."""

from __future__ import annotations

from collections.abc import Sequence

from playground.core.experiment import Experiment
from playground.core.wall.curves import curves_of
from playground.lessons.run import Run
from playground.runtime.jobs.judging import Seen
from playground.runtime.jobs.wall.training import WallTraining


def seen_of(training: WallTraining, experiments: Sequence[Experiment]) -> Seen:
    """The run of each network up to an epoch, or to its own end; with its weights at the newest one alone."""
    figures = training.figures(0, training.newest + 1)
    weights = training.network_weights()
    newest = []
    for place, experiment in enumerate(experiments):
        ended = bool(training.ends[place])
        rows = figures[: training.epochs[place] + 1, place] if ended else figures[:, place]
        newest.append(Run(curves_of(experiment, rows), weights.get(place, ()), ended or training.ended))
    return Seen(newest, lambda epoch: [_at(epoch, run) for run in newest])


def _at(epoch: int, run: Run) -> Run:
    return Run(run.curves[: epoch + 1], ended=run.ended and run.epoch <= epoch)
