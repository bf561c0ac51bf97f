"""Which experiments may share one compiled program."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from playground.core import heads
from playground.core.experiment import Experiment
from playground.core.optimizers import OPTIMIZERS

ANY = "any"
"""Stands for the point counts of a program that takes any."""


def program_key(experiment: Experiment) -> str:
    """Equal for two experiments exactly when one compiled program can train both.

    The key holds what shapes the computation: layers, head, optimizer, what its penalties do, batch size and point
    counts, but where points come and go. Learning rate, regularisation rates, seeds, dataset, noise and initial weights
    are inputs of a program, so they are absent.
    """
    model = experiment.model
    layers = len(experiment.inputs), model.hidden, model.activations, model.dropout, model.batch_norm
    counts = (experiment.train.batch_size, ANY) if experiment.data.counts_vary else batch_and_counts(experiment)
    return repr((*layers, *head_and_steps(experiment), *counts))


def trainable_parameters(experiment: Experiment) -> int:
    """How many numbers training changes: weights and biases, and scale and shift of batch normalisation."""
    model = experiment.model
    widths = [len(experiment.inputs), *model.hidden, heads.output_units(experiment.data, model)]
    dense = sum((before + 1) * units for before, units in pairwise(widths))
    return dense + (2 * sum(model.hidden) if model.batch_norm else 0)


def head_and_steps(experiment: Experiment) -> tuple[Any, ...]:
    """What shapes the computation besides hidden layers, batch and point counts: head, optimizer, penalties."""
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
    )


def batch_and_counts(experiment: Experiment) -> tuple[int, int, int]:
    """Points in a batch, to train on, and in the part watched."""
    data = experiment.data
    return min(experiment.train.batch_size, data.n_train), data.n_train, data.n_watched
