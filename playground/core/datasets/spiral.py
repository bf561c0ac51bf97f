"""TensorFlow Playground's spiral."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from playground.core.datasets._counts import Classes, Points, labels
from playground.core.datasets._record import Record
from playground.core.datasets._tensorflow_playground import RADIUS, uniform

if TYPE_CHECKING:
    from playground.core.parts import Data


def spiral(data: Data, counts: tuple[int, ...], rng: Generator) -> tuple[Points, Classes]:
    """Two arms of 1.75 turns, class 0 half a turn after class 1."""
    share = np.concatenate([np.arange(count) / count for count in counts])
    y = labels(counts)
    r, t = share * RADIUS, 1.75 * share * 2 * np.pi + np.where(y == 1, 0, np.pi)
    X = np.column_stack([r * np.sin(t), r * np.cos(t)])
    return X + uniform(rng, 1, len(y)) * data.noise, y


RECORD = Record(name="spiral", label="Spiral", place=40, sample=spiral, wide=True)
