"""A learning-rate range test of an experiment: who trains at which rates, and what counts as a point of its curve."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from playground.core.experiment import Experiment
from playground.core.parts import MAX_SEED
from playground.core.rate_finder import published_rates, range_test_rates
from playground.core.stacks import stack_key

SEEDS = 8
PUBLISHED_EPOCHS = 500
"""Of the published schedule: up to a rate of 10."""
MOST_STEPS = 100_000
PUBLISHED = {"rates": "published"}
"""What a link says besides the experiment's knobs."""


@dataclass(frozen=True)
class RateTest:
    """An experiment with several seeds, whose rate grows from step to step, or by the published schedule.

    Raises
    ------
    ValueError
        When the networks cannot train as one; the message is a sentence for the page.
    """

    experiment: Experiment
    published: bool = False

    def __post_init__(self) -> None:
        if stack_key(self.experiment) is None:
            raise ValueError("The rate finder trains networks without dropout and batch normalisation. Got one with.")

    def to_query(self) -> dict[str, str]:
        """What a link says of the test."""
        return {**self.experiment.to_query(), **(PUBLISHED if self.published else {})}

    @cached_property
    def members(self) -> tuple[Experiment, ...]:
        """The experiment with each seed."""
        train = self.experiment.train
        seeds = [(train.seed + further) % (MAX_SEED + 1) for further in range(SEEDS)]
        return tuple(
            self.experiment.model_copy(update={"train": train.model_copy(update={"seed": seed})}) for seed in seeds
        )

    @property
    def steps_of_a_point(self) -> int:
        """How many steps have one rate: one, or those of an epoch."""
        data, train = self.experiment.data, self.experiment.train
        return math.ceil(data.n_train / min(train.batch_size, data.n_train)) if self.published else 1

    @cached_property
    def rates(self) -> NDArray[np.float64]:
        """(points,) the rate of each point."""
        if not self.published:
            return range_test_rates()
        return published_rates(min(PUBLISHED_EPOCHS, max(MOST_STEPS // self.steps_of_a_point, 1)))

    def points(self, losses: NDArray[np.float64]) -> NDArray[np.float64]:
        """(seeds, points) of the losses (seeds, steps): the mean of the steps of each point that is whole."""
        each = self.steps_of_a_point
        whole = losses.shape[1] // each
        means: NDArray[np.float64] = losses[:, : whole * each].reshape(len(losses), whole, each).mean(axis=2)
        return means
