"""Values as bytes: a page needs no more to colour a picture."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating]
Bytes = npt.NDArray[np.uint8]


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
    scaled = (np.nan_to_num(values, nan=lo, posinf=hi, neginf=lo) - lo) * (255 / (hi - lo))
    bytes_: Bytes = np.clip(np.rint(scaled), 0, 255).astype(np.uint8)
    return bytes_


def largest(values: Floats) -> float:
    """The greatest finite distance from 0; 0 when there is none."""
    return float(np.max(np.abs(values), initial=0.0, where=np.isfinite(values)))
