"""What a page sees of a wall's networks: of each cell the mean of its seeds, and where they disagree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.core import heads
from playground.core.experiment import Experiment
from playground.runtime.engine import Floats32
from playground.runtime.subjects import Many
from playground.runtime.views.quantised import Bytes, as_bytes, quantised


class CellMaps(NamedTuple):
    """The maps of all cells.

    Attributes
    ----------
    maps : (cells, K, n, n), the mean of a cell's seeds
    ranges : (cells, 2), what 0 and 255 stand for
    spread : (cells, n, n), the share of the seeds (255 is 1) that do not say what most say
    disagreement : (cells,), the mean share
    """

    maps: Bytes
    ranges: Floats32
    spread: Bytes
    disagreement: Floats32


def cell_maps(wall: Many, values: Mapping[int, Floats32], n: int) -> CellMaps:
    """The maps of all cells.

    Parameters
    ----------
    values : of networks by their places, (K, n, n) each; what is missing or not a number counts for nothing
    """
    most = max(heads.output_units(cell.data, cell.model) for cell in wall.cells)
    found = CellMaps(
        np.zeros((len(wall.cells), most, n, n), np.uint8),
        np.zeros((len(wall.cells), 2), np.float32),
        np.zeros((len(wall.cells), n, n), np.uint8),
        np.zeros(len(wall.cells), np.float32),
    )
    for place, experiment in enumerate(wall.cells):
        seeds = seeds_of(wall, values, place)
        mean = np.mean(seeds, axis=0) if len(seeds) else _undecided(experiment, n)
        found.maps[place, : len(mean)], *found.ranges[place] = quantised(mean, experiment.data.task)
        if len(seeds) > 1:
            shares = _disagreeing(seeds, experiment, found.ranges[place, 1])
            found.spread[place], found.disagreement[place] = as_bytes(shares, 0.0, 1.0), shares.mean()
    return found


def seed_maps(wall: Many, values: Mapping[int, Floats32], cell: int, found: CellMaps, n: int) -> Bytes:
    """(seeds, K, n, n): each network of a cell, in the colours of their mean."""
    lo, hi = map(float, found.ranges[cell])
    own = [values.get(place) for place in range(cell * wall.seeds, (cell + 1) * wall.seeds)]
    undecided = _undecided(wall.cells[cell], n)
    return as_bytes(np.array([undecided if each is None else each for each in own]), lo, hi)


def seeds_of(wall: Many, values: Mapping[int, Floats32], cell: int) -> Floats32:
    """(seeds, K, n, n): those networks of a cell whose values are numbers."""
    places = range(cell * wall.seeds, (cell + 1) * wall.seeds)
    found = [values[place] for place in places if place in values and np.isfinite(values[place]).all()]
    return np.array(found, np.float32)


def _undecided(experiment: Experiment, n: int) -> Floats32:
    """What a network says that does not say anything."""
    classes = heads.output_units(experiment.data, experiment.model)
    value = 0.0 if experiment.data.task == "regression" else 1 / max(classes, 2)
    return np.full((classes, n, n), value, np.float32)


def _disagreeing(seeds: Floats32, experiment: Experiment, reach: float) -> NDArray[np.float64]:
    """(n, n), from 0 to 1: the share of the seeds that do not say what most say.

    Of a regression how far they lie apart: their standard deviation in units of the colours' reach.
    """
    if experiment.data.task == "regression":
        apart: NDArray[np.float64] = np.std(seeds[:, 0], axis=0, dtype=np.float64) / reach
        return np.minimum(apart, 1.0)
    winners = np.argmax(seeds, axis=1) if seeds.shape[1] > 1 else (seeds[:, 0] > 0.5).astype(np.int64)
    votes = np.array([np.count_nonzero(winners == each, axis=0) for each in range(max(seeds.shape[1], 2))])
    shares: NDArray[np.float64] = 1 - votes.max(axis=0) / len(seeds)
    return shares
