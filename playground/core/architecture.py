"""Which experiments may share one compiled program."""

from __future__ import annotations

from typing import Any

from playground.core import heads
from playground.core.experiment import Experiment
from playground.core.optimizers import OPTIMIZERS


def program_key(experiment: Experiment) -> str:
    """Equal for two experiments exactly when one compiled program can train both.

    The key holds what shapes the computation: layers, head, optimizer, what its penalties do, batch size and point
    counts. Learning rate, regularisation rates, seeds, dataset, noise and initial weights are inputs of a program, so
    they are absent.
    """
    model = experiment.model
    layers = len(experiment.inputs), model.hidden, model.activations, model.dropout, model.batch_norm
    return repr((*layers, *head_and_steps(experiment)))


def head_and_steps(experiment: Experiment) -> tuple[Any, ...]:
    """What shapes the computation besides the hidden layers: head, optimizer, penalties, batch and point counts."""
    data, model, train = experiment.data, experiment.model, experiment.train
    momentum = train.momentum if OPTIMIZERS[train.optimizer].has_momentum else None
    return (
        data.task,
        experiment.output,
        experiment.loss,
        heads.output_units(data, model),
        train.optimizer,
        momentum,
        model.regularization,
        min(train.batch_size, data.n_train),
        data.n_train,
        data.n_watched,
    )
