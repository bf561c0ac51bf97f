"""Flowers of three kinds of iris, measured by Edgar Anderson."""

from __future__ import annotations

from typing import Any

from playground.core.datasets._record import Given
from playground.core.datasets._tabular import real_set

GIVEN = Given(
    samples=150,
    classes=("setosa", "versicolor", "virginica"),
    inputs=("sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"),
    target="kind",
)


def flowers() -> tuple[Any, Any]:
    """The lengths and widths, and the kind of each flower."""
    from sklearn.datasets import load_iris

    X, y = load_iris(return_X_y=True)
    return X, y


RECORD = real_set("iris", "Iris", 200, GIVEN, flowers)
