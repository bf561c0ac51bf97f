"""TensorFlow Playground's exclusive or."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from playground.core.datasets._counts import Classes, Points, keep
from playground.core.datasets._record import Record
from playground.core.datasets._tensorflow_playground import RADIUS, uniform

if TYPE_CHECKING:
    from playground.core.parts import Data

XOR_PADDING = 0.3


def xor(data: Data, counts: tuple[int, ...], rng: Generator) -> tuple[Points, Classes]:
    """Four squares off the axes, class 1 where the signs agree; noise moves a point only for its class."""

    def draw(rng: Generator, n: int) -> tuple[Points, Classes]:
        X = uniform(rng, RADIUS, n)
        X += np.where(X > 0, XOR_PADDING, -XOR_PADDING)
        seen = X + uniform(rng, RADIUS, n) * data.noise
        return X, (seen[:, 0] * seen[:, 1] >= 0).astype(np.int64)

    return keep(counts, draw, rng)


RECORD = Record(name="xor", label="XOR", place=20, sample=xor, wide=True)
