"""TensorFlow Playground's circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from playground.core.datasets._counts import Classes, Points, keep
from playground.core.datasets._record import Record
from playground.core.datasets._tensorflow_playground import RADIUS, uniform

if TYPE_CHECKING:
    from playground.core.parts import Data


def circle(data: Data, counts: tuple[int, ...], rng: Generator) -> tuple[Points, Classes]:
    """A disc (class 1) inside a ring; noise moves a point only for the choice of its class."""

    def draw(rng: Generator, n: int) -> tuple[Points, Classes]:
        in_disc = np.arange(n) < n / 2
        r = np.where(in_disc, rng.uniform(0, RADIUS * 0.5, n), rng.uniform(RADIUS * 0.7, RADIUS, n))
        angle = rng.uniform(0, 2 * np.pi, n)
        X = np.column_stack([r * np.sin(angle), r * np.cos(angle)])
        seen = X + uniform(rng, RADIUS, n) * data.noise
        y = (np.hypot(*seen.T) < RADIUS * 0.5).astype(np.int64)
        mixed = rng.permutation(n)  # the first ones are kept, and must not all come from the disc
        return X[mixed], y[mixed]

    return keep(counts, draw, rng)


RECORD = Record(name="circle", label="Circle", place=10, sample=circle, wide=True)
