"""What a server says of a search: its trials, in the order in which they were asked, and what has come of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import with_config
from typing_extensions import TypedDict

from playground.core.history import FIGURES
from playground.runtime.protocol.server import EXACTLY, Array, Declared, Position, Standing


@with_config(EXACTLY)
class SearchKnob(TypedDict):
    """A knob that is tried: the scale of its values, their range, or what they are called, by which they are given."""

    knob: str
    scale: Literal["names", "linear", "log", "log_with_zero"]
    low: float
    high: float
    labels: list[str]


@with_config(EXACTLY)
class SearchHello(Standing):
    """The first message of a connection to a search: what it tries, and how much."""

    type: Literal["search"]
    run: str
    task: Literal["classification", "regression"]
    watched: str
    knobs: list[SearchKnob]
    sampler: str
    trials: int
    seconds: int
    seeds: int
    rungs: list[int]
    """The epochs at which trials are compared; the last is the end of those that come so far."""


@with_config(EXACTLY)
class TrialsFrame(Position):
    """All trials so far. `last_epoch` counts those that have ended."""

    type: Literal["trials"]
    seconds: float
    """That it has been at work."""
    counts: dict[str, int]
    """Of trials in each state."""
    best: int | None
    """The trial with the best figures so far, by its number, from 0 on."""
    links_start: int
    links: list[str]
    """Of the trials from `links_start` on, which the page does not have yet."""
    importance: dict[str, float]
    """How much of the differences each knob makes, in all 1; empty while there are too few trials."""


SEARCH_MESSAGES: Mapping[str, Declared] = {
    "search": Declared(SearchHello, {}),
    "trials": Declared(
        TrialsFrame,
        {
            # Numbers, or the places of names among their labels.
            "values": Array("float64", ("trials", "knobs")),
            # For each trial a number of `core.search.STATES`, and the epoch of its figures; 0 while it has none.
            "states": Array("uint8", ("trials",)),
            "epochs": Array("int32", ("trials",)),
            "figures": Array("float32", ("trials", "seeds", len(FIGURES))),
            # After each trial the best of it and those asked before it; -1 for none.
            "bests": Array("int32", ("trials",)),
        },
    ),
}
"""Each type of message of a search."""
