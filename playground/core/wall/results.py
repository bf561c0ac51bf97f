"""What the networks of a wall have come to: the newest figures of each, and of each cell the mean and the spread."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.core.history import FIGURES


class Summed(NamedTuple):
    """A figure of the seeds of a cell that have one: nan where none has."""

    mean: float
    least: float
    most: float


def newest_figures(figures: NDArray[np.floating], diverged: NDArray[np.bool_]) -> NDArray[np.float64]:
    """(networks, 4): of each network its last figures that are numbers; nan of one that has diverged: it has no result.

    Parameters
    ----------
    figures : (epochs, networks, 4)
    diverged : (networks,)
    """
    newest: NDArray[np.float64] = figures[-1].astype(np.float64)
    for row in figures[-2::-1]:
        known = np.isfinite(newest).any(axis=1)
        if known.all():
            break
        newest[~known] = row[~known]
    newest[diverged] = np.nan
    return newest


def summed(figures: NDArray[np.float64], cells: int) -> list[dict[str, Summed]]:
    """Of each cell its figures by their names, from those of all networks."""
    each = figures.reshape(cells, -1, len(FIGURES))
    return [{name: _sum(seeds[:, column]) for column, name in enumerate(FIGURES)} for seeds in each]


def _sum(values: NDArray[np.float64]) -> Summed:
    finite = values[np.isfinite(values)]
    if not len(finite):
        return Summed(np.nan, np.nan, np.nan)
    return Summed(float(finite.mean()), float(finite.min()), float(finite.max()))
