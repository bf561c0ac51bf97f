"""What a server says of a learning-rate range test."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import with_config

from playground.runtime.protocol.server import EXACTLY, Array, Declared, Position, Standing


@with_config(EXACTLY)
class RatesHello(Standing):
    """The first message of a connection: the networks and the rates that are planned."""

    type: Literal["rates"]
    run: str
    seeds: int
    planned: int
    least: float
    most: float
    published: bool
    """Whether the rates are those of the published schedule, one an epoch."""


@with_config(EXACTLY)
class LossesFrame(Position):
    """How far the test is: a loss that is no number is null, or NaN in an array."""

    type: Literal["losses"]
    points: int
    suggested: dict[str, float]
    """The rate that each rule suggests, by its name; empty while there are too few points."""


FINDER_MESSAGES: Mapping[str, Declared] = {
    "rates": Declared(RatesHello, {}),
    "losses": Declared(
        LossesFrame,
        {
            "rates": Array("float64", ("points",)),
            "losses": Array("float32", ("seeds", "points")),
            # The median of the seeds, that smoothed, and where a quarter of them lie below and above.
            "median": Array("float32", ("points",)),
            "smoothed": Array("float32", ("points",)),
            "low": Array("float32", ("points",)),
            "high": Array("float32", ("points",)),
        },
    ),
}
"""Each type of message of a range test."""
