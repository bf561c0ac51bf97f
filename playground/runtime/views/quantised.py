"""Values as bytes: a page needs no more to colour a picture."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating]
Bytes = npt.NDArray[np.uint8]

BOUNDED = frozenset({"tanh", "sigmoid"})
"""Activations that stay within [-1, 1]."""
USUAL = 3.0
"""Times the mean distance from 0: stronger values have the strongest colour too."""


def quantised(values: Floats, task: str) -> tuple[Bytes, float, float]:
    """Values as bytes between `lo` and `hi`: value = lo + (hi - lo) * byte / 255.

    Probabilities span [0, 1]; a regression spans a range symmetric about 0, so that 0 keeps the neutral colour.
    """
    if task == "regression":
        hi = max(1.0, largest(values))
        return as_bytes(values, -hi, hi), -hi, hi
    return as_bytes(values, 0.0, 1.0), 0.0, 1.0


def as_bytes(values: Floats, lo: float, hi: float) -> Bytes:
    """Values between `lo` (0) and `hi` (255); what is beyond, infinite or not a number goes to an end."""
    if not np.isfinite(values).all():
        values = np.nan_to_num(values, nan=lo, posinf=hi, neginf=lo)
    scaled = np.asarray((values - lo) * (255 / (hi - lo)))
    np.rint(scaled, out=scaled)
    return np.clip(scaled, 0, 255, out=scaled).astype(np.uint8)


def largest(values: Floats) -> float:
    """The greatest finite distance from 0; 0 when there is none."""
    return float(np.max(np.abs(values), initial=0.0, where=np.isfinite(values)))


def reach_of(values: Floats, activation: str) -> float:
    """The scale of a layer's colours: symmetric about 0, the same for all its neurons.

    Unbounded outputs are greatest in the corners of the plane; what is usual there would leave the middle pale.
    """
    if activation in BOUNDED:
        return 1.0
    usual = USUAL * float(np.mean(np.abs(values), where=np.isfinite(values))) if np.isfinite(values).any() else 0.0
    return min(largest(values), usual) or 1.0
