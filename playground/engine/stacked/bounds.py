"""How large the weights of a stack may be while its losses are numbers for certain: then these need no look.

No activation makes of a number one farther from 0 than 2 and 1.1 times it (SELU reaches farthest: 1.76 and 1.06).
So what a layer puts out is bounded by its inputs and its weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from playground.core.experiment import Experiment
from playground.core.losses import LOSSES
from playground.core.stacks import StackShape
from playground.engine.inputs import SPARSE_LOSS

MOST = 1e33
"""Float32 goes to 3e38: the sum of the losses stays far below."""
MOST_RATES = 20.0
"""No rates of both penalties are higher together."""
CANDIDATES = tuple(2.0 ** (half / 2) for half in range(24, -24, -1))


def largest_safe_weight(
    experiments: Sequence[Experiment], shape: StackShape, units: int, n_points: int, farthest: float
) -> float:
    """No loss of a network of the shape is infinite, or no number, while no weight is farther than this from 0.

    Parameters
    ----------
    units : of the output layer
    n_points : whose losses are added up
    farthest : from 0, of inputs and targets
    """
    if not all(map(_is_number_of_numbers, experiments)):
        return 0.0
    widths = [shape.features, *shape.hidden, units]
    return next((most for most in CANDIDATES if n_points * _most_loss(most, widths, farthest) <= MOST), 0.0)


def _is_number_of_numbers(experiment: Experiment) -> bool:
    return LOSSES[experiment.loss].finite or (experiment.loss == SPARSE_LOSS and experiment.output == "softmax")


def _most_loss(most: float, widths: Sequence[int], farthest: float) -> float:
    """The most that a point's loss can be with its penalties, of weights up to `most`."""
    signal = farthest
    for inputs, _units in pairwise(widths):
        signal = 2 + 1.1 * most * (inputs * signal + 1)
    n_weights = sum((inputs + 1) * units for inputs, units in pairwise(widths))
    return (signal + farthest + 20) ** 2 + MOST_RATES * n_weights * max(most, most * most)
