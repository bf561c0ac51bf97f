"""Points that somebody drew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import numpy as np
from numpy.random import Generator
from pydantic import AfterValidator, Field

from playground.core.datasets._counts import Classes, Points
from playground.core.datasets._record import Elsewhere, Given, OwnKnob, Record
from playground.core.drawn_points import LEAST_CLASSES, LONGEST, RULE_IN_WORDS, checked, pack_points, unpack_points

if TYPE_CHECKING:
    from playground.core.parts import Data


def _face() -> str:
    """What is there before anything is drawn: two eyes (class 0) over a mouth (class 1)."""
    around = [(-0.6, 0.0), (-0.3, 0.5), (0.3, 0.5), (0.6, 0.0), (0.3, -0.5), (-0.3, -0.5)]
    eyes = [(center + dx, 2 + dy) for center in (-2, 2) for dx, dy in around]
    mouth = [(x / 2, x * x / 20 - 3.2) for x in range(-8, 9)]
    return pack_points([*eyes, *mouth], [0] * len(eyes) + [1] * len(mouth))


POINTS: OwnKnob[str] = OwnKnob(
    "points",
    Annotated[str, AfterValidator(checked)],
    Field(default=_face(), json_schema_extra={"allowed": RULE_IN_WORDS, "longest": LONGEST}),
    "Drawn points",
    "The points that were drawn on the chart, packed.",
    Elsewhere(),
)


def drawn(data: Data, _counts: tuple[int, ...], _rng: Generator) -> tuple[Points, Classes]:
    """The points, as they were drawn."""
    return unpack_points(POINTS.of(data))


def _given(data: Data) -> Given:
    """All points; a class that nobody drew, below the last one that somebody did, has none."""
    _X, y = unpack_points(POINTS.of(data))
    classes = max(LEAST_CLASSES, int(np.max(y)) + 1)
    return Given(len(y), tuple(f"class {k}" for k in range(classes)))


RECORD = Record(
    name="drawn",
    label="Drawn",
    place=150,
    sample=drawn,
    wide=True,
    knobs=(POINTS,),
    given=_given,
    counts_vary=True,
)
