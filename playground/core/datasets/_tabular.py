"""What sets of measured things share: each input has a name and a unit of its own, and there may be many of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from pydantic import Field

from playground.core.datasets._counts import Points
from playground.core.datasets._limits import MAX_INPUTS
from playground.core.datasets._record import Elsewhere, Given, Load, OwnKnob, Record, Switch

if TYPE_CHECKING:
    from playground.core.parts import Data

SHOWN_INPUTS = 2

SCALED: OwnKnob[bool] = OwnKnob(
    "scaled",
    bool,
    Field(default=True),
    "Standardise",
    "Shift and scale each input to mean 0 and deviation 1, measured on the training points; in regression the target, "
    "too. What is measured in thousands would otherwise drown what is measured in tenths.",
    Switch(),
)
PLANE: OwnKnob[tuple[int, ...]] = OwnKnob(
    "plane",
    Annotated[tuple[Annotated[int, Field(ge=1, le=MAX_INPUTS)], ...], Field(max_length=SHOWN_INPUTS)],
    Field(default=()),
    "Plane",
    "Which two inputs the chart shows, like 3,4, of more than two. Type none for the first two principal components. "
    "The network is trained on all inputs.",
    Elsewhere(),
)
"""What is shown alone: no training hangs on it."""
KNOBS = (SCALED, PLANE)


def rules(data: Data) -> Iterator[tuple[str, str]]:
    """The plane must be one of the inputs that there are."""
    inputs, shown = len(data.inputs), PLANE.of(data)
    if shown and (len(set(shown)) != SHOWN_INPUTS or max(shown) > inputs or inputs <= SHOWN_INPUTS):
        which = f"two different of the {inputs} inputs" if inputs > SHOWN_INPUTS else f"none for {inputs} inputs"
        yield "plane", f"plane must be {which}{', or none' if inputs > SHOWN_INPUTS else ''}. Got {_listed(shown)}."


def _listed(shown: tuple[int, ...]) -> str:
    return ",".join(map(str, shown))


def real_set(name: str, label: str, place: int, given: Given, load: Load) -> Record:
    """The record of a set that scikit-learn brings along.

    Parameters
    ----------
    load : gives X (n, inputs) and y (n,)
    """

    @lru_cache(maxsize=1)
    def points() -> tuple[Points, NDArray[Any]]:
        X, y = load()
        return np.asarray(X, np.float64), np.asarray(y)

    def sample(data: Data, counts: tuple[int, ...], rng: Generator) -> tuple[Points, NDArray[Any]]:
        return points()

    return Record(
        name=name,
        label=label,
        place=place,
        sample=sample,
        task=given.task,
        knobs=KNOBS,
        given=lambda data: given,
        rules=rules,
        tabular=True,
        load=load,
    )
