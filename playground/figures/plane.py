"""Values over the plane, as figures take them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[Any]


def on_grid(x1: ArrayLike, x2: ArrayLike, values: ArrayLike) -> tuple[Array, Array, Array]:
    """The coordinates (n,) and the values (K, n, n) over them as arrays.

    Raises
    ------
    ValueError
        When the shapes of `values` and the axes do not match.
    """
    x1, x2, values = np.asarray(x1), np.asarray(x2), np.asarray(values)
    if values.shape[1:] != (len(x2), len(x1)):
        raise ValueError(f"values must be (K, {len(x2)}, {len(x1)}). Got {values.shape}.")
    return x1, x2, values
