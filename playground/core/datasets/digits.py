"""Handwritten digits, by the principal components of their pixels."""

from __future__ import annotations

from typing import Any

from playground.core.datasets._record import Given
from playground.core.datasets._tabular import real_set

COMPONENTS = 10
"""Of the 64 pixels' components, those that hold three quarters of the variance."""
GIVEN = Given(
    samples=1797,
    classes=tuple("0123456789"),
    inputs=tuple(f"component {k}" for k in range(1, COMPONENTS + 1)),
    target="digit",
)


def digits() -> tuple[Any, Any]:
    """The first components of each picture of 8×8 pixels, found over all of them, and the digit."""
    from sklearn.datasets import load_digits
    from sklearn.decomposition import PCA

    X, y = load_digits(return_X_y=True)
    # The solver draws no random numbers and fixes the components' signs.
    return PCA(COMPONENTS, svd_solver="covariance_eigh").fit_transform(X), y


RECORD = real_set("digits", "Digits", 230, GIVEN, digits)
