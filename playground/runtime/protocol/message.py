"""What all messages of a page share."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

FARTHEST = 1e6
"""No weight is farther from 0."""
FARTHEST_POINT = 1e12
"""No coordinate is farther from 0: there are tables of incomes, and of seconds since 1970."""

Weight = Annotated[float, Field(ge=-FARTHEST, le=FARTHEST)]
Coordinate = Annotated[float, Field(ge=-FARTHEST_POINT, le=FARTHEST_POINT)]


def _ascending(bounds: tuple[float, float]) -> tuple[float, float]:
    if not bounds[1] - bounds[0] >= 1e-6:
        raise ValueError("the upper bound must exceed the lower one by at least 1e-6")
    return bounds


Bounds = Annotated[tuple[Coordinate, Coordinate], AfterValidator(_ascending)]
"""The visible part of an axis."""


class Message(BaseModel):
    """A value of which nothing is unknown and nothing infinite."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
