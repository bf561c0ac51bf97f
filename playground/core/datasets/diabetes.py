"""How far diabetes progressed within a year."""

from __future__ import annotations

from typing import Any

from playground.core.datasets._record import Given
from playground.core.datasets._tabular import real_set

GIVEN = Given(
    samples=442,
    classes=(),
    inputs=(
        "age",
        "sex",
        "body mass index",
        "blood pressure",
        "cholesterol",
        "LDL",
        "HDL",
        "cholesterol / HDL",
        "log triglycerides",
        "blood sugar",
    ),
    target="progression",
)


def patients() -> tuple[Any, Any]:
    """Ten measures of each patient in their own units, and the progression a year later, 25 to 346."""
    from sklearn.datasets import load_diabetes

    X, y = load_diabetes(return_X_y=True, scaled=False)
    return X, y


RECORD = real_set("diabetes", "Diabetes (regression)", 240, GIVEN, patients)
