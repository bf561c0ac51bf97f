"""What a network makes of the plane: a pure function of weights and view, for any epoch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.core.experiment import Experiment
from playground.core.grid import Range, grid_points
from playground.core.parts import Data, FeatureName, Model
from playground.engine.blocks import blocks_of
from playground.engine.contours import NO_LINES, border_lines
from playground.engine.inputs import expand
from playground.engine.program import LAYER_ROWS, VIEW_ROWS, Program

Values = NDArray[np.float32]


@dataclass(frozen=True)
class Boundary:
    """A network's answer on a grid.

    `values` is (K, n, n): value[k, i, j] at x2 = axis2[i], x1 = axis1[j], as `predict` gives it. `lines` is (m, 2):
    where p = 0.5, or the borders between classes, as polylines separated by a row of NaN; empty for regression.
    """

    values: Values
    lines: Values


class _Grid(NamedTuple):
    x1: NDArray[np.float64]
    x2: NDArray[np.float64]
    blocks: list[Any]


def view_boundary(
    program: Program,
    experiment: Experiment,
    weights: Sequence[ArrayLike],
    x1_range: Range,
    x2_range: Range,
    n: int = 100,
) -> Boundary:
    """The values and borders of the network with these weights on an n×n grid.

    Parameters
    ----------
    weights : in the order of `model.get_weights()`, from any epoch
    """
    x1_range, x2_range = (float(x1_range[0]), float(x1_range[1])), (float(x2_range[0]), float(x2_range[1]))
    grid = _grid(experiment.data, experiment.model.features, experiment.model.standardize, x1_range, x2_range, n)
    values, scores = _view(program, weights, grid.blocks, n * n)
    values, scores = values.reshape(-1, n, n), scores.reshape(-1, n, n)
    if experiment.data.task == "regression":
        return Boundary(values, NO_LINES)
    return Boundary(values, border_lines(grid.x1, grid.x2, scores))


def predict(program: Program, experiment: Experiment, weights: Sequence[ArrayLike], X: ArrayLike) -> Values:
    """The network's values at points.

    Parameters
    ----------
    X : (n, 2) float

    Returns
    -------
    (n, K) float32
        The probability of class 1, or of each class; for targets -1 and +1 an output o counts as (o + 1) / 2;
        a linear output is clipped to [0, 1]. For regression the output itself.
    """
    return _at(program, experiment, weights, X)[0].T


def scores_at(program: Program, experiment: Experiment, weights: Sequence[ArrayLike], X: ArrayLike) -> Values:
    """What decides between the classes at points, unsaturated.

    Returns
    -------
    (K, n) float32
        The logits, K > 1; or one row that is positive where class 1 is decided for: the logit, or the output minus its
        threshold where these two do not change sign together.
    """
    X = np.asarray(X)
    if len(X) > LAYER_ROWS:
        return _at(program, experiment, weights, X)[1]
    # A few points: the smaller of the two compiled functions, a tenth of the work.
    inputs = expand(experiment, X)
    *_, logits, outputs = program.layers(weights, blocks_of(inputs, LAYER_ROWS)[0])
    return program.scores(logits, outputs).T[:, : len(inputs)]


def _at(program: Program, experiment: Experiment, weights: Sequence[ArrayLike], X: ArrayLike) -> tuple[Values, Values]:
    """Values and scores at points, each (K, n)."""
    inputs = expand(experiment, X)
    return _view(program, weights, blocks_of(inputs, VIEW_ROWS), len(inputs))


def _view(program: Program, weights: Sequence[ArrayLike], blocks: list[Any], n: int) -> tuple[Values, Values]:
    parts = [program.view(weights, block) for block in blocks]
    if len(parts) == 1:
        values, scores = parts[0]
    else:
        values, scores = (np.concatenate(each, axis=1) for each in zip(*parts, strict=True))
    return values[:, :n], scores[:, :n]


@lru_cache(maxsize=16)
def _grid(
    data: Data, features: tuple[FeatureName, ...], standardize: bool, x1_range: Range, x2_range: Range, n: int
) -> _Grid:
    """The grid as a network sees it, made once for all epochs and all runs that see it alike."""
    seen_by = Experiment(data=data, model=Model(features=features, standardize=standardize))
    points = grid_points(x1_range, x2_range, n)
    x1, x2 = points.T.reshape(2, n, n)
    return _Grid(x1, x2, blocks_of(expand(seen_by, points), VIEW_ROWS))
