"""How much a wall is: the weights of all its networks, and the points that they see."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from playground.core import heads
from playground.core.experiment import Experiment
from playground.core.wall.draft import COLUMNS, ROWS, SEEDS, Draft

MAX_WEIGHTS = 4_000_000
"""Of all networks together: what is kept of a wall, about every second, is three times as many numbers."""
MAX_POINTS = 5_000_000
"""Of all different sets of data together."""


def few_weights(draft: Draft) -> tuple[Draft, list[str]]:
    """As many seeds as there is room for; else the columns go, and then the rows."""
    return _within(draft, weights_of, MAX_WEIGHTS, "weights")


def few_points(draft: Draft) -> tuple[Draft, list[str]]:
    """The columns go, and then the rows, where the sets of data would have too many points in all."""
    return _within(draft, points_of, MAX_POINTS, "points")


def weights_of(draft: Draft) -> int:
    """Weights and biases of all networks."""
    return draft.seeds * sum(weights_in(cell.experiment) for cell in draft.cells().values())


def points_of(draft: Draft) -> int:
    """Points of all different sets of data; seeds share them."""
    return sum(data.n_samples for data in {cell.experiment.data for cell in draft.cells().values()})


def weights_in(experiment: Experiment) -> int:
    """Weights and biases of one network."""
    model = experiment.model
    units = len(experiment.inputs), *model.hidden, heads.output_units(experiment.data, model)
    return sum((before + 1) * after for before, after in pairwise(units))


def _within(draft: Draft, measure: Callable[[Draft], int], most: int, what: str) -> tuple[Draft, list[str]]:
    got = measure(draft)
    if got <= most:
        return draft, []
    smaller, said = next(each for each in _smaller(draft, most / got) if measure(each[0]) <= most)
    return smaller, [f"A wall must have at most {most:,} {what} in all. Got {got:,}: {said}."]


def _smaller(draft: Draft, share: float) -> Iterator[tuple[Draft, str]]:
    """What is left with less and less of it; one network is never too much."""
    seeds = max(int(draft.seeds * share), 1)
    yield draft._replace(seeds=seeds), f"{SEEDS} are {seeds}"
    yield draft._replace(columns=None), f"{COLUMNS} are left out"
    yield draft._replace(seeds=1, columns=None), f"{COLUMNS} are left out and {SEEDS} are 1"
    yield draft._replace(seeds=1, rows=None), f"{ROWS} are left out and {SEEDS} are 1"
    yield draft._replace(seeds=1, rows=None, columns=None), f"{ROWS} and {COLUMNS} are left out and {SEEDS} are 1"
