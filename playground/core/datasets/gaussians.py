"""TensorFlow Playground's two Gaussians."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from playground.core.datasets._counts import Classes, Points, labels
from playground.core.datasets._record import Record

if TYPE_CHECKING:
    from playground.core.parts import Data


def gaussians(data: Data, counts: tuple[int, ...], rng: Generator) -> tuple[Points, Classes]:
    """Class 1 around (2, 2), class 0 around (-2, -2), of variance 0.5 (noise 0) to 4 (noise 0.5) and on."""
    y = labels(counts)
    variance = 0.5 + (4 - 0.5) * data.noise / 0.5
    centers = np.where(y == 1, 2.0, -2.0)[:, np.newaxis]
    return rng.normal(centers, np.sqrt(variance), (len(y), 2)), y


RECORD = Record(name="gaussians", label="Two Gaussians", place=30, sample=gaussians, wide=True)
