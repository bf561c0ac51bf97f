"""Points in pieces of the one size that a compiled function takes."""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray


def blocks_of(inputs: NDArray[np.float32], rows: int) -> list[Any]:
    """The inputs (n, d) as tensors (rows, d), the last one filled up with zeros; at least one."""
    n_blocks = max(-(-len(inputs) // rows), 1)
    padded = np.pad(inputs, ((0, n_blocks * rows - len(inputs)), (0, 0)))
    return [tf.constant(block) for block in np.split(padded, n_blocks)]
