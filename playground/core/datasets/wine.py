"""Wines of three growers, analysed."""

from __future__ import annotations

from typing import Any

from playground.core.datasets._record import Given
from playground.core.datasets._tabular import real_set

GIVEN = Given(
    samples=178,
    classes=("grower 1", "grower 2", "grower 3"),
    inputs=(
        "alcohol",
        "malic acid",
        "ash",
        "alcalinity of ash",
        "magnesium",
        "total phenols",
        "flavanoids",
        "nonflavanoid phenols",
        "proanthocyanins",
        "color intensity",
        "hue",
        "OD280/OD315",
        "proline",
    ),
    target="grower",
)


def wines() -> tuple[Any, Any]:
    """What was found in each wine, and whose it is."""
    from sklearn.datasets import load_wine

    X, y = load_wine(return_X_y=True)
    return X, y


RECORD = real_set("wine", "Wine", 210, GIVEN, wines)
