"""Tumours, by how the nuclei of their cells look."""

from __future__ import annotations

from typing import Any

from playground.core.datasets._record import Given
from playground.core.datasets._tabular import real_set

MEASURED = (
    "radius",
    "texture",
    "perimeter",
    "area",
    "smoothness",
    "compactness",
    "concavity",
    "concave points",
    "symmetry",
    "fractal dimension",
)
GIVEN = Given(
    samples=569,
    classes=("malignant", "benign"),
    inputs=(
        *(f"mean {name}" for name in MEASURED),
        *(f"{name} error" for name in MEASURED),
        *(f"worst {name}" for name in MEASURED),
    ),
    target="tumour",
)


def tumours() -> tuple[Any, Any]:
    """The measures of each tumour, and what it is."""
    from sklearn.datasets import load_breast_cancer

    X, y = load_breast_cancer(return_X_y=True)
    return X, y


RECORD = real_set("breast_cancer", "Breast cancer", 220, GIVEN, tumours)
