"""Points in pieces of the one size that a compiled function takes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from playground.engine.compiled import Tensors

Floats32 = NDArray[np.float32]


def blocks_of(inputs: Floats32, rows: int, beside: int = 0) -> Tensors:
    """The inputs (n, d) as tensors (rows + beside, d), filled up with zeros; at least one."""
    blocks = np.split(_padded(inputs, rows), max(-(-len(inputs) // rows), 1))
    return [tf.constant(np.pad(block, ((0, beside), (0, 0)))) for block in blocks]


def _padded(inputs: Floats32, rows: int) -> Floats32:
    missing = max(-(-len(inputs) // rows), 1) * rows - len(inputs)
    return np.pad(inputs, ((0, missing), (0, 0)))


def joined(parts: Sequence[Floats32], n: int, axis: int = 0) -> Floats32:
    """What blocks gave, for the first n points along an axis."""
    whole = parts[0] if len(parts) == 1 else np.concatenate(parts, axis=axis)
    return whole[:n] if axis == 0 else whole[:, :n]
