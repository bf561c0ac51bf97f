"""Spirals of two to six arms."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from playground.core.datasets._counts import Classes, Points, labels
from playground.core.parts import Data

SWEEP = 4.0
"""Radians from the inner to the outer end of a short arm."""
INNER_RADIUS = 2.0
RADIANS_PER_UNIT = 1 / 8


def spirals(data: Data, counts: tuple[int, ...], rng: Generator) -> tuple[Points, Classes]:
    """An arm for each class: of length 1 when `reach` is 0, else out to radius `reach`."""
    return (_long_arms if data.reach else _short_arms)(data, counts, rng)


def _short_arms(data: Data, counts: tuple[int, ...], rng: Generator) -> tuple[Points, Classes]:
    """The generator of CS231n (https://cs231n.github.io/neural-networks-case-study/); noise turns points.

    There an arm starts where the last one ended, 4 radians on, which for three arms is nearly even. Other
    numbers of arms would meet, so they are spaced evenly.
    """
    y = labels(counts)
    share = np.concatenate([np.linspace(0, 1, count) for count in counts])
    apart = SWEEP if len(counts) == 3 else 2 * np.pi / len(counts)
    return _at(share, SWEEP * share + apart * y + rng.normal(0, data.noise, len(y))), y


def _long_arms(data: Data, counts: tuple[int, ...], rng: Generator) -> tuple[Points, Classes]:
    """Arms whose angle grows by 1/8 radian per unit of radius; noise is the deviation of the position."""
    y = labels(counts)
    r = rng.uniform(INNER_RADIUS, data.reach, len(y))
    X = _at(r, r * RADIANS_PER_UNIT + 2 * np.pi * y / len(counts))
    return X + rng.normal(0, data.noise, X.shape), y


def _at(r: Points, angle: Points) -> Points:
    return np.column_stack([r * np.sin(angle), r * np.cos(angle)])
