"""Spirals of two to six arms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import numpy as np
from numpy.random import Generator
from pydantic import AfterValidator, Field

from playground.core.datasets._counts import Classes, Points, labels
from playground.core.datasets._record import OwnKnob, Picks, Record

if TYPE_CHECKING:
    from playground.core.parts import Data

SWEEP = 4.0
"""Radians from the inner to the outer end of a short arm."""
INNER_RADIUS = 2.0
RADIANS_PER_UNIT = 1 / 8
MIN_REACH, MAX_REACH = 3, 200
"""Ends of the range of `reach`; the arms start at radius 2, so they need to end further out."""


def _off_or_long_enough(reach: float) -> float:
    if 0 < reach < MIN_REACH:
        raise ValueError("the arms end before they start")
    return reach


REACH: OwnKnob[float] = OwnKnob(
    "reach",
    Annotated[float, AfterValidator(_off_or_long_enough)],
    Field(default=0.0, ge=0, le=MAX_REACH, json_schema_extra={"allowed": f"0 or in [{MIN_REACH}, {MAX_REACH}]"}),
    "Reach of the arms",
    "0 for arms of length 1; from 3 on, the radius at which longer arms end.",
    Picks(("0", "5", "10", "20", "40")),
)
"""0 for arms of length 1 (CS231n), else raw arms of radius 2 to `reach` with angle radius/8."""


def spirals(data: Data, counts: tuple[int, ...], rng: Generator) -> tuple[Points, Classes]:
    """An arm for each class: of length 1 when `reach` is 0, else out to radius `reach`."""
    return (_long_arms if REACH.of(data) else _short_arms)(data, counts, rng)


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
    r = rng.uniform(INNER_RADIUS, REACH.of(data), len(y))
    X = _at(r, r * RADIANS_PER_UNIT + 2 * np.pi * y / len(counts))
    return X + rng.normal(0, data.noise, X.shape), y


def _at(r: Points, angle: Points) -> Points:
    return np.column_stack([r * np.sin(angle), r * np.cos(angle)])


RECORD = Record(name="spirals", label="Spiral arms", place=90, sample=spirals, max_classes=6, knobs=(REACH,))
