"""From a description of data to a shuffled, split dataset."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.core.datasets._agreement import data_disagreements
from playground.core.datasets._counts import class_counts
from playground.core.datasets._record import Sampler
from playground.core.datasets._registry import RECORDS
from playground.core.rounding import spread_or_1

if TYPE_CHECKING:
    from playground.core.parts import Data

SAMPLERS: Mapping[str, Sampler] = {name: record.sample for name, record in RECORDS.items()}
"""Each dataset's function that draws its points."""


class Dataset(NamedTuple):
    """Points and targets, as features and scaling have not yet touched them.

    X is (n, 2) float64. y is (n,): int64 classes 0..K-1, or float64 numbers for regression. The validation part is
    empty unless `Data.validation` asks for one.
    """

    X_train: NDArray[np.float64]
    y_train: NDArray[Any]
    X_test: NDArray[np.float64]
    y_test: NDArray[Any]
    X_validation: NDArray[np.float64]
    y_validation: NDArray[Any]

    @property
    def watched(self) -> tuple[NDArray[np.float64], NDArray[Any]]:
        """X and y of the part that is watched while training: validation when there is one, else test."""
        if len(self.X_validation):
            return self.X_validation, self.y_validation
        return self.X_test, self.y_test


def make_dataset(data: Data) -> Dataset:
    """Sample, shuffle and split `data.n_samples` points; equal `data` gives equal arrays.

    The shuffled points are dealt out as train, validation, test: the test part does not depend on `validation`.

    Returns
    -------
    Dataset
        X_train (n_train, inputs), y_train (n_train,), and likewise X_test, y_test, X_validation and y_validation, in
        units of the axes. The target of a regression may be standardised by the training part: `data.scales_target`.

    Raises
    ------
    ValueError
        When two fields of `data` contradict each other; an `Experiment` has checked that already.
    """
    for _field, sentence in data_disagreements(data):
        raise ValueError(sentence)
    X, y = points_of(data)
    if data.scales_target:
        middle, deviation = _scale_of(y[: data.n_train])
        y = (y - middle) / deviation
    ends = [data.n_train, data.n_train + data.n_validation]
    (X_train, X_validation, X_test), (y_train, y_validation, y_test) = np.split(X, ends), np.split(y, ends)
    return Dataset(X_train, y_train, X_test, y_test, X_validation, y_validation)


def target_scale(data: Data) -> tuple[float, float]:
    """The mean of the targets and what counts as 1, in the target's own unit; 0 and 1 where they are as they are."""
    if not data.scales_target:
        return 0.0, 1.0
    _X, y = points_of(data)
    return _scale_of(y[: data.n_train])


def points_of(data: Data) -> tuple[NDArray[np.float64], NDArray[Any]]:
    """All points in their order, the training part first: X (n, inputs) and y (n,), in the data's own units."""
    rng = np.random.default_rng(data.data_seed)
    X, y = RECORDS[data.dataset].sample(data, class_counts(data), rng)
    order = rng.permutation(data.n_samples)
    return X[order].astype(np.float64), y[order].astype(np.float64 if data.task == "regression" else np.int64)


def _scale_of(y: NDArray[np.float64]) -> tuple[float, float]:
    return float(y.mean()), float(spread_or_1(y[:, np.newaxis])[0])
