"""The rates that train an epoch: the experiment's, as changed until then, and its schedule's share."""

from __future__ import annotations

from playground.core.experiment import Experiment
from playground.core.schedule import learning_rate_at


def rates_after(experiment: Experiment, epoch: int) -> tuple[float, float, float]:
    """Learning rate, l1 and l2 of the steps from `epoch` to the next."""
    now = experiment.in_force(epoch)
    return learning_rate_at(now.train, epoch), now.model.l1, now.model.l2
