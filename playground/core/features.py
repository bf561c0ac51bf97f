"""The input features of TensorFlow Playground, and their scaling."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.core.rounding import spread_or_1

Floats = NDArray[np.float64]


class Feature(NamedTuple):
    """A function of the two coordinates (radians for the sines), what links call it, and what the page calls it."""

    name: str
    label: str
    function: Callable[[Floats, Floats], Floats]


FEATURE_RECORDS: tuple[Feature, ...] = (
    Feature("x1", "x₁", lambda x1, x2: x1),
    Feature("x2", "x₂", lambda x1, x2: x2),
    Feature("x1sq", "x₁²", lambda x1, x2: x1**2),
    Feature("x2sq", "x₂²", lambda x1, x2: x2**2),
    Feature("x1x2", "x₁x₂", lambda x1, x2: x1 * x2),
    Feature("sinx1", "sin x₁", lambda x1, x2: np.sin(x1)),
    Feature("sinx2", "sin x₂", lambda x1, x2: np.sin(x2)),
)
FEATURES: Mapping[str, Callable[[Floats, Floats], Floats]] = {each.name: each.function for each in FEATURE_RECORDS}
"""Each feature's function by name."""


def expand_features(X: Floats, features: Iterable[str]) -> NDArray[np.float32]:
    """The chosen features of points, in the order chosen.

    Parameters
    ----------
    X : (n, 2) float
    features : names of `FEATURES`, at least one

    Returns
    -------
    (n, number of features) float32
    """
    with np.errstate(over="ignore"):  # far out a square is too large for a float32
        return feature_columns(X, features).astype(np.float32)


def feature_columns(X: Floats, features: Iterable[str]) -> Floats:
    """The same in float64."""
    x1, x2 = np.asarray(X, dtype=np.float64).T
    return np.stack([FEATURES[name](x1, x2) for name in features], axis=1)


@dataclass(frozen=True)
class Scaler:
    """Standardises columns with the mean and deviation of the points it was fitted on."""

    mean: Floats
    deviation: Floats

    @classmethod
    def fit(cls, columns: NDArray[np.floating]) -> Scaler:
        """Measure the columns of (n, d) points; a column that never changes is only shifted."""
        values = columns.astype(np.float64)
        return cls(values.mean(axis=0), spread_or_1(values))

    def transform(self, columns: NDArray[np.floating]) -> NDArray[np.float32]:
        """The columns of (n, d) points on the fitted scale, float32."""
        return ((columns - self.mean) / self.deviation).astype(np.float32)
